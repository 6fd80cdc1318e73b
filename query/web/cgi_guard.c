#include "query/web/cgi_guard.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "corpus/base/buf.h"

/* Between two tries for a slot, in milliseconds. */
#define SLOT_PAUSE 20

/* AddressSanitizer keeps its shadow in terabytes of address space. */
#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

#define BUSY_BODY                                            \
    "The archive is busy, or this question takes too long. " \
    "Narrow it, or come back soon.\n"

static const char busy_answer[] =
    "Status: 503 Service Unavailable\r\n"
    "Content-Type: text/plain; charset=utf-8\r\n"
    "Retry-After: 2\r\n"
    "Cache-Control: no-store\r\n"
    "Content-Security-Policy: default-src 'none'\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "Content-Length: 84\r\n"
    "\r\n" BUSY_BODY;

_Static_assert(sizeof(BUSY_BODY) - 1 == 84, "the length stands in the header");

/* A signal handler has nothing but what is global. */
static volatile sig_atomic_t answered;

/* Whose work is done makes room for the next one, however slowly the answer is
 * taken. */
static int slot = -1;

const char *
guard_busy_answer(void)
{
    return busy_answer;
}

static void
start_timer(unsigned milliseconds)
{
    struct itimerval timer = {
        .it_value = {.tv_sec = milliseconds / 1000,
                     .tv_usec = milliseconds % 1000 * 1000L}};

    setitimer(ITIMER_REAL, &timer, NULL);
}

void
guard_answered(const struct cgi_config *config)
{
    answered = 1;
    if (slot >= 0)
        close(slot);
    slot = -1;
    start_timer(config->write_deadline);
}

static void
answer_busy(void)
{
    size_t done = 0;

    while (!answered && done < sizeof(busy_answer) - 1) {
        ssize_t wrote = write(STDOUT_FILENO, busy_answer + done,
                              sizeof(busy_answer) - 1 - done);

        if (wrote <= 0)
            break;
        done += (size_t)wrote;
    }
    answered = 1;
}

static void
time_is_up(int signal)
{
    (void)signal;
    answer_busy();
    _exit(0);
}

void
guard_watch(const struct cgi_config *config)
{
    struct sigaction action = {.sa_handler = time_is_up};

    sigemptyset(&action.sa_mask);
    sigaction(SIGALRM, &action, NULL);
    sigaction(SIGXCPU, &action, NULL);
    start_timer(config->hard_deadline);
}

/* Seconds of processor time that gathering all hits may take. */
static rlim_t
export_seconds(const struct cgi_config *config)
{
    return config->cpu_seconds + config->export_deadline / 1000U;
}

void
guard_extend(const struct cgi_config *config)
{
    struct rlimit now;

    start_timer(config->export_deadline + config->hard_deadline);
    if (getrlimit(RLIMIT_CPU, &now) != 0)
        return;
    now.rlim_cur = export_seconds(config);
    if (now.rlim_cur > now.rlim_max)
        now.rlim_cur = now.rlim_max;
    setrlimit(RLIMIT_CPU, &now);
}

static void
limit(int resource, rlim_t soft, rlim_t hard)
{
    struct rlimit now;

    if (getrlimit(resource, &now) != 0)
        return;
    now.rlim_cur = soft < now.rlim_max ? soft : now.rlim_max;
    now.rlim_max = hard < now.rlim_max ? hard : now.rlim_max;
    setrlimit(resource, &now);
}

void
guard_limit(const struct cgi_config *config)
{
    limit(RLIMIT_CORE, 0, 0);
    limit(RLIMIT_CPU, config->cpu_seconds, export_seconds(config) + 1U);
    /* Not RLIMIT_AS: segments are mapped, and there may be gigabytes. */
    if (!SANITIZED)
        limit(RLIMIT_DATA, (rlim_t)config->memory << 20,
              (rlim_t)config->memory << 20);
}

#ifdef __linux__
/* Archives of different folders do not compete for slots. */
static unsigned long
hash_of(const char *text)
{
    unsigned long hash = 5381;

    for (; *text; text++)
        hash = hash * 33 + (unsigned char)*text;
    return hash;
}

/* STATUS_LOCKED: somebody has it. */
static enum status
take_name(const struct cgi_config *config, unsigned number)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    int length = 0;

    if (fd < 0)
        return STATUS_OK; /* there are no such sockets here */
    length = snprintf(
        address.sun_path + 1, sizeof(address.sun_path) - 1,
        "nsearch.cgi/%lu/%lx/%u", (unsigned long)getuid(),
        hash_of(config->archives.count ? config->archives.item[0] : ""),
        number);
    if (bind(fd, (const struct sockaddr *)&address,
             (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 +
                         (size_t)length)) == 0) {
        slot = fd;
        return STATUS_OK;
    }
    close(fd);
    return STATUS_LOCKED;
}
#else
static enum status
take_name(const struct cgi_config *config, unsigned number)
{
    (void)config;
    (void)number;
    return STATUS_OK;
}
#endif

static enum status
take_file(const struct cgi_config *config, unsigned number, struct error *err)
{
    struct buf path = BUF_INIT;
    enum status status = STATUS_OK;
    int fd;

    buf_printf(&path, "%s/slot-%u", config->slot_folder, number);
    fd = open(path.data, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW,
              S_IRUSR | S_IWUSR);
    if (fd < 0 || flock(fd, LOCK_EX | LOCK_NB) != 0)
        status = errno == EWOULDBLOCK ? STATUS_LOCKED
                                      : error_set(err, STATUS_IO, "%s: %s",
                                                  path.data, strerror(errno));
    if (status && fd >= 0)
        close(fd);
    if (!status)
        slot = fd;
    buf_release(&path);
    return status;
}

static enum status
take_slot(const struct cgi_config *config, unsigned number, struct error *err)
{
    return config->slot_folder ? take_file(config, number, err)
                               : take_name(config, number);
}

enum status
guard_enter(const struct cgi_config *config, struct error *err)
{
    const struct timespec pause = {.tv_nsec = SLOT_PAUSE * 1000000L};

    if (!config->slots)
        return STATUS_OK;
    for (unsigned waited = 0;; waited += SLOT_PAUSE) {
        for (unsigned i = 0; i < config->slots; i++) {
            enum status status = take_slot(config, i, err);

            if (status != STATUS_LOCKED)
                return status;
        }
        if (waited >= config->slot_wait)
            return error_set(err, STATUS_LOCKED, "all slots are taken");
        nanosleep(&pause, NULL);
    }
}

enum status
guard_check(const struct cgi_config *config, struct error *err)
{
    struct stat found;

    if (!config->slot_folder)
        return STATUS_OK;
    if (stat(config->slot_folder, &found) != 0)
        return error_set(err, STATUS_USAGE, "%s: %s", config->slot_folder,
                         strerror(errno));
    if (!S_ISDIR(found.st_mode))
        return error_set(err, STATUS_USAGE, "%s: no folder",
                         config->slot_folder);
    if (found.st_mode & (S_IWGRP | S_IWOTH | S_IXGRP | S_IXOTH))
        return error_set(err, STATUS_USAGE,
                         "%s: others may enter it and take the slots; close "
                         "it with: chmod 0700 %s",
                         config->slot_folder, config->slot_folder);
    return STATUS_OK;
}
