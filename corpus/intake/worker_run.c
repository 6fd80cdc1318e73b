/* For struct msghdr's control macros in full. */
#define _GNU_SOURCE

#include "corpus/intake/worker_run.h"

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include <jansson.h>

#include "corpus/base/mem.h"
#include "corpus/base/sandbox.h"
#include "corpus/input/charset_labels.h"
#include "corpus/intake/parcel.h"

enum {
    BATCH = 256 * 1024
}; /* bytes of messages written at once */

struct run {
    int commands;
    int results;
    const struct intake_options *options;
    struct buf out;
    struct article article;
    uint64_t began; /* the file that is read: milliseconds of CPU */
};

/* Whose fault is it?  A file that asks for too much will do so again. */
static void
end_without_memory(size_t wanted)
{
    _exit(sandbox_memory_is_used_up(wanted) ? WORKER_NO_MEMORY
                                            : WORKER_SYSTEM_FULL);
}

static void
flush(struct run *run)
{
    const char *at = run->out.data;
    size_t left = run->out.size;

    while (left > 0) {
        ssize_t done = write(run->results, at, left);

        if (done < 0 && errno == EINTR)
            continue;
        /* Without a parent there is no reason to live. */
        if (done < 0)
            _exit(errno == EPIPE ? 0 : WORKER_CANNOT_WRITE);
        at += done;
        left -= (size_t)done;
    }
    buf_clear(&run->out);
}

/* Begin a message; returns where, for close_message(). */
static size_t
open_message(struct run *run, enum intake_kind kind)
{
    struct message_head head = {.kind = (uint32_t)kind};
    size_t start = run->out.size;

    buf_add(&run->out, &head, sizeof(head));
    return start;
}

static void
close_message(struct run *run, size_t start)
{
    struct message_head head;

    memcpy(&head, run->out.data + start, sizeof(head));
    head.size = (uint32_t)(run->out.size - start - sizeof(head));
    memcpy(run->out.data + start, &head, sizeof(head));
    if (run->out.size >= BATCH)
        flush(run);
}

/* Milliseconds of CPU that this process has used. */
static uint64_t
time_used(void)
{
    struct timespec now = {0};

    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static void
say_end(struct run *run, enum intake_kind kind, const struct format *format,
        enum status status, const struct error *error)
{
    const struct format *const *formats = reader_formats();
    struct message_end end = {.status = (uint32_t)status,
                              .spent = (uint32_t)(time_used() - run->began)};
    size_t start = open_message(run, kind);

    if (status)
        memcpy(end.text, error->text, sizeof(end.text));
    end.text[sizeof(end.text) - 1] = '\0';
    for (uint32_t i = 0; formats[i]; i++)
        if (formats[i] == format)
            end.format = i + 1;
    buf_add(&run->out, &end, sizeof(end));
    close_message(run, start);
}

static void
read_articles(struct run *run, struct reader *reader)
{
    struct error error = {0};
    bool more = true;
    enum status status = STATUS_OK;

    while (more) {
        status = reader_next(reader, &run->article, &more, &error);
        if (!more)
            break;
        if (status) {
            say_end(run, INTAKE_BAD, NULL, status, &error);
        } else {
            size_t start = open_message(run, INTAKE_ARTICLE);

            parcel_pack(&run->out, &run->article);
            close_message(run, start);
        }
    }
    say_end(run, INTAKE_END, reader->format, status, &error);
}

static void
read_file(struct run *run, int fd, const char *name)
{
    struct input *input = NULL;
    struct reader *reader = NULL;
    struct error error = {0};
    enum status status =
        input_open_fd(&input, fd, name, &run->options->limits, &error);

    if (!status)
        status = reader_open(&reader, input, &run->options->reader, &error);
    if (status)
        say_end(run, INTAKE_END, NULL, status, &error);
    else
        read_articles(run, reader);
    reader_close(reader);
    input_close(input);
}

/* The next file and its name; false when no more will come. */
static bool
receive(struct run *run, int *fd, struct file_head *head, char *name)
{
    union {
        struct cmsghdr head;
        char room[CMSG_SPACE(sizeof(int))];
    } control;
    struct iovec parts[2] = {{head, sizeof(*head)}, {name, PATH_MAX}};
    struct msghdr message = {.msg_iov = parts,
                             .msg_iovlen = 2,
                             .msg_control = &control,
                             .msg_controllen = sizeof(control)};
    struct cmsghdr *cmsg;
    ssize_t got;

    do
        got = recvmsg(run->commands, &message, MSG_CMSG_CLOEXEC);
    while (got < 0 && errno == EINTR);
    if (got < (ssize_t)sizeof(*head))
        return false;
    name[(size_t)got - sizeof(*head)] = '\0';
    cmsg = CMSG_FIRSTHDR(&message);
    if (!cmsg || cmsg->cmsg_type != SCM_RIGHTS)
        return false;
    memcpy(fd, CMSG_DATA(cmsg), sizeof(*fd));
    return true;
}

_Noreturn void
worker_run(int commands, int results, unsigned life,
           const struct intake_options *options)
{
    struct run run = {.commands = commands,
                      .results = results,
                      .options = options,
                      .out = BUF_INIT};
    struct file_head head;
    struct error error = {0};
    enum status status = STATUS_OK;
    char name[PATH_MAX + 1];
    int fd;

    article_init(&run.article);
    /* What would open a file later has to do so now. */
    json_object_seed(0);
    charset_preload();
    sandbox_limit_memory(options->memory);
    sandbox_limit_life(life);
    mem_on_refusal(end_without_memory);
    status = sandbox_enter(false, &error);
    if (status && (status != STATUS_ABSENT || options->require_sandbox)) {
        /* The parent learns why from the first file that it gives us. */
        while (receive(&run, &fd, &head, name)) {
            close(fd);
            say_end(&run, INTAKE_END, NULL, error.status, &error);
            flush(&run);
        }
        _exit(0);
    }
    while (receive(&run, &fd, &head, name)) {
        run.began = time_used();
        sandbox_limit_cpu(head.cpu);
        read_file(&run, fd, name);
        flush(&run);
    }
    _exit(0);
}
