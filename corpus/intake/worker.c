/* For F_SETPIPE_SZ and syscall(2). */
#define _GNU_SOURCE

#include "corpus/intake/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "corpus/base/count.h"
#include "corpus/base/mem.h"
#include "corpus/base/sandbox.h"
#include "corpus/base/utf8.h"
#include "corpus/intake/worker_run.h"

enum {
    PIPE_SIZE = 1024 * 1024,
    CHUNK = 256 * 1024,
    LIFE = 1800, /* seconds of CPU; the kernel is told twice as many, for it has
                    another way to count */
    /* An article can be as large as the file that it came in. */
    LARGEST_MESSAGE = 256 * 1024 * 1024
};

/* The child's descriptors are 3 and 4; all others, be they the parent's
 * databases or its lock, are closed. */
static void
keep_two(int *commands, int *results)
{
    int null = open("/dev/null", O_RDWR);
    int spare[2] = {fcntl(*commands, F_DUPFD, 10),
                    fcntl(*results, F_DUPFD, 10)};

    if (spare[0] < 0 || spare[1] < 0)
        _exit(1);
    for (int fd = 0; null >= 0 && fd < 3; fd++)
        if (fd < 2 || sandbox_works()) /* a sanitizer reports on 2 */
            dup2(null, fd);
    *commands = dup2(spare[0], 3);
    *results = dup2(spare[1], 4);
    if (syscall(SYS_close_range, 5U, ~0U, 0U) == 0)
        return;
    for (int fd = 5; fd < 65536; fd++)
        close(fd);
}

/* A signal that comes before a new process has made its own arrangements would
 * be handled there as if it were the parent, so it waits. */
static void
hold_signals(sigset_t *before)
{
    sigset_t held;

    sigemptyset(&held);
    sigaddset(&held, SIGTERM);
    sigaddset(&held, SIGINT);
    sigaddset(&held, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &held, before);
}

static void
let_signals_through(const sigset_t *before)
{
    pthread_sigmask(SIG_SETMASK, before, NULL);
}

static _Noreturn void
be_worker(int commands, int results, unsigned life,
          const struct intake_options *options, const sigset_t *before)
{
    struct sigaction action = {.sa_handler = SIG_DFL};

    /* What a person types goes to the parent, which tells us. */
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGPIPE, &action, NULL);
    sigaction(SIGXCPU, &action, NULL);
    action.sa_handler = SIG_IGN;
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGHUP, &action, NULL);
    let_signals_through(before);
    keep_two(&commands, &results);
    worker_run(commands, results, life, options);
}

static void
close_pair(int pair[2])
{
    for (int i = 0; i < 2; i++) {
        if (pair[i] >= 0)
            close(pair[i]);
        pair[i] = -1;
    }
}

enum status
worker_start(struct worker *worker, const struct intake_options *options,
             unsigned cpu, struct error *err)
{
    unsigned life = cpu < LIFE ? LIFE : cpu;
    int commands[2] = {-1, -1};
    int results[2] = {-1, -1};
    sigset_t before;
    enum status status = STATUS_OK;

    hold_signals(&before);
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, commands) ||
        pipe2(results, O_CLOEXEC) ||
        fcntl(results[0], F_SETFL, O_NONBLOCK) < 0 ||
        (worker->pid = fork()) < 0) {
        status = error_set(err, STATUS_IO, "cannot start a worker: %s",
                           strerror(errno));
        let_signals_through(&before);
        worker->pid = 0;
        close_pair(commands);
        close_pair(results);
        return status;
    }
    if (worker->pid == 0)
        be_worker(commands[1], results[1], 2 * life, options, &before);
    let_signals_through(&before);
    close(commands[1]);
    close(results[1]);
    /* More room spares waiting; the default does as well. */
    (void)fcntl(results[0], F_SETPIPE_SZ, PIPE_SIZE);
    buf_clear(&worker->in);
    *worker = (struct worker){.pid = worker->pid,
                              .commands = commands[0],
                              .results = results[0],
                              .life = life,
                              .in = worker->in};
    return STATUS_OK;
}

/* Seconds of CPU that it has used; its own word would not do. */
static unsigned
time_used(const struct worker *worker)
{
    struct timespec used = {0};
    clockid_t clock;

    if (clock_getcpuclockid(worker->pid, &clock) == 0)
        (void)clock_gettime(clock, &used);
    return (unsigned)used.tv_sec;
}

bool
worker_has_time(const struct worker *worker, unsigned cpu)
{
    return time_used(worker) + worker->granted + cpu <= worker->life;
}

