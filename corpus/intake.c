/*
 * The queue of files, and the in-process way through it.  One file is open
 * at a time; what intake_next() does next follows from `local`.
 */
#include "corpus/intake.h"

#include <stdlib.h>
#include <string.h>

#include "corpus/mem.h"

/* A file that is being read in this process. */
struct local {
    bool begun;
    bool more;
    struct input *input;
    struct reader *reader;
    enum status status;
    struct error error;
    uint64_t articles;
    uint64_t bad;
};

struct intake {
    struct intake_options options;
    char **path; /* those before `next` have been released */
    size_t count;
    size_t room;
    size_t next;
    char *last; /* the path of the file that has ended, still borrowed */
    struct local local;
    struct article article;
};

enum status
intake_open(struct intake **intake, const struct intake_options *options,
            struct error *err)
{
    (void)err;
    *intake = mem_zero(1, sizeof(**intake));
    (*intake)->options = *options;
    article_init(&(*intake)->article);
    return STATUS_OK;
}

static void
close_local(struct local *local)
{
    reader_close(local->reader);
    input_close(local->input);
    *local = (struct local){0};
}

void
intake_close(struct intake *intake)
{
    if (!intake)
        return;
    close_local(&intake->local);
    for (size_t i = intake->next; i < intake->count; i++)
        free(intake->path[i]);
    free(intake->path);
    free(intake->last);
    article_release(&intake->article);
    free(intake);
}

void
intake_add(struct intake *intake, const char *path)
{
    intake->path = mem_grow(intake->path, intake->count, &intake->room,
                            sizeof(*intake->path));
    intake->path[intake->count++] = mem_string(path);
}

static void
begin_local(struct intake *intake, struct intake_event *event)
{
    struct local *local = &intake->local;
    const char *path = intake->path[intake->next];

    event->kind = INTAKE_BEGIN;
    local->begun = true;
    local->status =
        input_open(&local->input, path, &intake->options.limits, &local->error);
    if (!local->status)
        local->status = reader_open(&local->reader, local->input,
                                    &intake->options.reader, &local->error);
    local->more = !local->status;
}

static void
end_local(struct intake *intake, struct intake_event *event)
{
    struct local *local = &intake->local;

    event->kind = INTAKE_END;
    event->error = local->error;
    event->error.status = local->status;
    event->articles = local->articles;
    event->bad = local->bad;
    if (local->reader)
        event->format = local->reader->format->name;
    close_local(local);
    intake->last = intake->path[intake->next];
    intake->path[intake->next++] = NULL;
}

bool
intake_next(struct intake *intake, struct intake_event *event)
{
    struct local *local = &intake->local;

    free(intake->last);
    intake->last = NULL;
    *event = (struct intake_event){0};
    if (intake->next == intake->count)
        return false;
    event->path = intake->path[intake->next];
    event->number = intake->next;
    if (!local->begun) {
        begin_local(intake, event);
        return true;
    }
    if (local->more) {
        struct error error = {0};
        enum status status =
            reader_next(local->reader, &intake->article, &local->more, &error);

        if (local->more) {
            event->kind = status ? INTAKE_BAD : INTAKE_ARTICLE;
            event->error = error;
            event->article = status ? NULL : &intake->article;
            local->bad += status ? 1 : 0;
            local->articles += status ? 0 : 1;
            return true;
        }
        local->status = status;
        local->error = error;
    }
    end_local(intake, event);
    return true;
}
