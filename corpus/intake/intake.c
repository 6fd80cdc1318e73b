/*
 * The queue of files and the two ways through it.
 *
 *     add -> task[first, first + count) -> events, in this order
 *             |sent to workers ahead|
 *
 * What a worker writes about a later file is received while an earlier one
 * is waited for, up to a limit, so that no worker stands still for long.
 */
#include "corpus/intake/intake.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "corpus/base/mem.h"
#include "corpus/base/sandbox.h"
#include "corpus/input/hole.h"
#include "corpus/input/issue.h"
#include "corpus/intake/patience.h"
#include "corpus/intake/worker.h"

enum {
    MOST_WORKERS = 64,
    MOST_RECEIVED = 32 * 1024 * 1024, /* ahead of its turn, from a worker */
    MIB = 1024 * 1024,
    MOST_AHEAD = 64 * 1024 * 1024 /* bytes of files that a worker has; an issue
                                     takes memory from when it is opened */
};

enum task_state {
    TASK_WAITING,
    TASK_SENT,
    TASK_FAILED /* to open, or no worker could be had */
};

struct task {
    char *path;
    enum task_state state;
    size_t worker;
    uint64_t size;
    struct allowance allowance;
    struct error *error; /* of TASK_FAILED */
};

/* The file whose events are being handed out. */
struct current {
    bool begun;
    bool more;
    struct input *input; /* if it is read in this process */
    struct reader *reader;
    uint64_t articles;
    uint64_t bad;
};

struct intake {
    struct intake_options options;
    struct task *task;
    size_t count;
    size_t room;
    size_t first; /* the number of task[0] */
    size_t sent;  /* tasks at the front that are not TASK_WAITING */
    char *last;   /* the path of the file that has ended, still borrowed */
    struct current current;
    struct article article;
    struct parcel_rules rules;
    struct patience patience;
    struct worker *worker; /* options.workers of them */
    struct issues *issues;
    struct error gap; /* in the sandbox */
};

static size_t
worker_count(const struct intake *intake)
{
    return (size_t)intake->options.workers;
}

/* Half a sandbox will do, unless a whole one is required; none will not.  If
 * it could not be tried, the workers will see for themselves. */
static enum status
try_sandbox(struct intake *intake, struct error *err)
{
    bool required = intake->options.require_sandbox;
    enum status status;

    if (worker_count(intake) == 0)
        return STATUS_OK;
    if (!sandbox_works())
        return required ? error_set(err, STATUS_IO,
                                    "this build of the program has no sandbox")
                        : STATUS_OK;
    status = sandbox_probe(&intake->gap);
    if (status == STATUS_INTERRUPTED && !required) {
        intake->gap = (struct error){0};
        status = STATUS_OK;
    }
    if (status == STATUS_OK || (status == STATUS_ABSENT && !required))
        return STATUS_OK;
    return error_set(err, STATUS_IO, "%s; nothing was read", intake->gap.text);
}

enum status
intake_open(struct intake **intake, const struct intake_options *options,
            struct error *err)
{
    struct intake *made = mem_zero(1, sizeof(*made));
    enum status status = STATUS_OK;

    made->options = *options;
    if (made->options.workers < 0)
        made->options.workers = 0;
    if (made->options.workers > MOST_WORKERS)
        made->options.workers = MOST_WORKERS;
    if (made->options.cpu <= 0)
        made->options.cpu = 5;
    if (made->options.patience == 0)
        made->options.patience = 30;
    made->patience.cpu = (unsigned)made->options.cpu;
    if (made->options.patience > 0)
        made->patience.left = (uint64_t)made->options.patience * 1000;
    if (made->options.memory == 0)
        made->options.memory = (uint64_t)1024 * MIB;
    article_init(&made->article);
    made->rules = PARCEL_RULES_INIT;
    made->issues = issues_new(options->walked);
    made->worker = mem_zero(worker_count(made) + 1, sizeof(*made->worker));
    for (size_t i = 0; i < worker_count(made); i++)
        made->worker[i] = WORKER_INIT;
    status = try_sandbox(made, err);
    for (size_t i = 0; !status && i < worker_count(made); i++)
        status = worker_start(&made->worker[i], &made->options, 0, err);
    if (status) {
        intake_close(made);
        made = NULL;
    }
    *intake = made;
    return status;
}

const char *
intake_gap(const struct intake *intake)
{
    return intake->gap.status ? intake->gap.text : NULL;
}

bool
intake_is_patient(const struct intake *intake)
{
    return intake->patience.left > 0;
}

static void
close_current(struct current *current)
{
    reader_close(current->reader);
    input_close(current->input);
    *current = (struct current){0};
}

void
intake_close(struct intake *intake)
{
    if (!intake)
        return;
    close_current(&intake->current);
    for (size_t i = 0; i < worker_count(intake); i++)
        worker_stop(&intake->worker[i]);
    for (size_t i = 0; i < intake->count; i++) {
        free(intake->task[i].path);
        free(intake->task[i].error);
    }
    free(intake->task);
    free(intake->worker);
    issues_free(intake->issues);
    free(intake->last);
    list_release(&intake->rules.names);
    article_release(&intake->article);
    free(intake);
}