void
worker_stop(struct worker *worker)
{
    if (worker->pid > 0) {
        kill(worker->pid, SIGKILL);
        while (waitpid(worker->pid, NULL, 0) < 0 && errno == EINTR)
            continue;
    }
    if (worker->commands >= 0)
        close(worker->commands);
    if (worker->results >= 0)
        close(worker->results);
    buf_release(&worker->in);
    *worker = WORKER_INIT;
}

bool
worker_send(struct worker *worker, int fd, const char *name, unsigned cpu)
{
    union {
        struct cmsghdr head;
        char room[CMSG_SPACE(sizeof(int))];
    } control = {.room = {0}};
    struct file_head head = {.cpu = cpu};
    struct buf copy = BUF_INIT;
    struct iovec parts[2] = {{&head, sizeof(head)}, {NULL, 0}};
    struct msghdr message = {.msg_iov = parts,
                             .msg_iovlen = 2,
                             .msg_control = &control,
                             .msg_controllen = sizeof(control)};
    struct cmsghdr *cmsg = CMSG_FIRSTHDR(&message);
    ssize_t sent;

    buf_add(&copy, name, strnlen(name, PATH_MAX));
    parts[1].iov_base = copy.data;
    parts[1].iov_len = copy.size;
    cmsg->cmsg_level = SOL_SOCKET;
    cmsg->cmsg_type = SCM_RIGHTS;
    cmsg->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(cmsg), &fd, sizeof(fd));
    do
        sent = sendmsg(worker->commands, &message, MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    buf_release(&copy);
    return sent > 0;
}

void
worker_receive(struct worker *worker)
{
    ssize_t got;

    /* What was used up makes room, when it is worth the moving. */
    if (worker->at > worker->in.size / 2) {
        memmove(worker->in.data, worker->in.data + worker->at,
                worker->in.size - worker->at);
        buf_cut(&worker->in, worker->in.size - worker->at);
        worker->at = 0;
    }
    buf_reserve(&worker->in, CHUNK);
    do
        got = read(worker->results, worker->in.data + worker->in.size, CHUNK);
    while (got < 0 && errno == EINTR);
    if (got > 0) {
        worker->silent = 0;
        worker->in.size += (size_t)got;
        worker->in.data[worker->in.size] = '\0';
    } else if (got == 0) {
        worker->ended = true;
    } else if (errno != EAGAIN) {
        worker->ended = true;
        worker->lost = errno;
    }
}

/* A sentence from a worker is shown to people, so it is repaired. */
static void
copy_text(struct error *error, const struct message_end *end)
{
    struct buf clean = BUF_INIT;

    utf8_tidy(&clean, end->text, strnlen(end->text, sizeof(end->text)), false);
    error_set(error, (enum status)end->status, "%s", clean.data);
    buf_release(&clean);
}

static bool
take_end(struct worker *worker, const char *data, size_t size,
         struct intake_event *event)
{
    const struct format *const *formats = reader_formats();
    struct message_end end;

    if (size != sizeof(end))
        return false;
    memcpy(&end, data, sizeof(end));
    if (end.status > STATUS_KILLED)
        return false;
    worker->spent = end.spent;
    if (end.status)
        copy_text(&event->error, &end);
    for (uint32_t i = 0; formats[i]; i++)
        if (i + 1 == end.format)
            event->format = formats[i]->name;
    return true;
}

bool
worker_next(struct worker *worker, struct article *article,
            struct parcel_rules *rules, struct intake_event *event)
{
    const char *data = worker->in.data + worker->at;
    size_t size = worker->in.size - worker->at;
    struct message_head head;
    bool sound = false;

    if (worker->nonsense || size < sizeof(head))
        return false;
    memcpy(&head, data, sizeof(head));
    if (head.size <= LARGEST_MESSAGE && size - sizeof(head) < head.size)
        return false;
    data += sizeof(head);
    if (head.size <= LARGEST_MESSAGE && head.kind == INTAKE_ARTICLE)
        sound = parcel_unpack(article, rules, data, head.size);
    else if (head.size <= LARGEST_MESSAGE &&
             (head.kind == INTAKE_BAD || head.kind == INTAKE_END))
        sound = take_end(worker, data, head.size, event);
    if (!sound) {
        worker->nonsense = true;
        worker->ended = true;
        return false;
    }
    event->kind = (enum intake_kind)head.kind;
    if (event->kind == INTAKE_END)
        worker->past += worker->spent;
    worker->at += sizeof(head) + head.size;
    return true;
}

/* What the exit status or the signal tells: whose doing it is, in words. */
struct cause {
    int number;
    enum status status;
    const char *words;
};

