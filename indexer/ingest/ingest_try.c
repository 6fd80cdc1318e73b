/*
 * Telling the watch what the intake brings, and a run that does no more than
 * that.
 */
#include <string.h>

#include "indexer/ingest/ingest_parts.h"

static uint64_t
text_size(const struct article *article)
{
    uint64_t size = article->headline.size + article->body.size;

    for (size_t i = 0; i < article->captions; i++)
        size += article->caption[i].text.size;
    return size;
}

static void
tell_article(struct ingest *ingest, const struct intake_event *event)
{
    const struct article *article = event->article;
    struct ingest_counts *counts = ingest->counts;

    counts->articles++;
    counts->text += text_size(article);
    counts->at_hand += text_size(article);
    if (!article_kind_kept(article->kind) && !ingest->options->all_pages)
        counts->kind[article->kind]++;
    if (ingest->watch && ingest->watch->article)
        ingest->watch->article(ingest->watch->context, event->path, article);
}

void
ingest_tell(struct ingest *ingest, const struct intake_event *event)
{
    struct ingest_counts *counts = ingest->counts;

    switch (event->kind) {
    case INTAKE_BEGIN:
        break;
    case INTAKE_ARTICLE:
        tell_article(ingest, event);
        break;
    case INTAKE_BAD:
        counts->articles++;
        counts->failed++;
        break;
    case INTAKE_END:
        counts->read++;
        counts->at_hand = 0;
        counts->left += event->hasty;
        counts->failed_files += event->error.status && !event->hasty;
        counts->interrupted += event->error.status == STATUS_INTERRUPTED;
        if (ingest->watch && ingest->watch->file)
            ingest->watch->file(ingest->watch->context, event);
        break;
    }
}

void
ingest_tell_bad(const struct ingest *ingest, const struct intake_event *event)
{
    const char *text = event->error.text;

    /* Some sentences begin with the file's name, others do not. */
    if (strncmp(text, event->path, strlen(event->path)) == 0)
        ingest_problem(ingest, "%s", text);
    else
        ingest_problem(ingest, "%s: %s", event->path, text);
}

/* Take in what the intake has; all of it is told and none of it kept. */
static void
drain(struct ingest *ingest, struct intake *intake)
{
    struct intake_event event;

    while (intake_next(intake, &event)) {
        ingest_tell(ingest, &event);
        if (event.kind == INTAKE_BAD ||
            (event.kind == INTAKE_END && event.error.status))
            ingest_tell_bad(ingest, &event);
        if (event.kind == INTAKE_END && ingest->watch &&
            ingest->watch->progress)
            ingest->watch->progress(ingest->watch->context, ingest->counts);
    }
}

/* Files on their way through the intake at one time. */
#define AHEAD 64

struct trying {
    struct intake *intake;
    int ahead;
};

static enum status
try_file(struct ingest *ingest, const struct walk_file *file, void *context,
         struct error *err)
{
    struct trying *trying = context;
    int64_t id;

    (void)err;
    if (ingest_state_of(ingest, file, &id) == FILE_UNCHANGED)
        return STATUS_OK;
    intake_add(trying->intake, file->path);
    if (++trying->ahead == AHEAD) {
        drain(ingest, trying->intake);
        trying->ahead = 0;
    }
    return STATUS_OK;
}

enum status
ingest_try_read(struct ingest *ingest, struct error *err)
{
    struct trying trying = {0};
    struct ingest_tour tour = {.each = try_file, .context = &trying};
    enum status status = ingest_open_intake(ingest, &trying.intake, err);

    for (size_t i = 0; !status && i < ingest->roots.count; i++)
        status = ingest_walk(ingest, ingest->roots.item[i], &tour, err);
    if (!status && ingest->standard_input)
        intake_add(trying.intake, "-");
    if (!status)
        drain(ingest, trying.intake);
    intake_close(trying.intake);
    return status;
}