static void
fail_task(struct task *task, const struct error *error)
{
    task->state = TASK_FAILED;
    task->error = mem_zero(1, sizeof(*task->error));
    *task->error = *error;
}

/* The worker with the least to do; NULL if all have their hands full. */
static struct worker *
choose_worker(struct intake *intake)
{
    struct worker *best = NULL;

    for (size_t i = 0; i < worker_count(intake); i++) {
        struct worker *worker = &intake->worker[i];

        if ((worker->ended || worker->deaf) && worker->files == 0)
            worker_stop(worker);
        if (worker->ended || worker->deaf || worker->files == WORKER_AHEAD ||
            worker->bytes >= MOST_AHEAD)
            continue;
        if (!best || worker->bytes + MIB * worker->files <
                         best->bytes + MIB * best->files)
            best = worker;
    }
    return best;
}

/* It was there a moment ago, and may be there again as it was. */
static void
fail_to_open(struct task *task, struct error *error)
{
    if (error->status == STATUS_ABSENT)
        error->status = STATUS_IO;
    fail_task(task, error);
}

/* There is no reader for it, which is not its fault. */
static void
leave_task(struct task *task, const struct error *why)
{
    struct error error = {0};

    error_set(&error, STATUS_INTERRUPTED, "%s was not read: %s", task->path,
              why->text);
    fail_task(task, &error);
}

/* Open the file and pass it on.  False if the worker takes no more; what it
 * has said may still be on its way. */
static bool
send_task(struct intake *intake, struct task *task, struct worker *worker)
{
    struct error error = {0};
    unsigned cpu;
    int fd = -1;

    if (issues_open(intake->issues, &fd, task->path, &error)) {
        fail_to_open(task, &error);
        return true;
    }
    task->size = hole_data_size(fd);
    task->allowance = patience_allow(&intake->patience, task->size);
    cpu = task->allowance.cpu;
    if (worker->pid == 0 &&
        worker_start(worker, &intake->options, cpu, &error)) {
        close(fd);
        leave_task(task, &error);
        return true;
    }
    worker->deaf = !worker_has_time(worker, cpu) ||
                   !worker_send(worker, fd, task->path, cpu);
    close(fd);
    if (worker->deaf)
        return false;
    worker->granted += cpu;
    task->state = TASK_SENT;
    task->worker = (size_t)(worker - intake->worker);
    worker->files++;
    worker->bytes += task->size;
    return true;
}

/* Give the workers what they can take.  The standard input is read here,
 * when its turn comes. */
static void
send_tasks(struct intake *intake)
{
    while (intake->sent < intake->count) {
        struct task *task = &intake->task[intake->sent];
        struct worker *worker;

        if (strcmp(task->path, "-") != 0) {
            worker = choose_worker(intake);
            if (!worker || !send_task(intake, task, worker))
                return;
        }
        intake->sent++;
    }
}

void
intake_add(struct intake *intake, const char *path)
{
    intake->task = mem_grow(intake->task, intake->count, &intake->room,
                            sizeof(*intake->task));
    intake->task[intake->count++] = (struct task){.path = mem_string(path)};
    if (worker_count(intake) > 0)
        send_tasks(intake);
}

static bool
is_local(const struct intake *intake, const struct task *task)
{
    return worker_count(intake) == 0 || strcmp(task->path, "-") == 0;
}

/* Open the file here; a failure goes the way of a failed task. */
static void
open_local(struct intake *intake, struct task *task)
{
    struct current *current = &intake->current;
    struct error error = {0};
    const struct input_limits *limits = &intake->options.limits;
    enum status status = STATUS_OK;
    int fd = -1;

    if (!strcmp(task->path, "-")) {
        status = input_open(&current->input, "-", limits, &error);
    } else if (issues_open(intake->issues, &fd, task->path, &error)) {
        fail_to_open(task, &error);
        return;
    }
    if (!status && fd >= 0)
        status = input_open_fd(&current->input, fd, task->path, limits, &error);
    if (!status)
        status = reader_open(&current->reader, current->input,
                             &intake->options.reader, &error);
    if (status)
        fail_task(task, &error);
}

static void
next_local(struct intake *intake, struct intake_event *event)
{
    struct current *current = &intake->current;
    bool more;
    enum status status =
        reader_next(current->reader, &intake->article, &more, &event->error);

    event->error.status = status;
    if (more) {
        event->kind = status ? INTAKE_BAD : INTAKE_ARTICLE;
    } else {
        event->kind = INTAKE_END;
        event->format = current->reader->format->name;
    }
}