/* A signal that is not here is somebody's wish. */
static const struct cause signals[] = {
    {SIGXCPU, STATUS_LIMIT, "took too much time"},
    {SIGSYS, STATUS_KILLED, "made its reader try what a reader must not do"},
    {SIGSEGV, STATUS_KILLED, "crashed its reader"},
    {SIGABRT, STATUS_KILLED, "crashed its reader"},
    {SIGFPE, STATUS_KILLED, "crashed its reader"},
    {SIGILL, STATUS_KILLED, "crashed its reader"},
    {SIGTRAP, STATUS_KILLED, "crashed its reader"},
    {SIGKILL, STATUS_INTERRUPTED,
     "had its reader killed, perhaps for want of memory"},
    /* A page of the program that could not be read, more often than not. */
    {SIGBUS, STATUS_INTERRUPTED, "had its reader ended by the system"},
};

static const struct cause exits[] = {
    {WORKER_NO_MEMORY, STATUS_LIMIT,
     "needed more memory than a reader is given"},
    {WORKER_SYSTEM_FULL, STATUS_INTERRUPTED,
     "had a reader to which the system gave no more memory"},
    {WORKER_CANNOT_WRITE, STATUS_INTERRUPTED,
     "had a reader that could not pass on what it read"},
};

static struct cause
find_cause(const struct cause *causes, size_t count, int number,
           const char *words)
{
    for (size_t i = 0; i < count; i++)
        if (causes[i].number == number)
            return causes[i];
    return (struct cause){number, STATUS_INTERRUPTED, words};
}

static uint64_t
milliseconds_of(const struct rusage *usage)
{
    return ((uint64_t)usage->ru_utime.tv_sec +
            (uint64_t)usage->ru_stime.tv_sec) *
               1000 +
           ((uint64_t)usage->ru_utime.tv_usec +
            (uint64_t)usage->ru_stime.tv_usec) /
               1000;
}

static struct cause
cause_of(int status, const struct rusage *usage, unsigned cpu, unsigned life)
{
    struct cause cause;

    if (WIFEXITED(status))
        return find_cause(exits, COUNT(exits), WEXITSTATUS(status),
                          "had its reader end early");
    cause = find_cause(signals, COUNT(signals), WTERMSIG(status),
                       "had its reader ended from outside");
    /* It would not hear that its time was up. */
    if (cause.number == SIGKILL && milliseconds_of(usage) >= life * 1000ULL)
        return signals[0];
    /* Whose time is not up has been sent the signal.  The kernel has two ways
     * to count, which are apart by some part. */
    if (cause.number == SIGXCPU &&
        milliseconds_of(usage) * 2 + 2000 < (uint64_t)cpu * 1000)
        return find_cause(NULL, 0, SIGXCPU,
                          "had its reader ended from outside");
    return cause;
}

/* Wait for its end.  Its pipe closes a moment before; one that only closes the
 * pipe would be waited for in vain.  False if it had to be killed. */
static bool
wait_for_end(struct worker *worker, int *status, struct rusage *usage)
{
    enum {
        TURNS = 5000 /* of a millisecond or more */
    };
    const struct timespec turn = {.tv_nsec = 1000000};
    bool alone = true;
    pid_t got;

    for (int i = 0; i <= TURNS; i++) {
        got = wait4(worker->pid, status, WNOHANG, usage);
        if (got != 0)
            break;
        if (i == TURNS || worker->late || worker->nonsense || worker->lost) {
            alone = false;
            kill(worker->pid, SIGKILL);
            break;
        }
        nanosleep(&turn, NULL);
    }
    while (!alone && wait4(worker->pid, status, 0, usage) < 0 && errno == EINTR)
        continue;
    worker->pid = 0;
    return alone;
}

void
worker_autopsy(struct worker *worker, const char *path, unsigned cpu,
               struct error *err)
{
    struct rusage usage = {0};
    int status = 0;
    bool alone = wait_for_end(worker, &status, &usage);
    struct cause cause = cause_of(status, &usage, cpu, worker->life);

    worker->spent = milliseconds_of(&usage);
    worker->spent -=
        worker->past < worker->spent ? worker->past : worker->spent;
    worker->out_of_time =
        cause.number == SIGXCPU && cause.status == STATUS_LIMIT;
    if (worker->lost)
        error_set(err, STATUS_INTERRUPTED,
                  "%s: nothing more could be received from its reader: %s",
                  path, strerror(worker->lost));
    else if (worker->late)
        error_set(err, STATUS_INTERRUPTED,
                  "%s had a reader that was not heard of for too long", path);
    else if (worker->nonsense || !alone)
        error_set(err, STATUS_KILLED, "%s made its reader write nonsense",
                  path);
    else
        error_set(err, cause.status, "%s %s", path, cause.words);
}