/* Receive from all that have something, but wait for `wanted` only. */
static void
receive(struct intake *intake, struct worker *wanted)
{
    struct pollfd polled[MOST_WORKERS];
    struct worker *from[MOST_WORKERS];
    nfds_t count = 0;

    for (size_t i = 0; i < worker_count(intake); i++) {
        struct worker *worker = &intake->worker[i];

        if (worker->ended || worker->results < 0 ||
            (worker != wanted && worker->in.size >= MOST_RECEIVED))
            continue;
        from[count] = worker;
        polled[count++] =
            (struct pollfd){.fd = worker->results, .events = POLLIN};
    }
    /* Of one that fails nothing is known but that time passes. */
    if (poll(polled, count, 1000) <= 0)
        wanted->silent++;
    for (nfds_t i = 0; i < count; i++)
        if (polled[i].revents)
            worker_receive(from[i]);
}

/* The file has failed after so many milliseconds of CPU time, if one may
 * believe it. */
static void
lose_patience(struct intake *intake, const struct task *task, uint64_t spent)
{
    uint64_t most = (uint64_t)task->allowance.cpu * 1000;

    patience_spend(&intake->patience, spent < most ? spent : most);
}

/* Its reader was not to take longer. */
static void
give_up(const struct task *task, struct intake_event *event)
{
    event->hasty = true;
    error_set(&event->error, STATUS_LIMIT,
              "%s took longer than there was time for, after others had taken "
              "too long",
              task->path);
}

/* The worker has ended at this file.  The others that it had go to its
 * successor, in their order. */
static void
bury_worker(struct intake *intake, struct worker *worker,
            struct intake_event *event)
{
    static const struct error gone = {.text = "its reader does not live"};
    const struct task *ended = &intake->task[0];
    size_t number = (size_t)(worker - intake->worker);

    event->kind = INTAKE_END;
    worker_autopsy(worker, ended->path, ended->allowance.cpu, &event->error);
    if (event->error.status == STATUS_LIMIT)
        lose_patience(intake, ended, worker->spent);
    if (worker->out_of_time && ended->allowance.hasty)
        give_up(ended, event);
    worker_stop(worker);
    for (size_t i = 1; i < intake->sent; i++) {
        struct task *task = &intake->task[i];

        if (task->state != TASK_SENT || task->worker != number)
            continue;
        task->state = TASK_WAITING;
        if (!send_task(intake, task, worker)) {
            leave_task(task, &gone);
        }
    }
}

static void
next_from_worker(struct intake *intake, struct intake_event *event)
{
    struct task *task = &intake->task[0];
    struct worker *worker = &intake->worker[task->worker];
    unsigned silence = 60 + 10 * task->allowance.cpu;

    while (!worker_next(worker, &intake->article, &intake->rules, event)) {
        if (worker->ended) {
            bury_worker(intake, worker, event);
            return;
        }
        receive(intake, worker);
        if (worker->silent > silence) {
            worker->late = true;
            worker->ended = true;
        }
    }
    if (event->kind == INTAKE_END) {
        worker->files--;
        worker->bytes -= task->size;
        worker->granted -= task->allowance.cpu;
        if (event->error.status)
            lose_patience(intake, task, worker->spent);
    }
}

static void
next_of_file(struct intake *intake, struct intake_event *event)
{
    static const struct error refused = {
        .text = "the system did not pass it on to a reader"};
    struct task *task = &intake->task[0];

    if (task->state == TASK_WAITING && !is_local(intake, task)) {
        /* All readers are idle, so one was tried; now a fresh one is. */
        send_tasks(intake);
        if (task->state == TASK_WAITING)
            leave_task(task, &refused);
    }
    if (task->state == TASK_FAILED) {
        event->kind = INTAKE_END;
        event->error = *task->error;
    } else if (is_local(intake, task)) {
        next_local(intake, event);
    } else {
        next_from_worker(intake, event);
    }
}

static void
end_file(struct intake *intake, struct intake_event *event)
{
    struct current *current = &intake->current;

    event->articles = current->articles;
    event->bad = current->bad;
    close_current(current);
    intake->last = intake->task[0].path;
    free(intake->task[0].error);
    memmove(intake->task, intake->task + 1,
            (intake->count - 1) * sizeof(*intake->task));
    intake->count--;
    intake->first++;
    if (intake->sent > 0)
        intake->sent--;
}

bool
intake_next(struct intake *intake, struct intake_event *event)
{
    struct current *current = &intake->current;

    free(intake->last);
    intake->last = NULL;
    *event = (struct intake_event){0};
    if (intake->count == 0)
        return false;
    if (worker_count(intake) > 0)
        send_tasks(intake);
    event->path = intake->task[0].path;
    event->number = intake->first;
    if (!current->begun) {
        current->begun = true;
        event->kind = INTAKE_BEGIN;
        if (is_local(intake, &intake->task[0]))
            open_local(intake, &intake->task[0]);
        return true;
    }
    next_of_file(intake, event);
    if (event->kind == INTAKE_ARTICLE) {
        event->article = &intake->article;
        current->articles++;
    } else if (event->kind == INTAKE_BAD) {
        current->bad++;
    } else {
        end_file(intake, event);
    }
    return true;
}
