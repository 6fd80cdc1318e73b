#include "indexer/writer/builders.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

#include "corpus/base/mem.h"
#include "indexer/archive/tidy.h"

/* Articles are handed over by the dozen: a thread that is woken for each one
 * spends as long on waking as on the article. */
#define BATCH_ROOM 48
#define BATCH_BYTES ((size_t)256 << 10)

/* The memory of articles goes round, as two threads that give and take would
 * stand in each other's way; but not that of batches with larger ones. */
#define RECYCLE_BYTES ((size_t)512 << 10)

/* Batches that may wait, and bytes of the bodies in them. */
#define QUEUE_ROOM 64
#define QUEUE_BYTES ((size_t)16 << 20)

/* Bytes of bodies that a thread is worth: most of its work comes when all
 * have been read, so the next must have got its share by then. */
#define BYTES_FOR_THREAD ((uint64_t)4 << 20)

struct job {
    struct article article;
    struct segment_tag tag;
    struct buf file;
};

struct batch {
    struct job job[BATCH_ROOM];
    size_t count;
    size_t bytes; /* of bodies */
    struct batch *next_spent;
};

struct builders {
    struct builders_plan plan;
    pthread_t *thread;
    unsigned threads;
    uint64_t added;        /* bytes of bodies, in all */
    struct batch *filling; /* NULL, or what is not yet in the queue */

    pthread_mutex_t mutex; /* guards all below */
    pthread_cond_t room;   /* the queue has room, or a thread has failed */
    pthread_cond_t work;   /* the queue has work, or has ended */
    struct batch *queue[QUEUE_ROOM];
    struct batch *spent; /* a chain of those that are empty again */
    size_t first;
    size_t count;
    size_t bytes;
    bool ended;
    uint64_t next_segment;
    struct builders_made *made;
    size_t mades;
    size_t made_room;
    struct error failure; /* of the first thread that failed */
};

struct builders *
builders_new(const struct builders_plan *plan)
{
    struct builders *builders = mem_zero(1, sizeof(*builders));

    builders->plan = *plan;
    if (builders->plan.threads == 0)
        builders->plan.threads = 1;
    builders->thread =
        mem_zero(builders->plan.threads, sizeof(*builders->thread));
    builders->next_segment = plan->next_segment;
    pthread_mutex_init(&builders->mutex, NULL);
    pthread_cond_init(&builders->room, NULL);
    pthread_cond_init(&builders->work, NULL);
    return builders;
}

/* The oldest batch; the mutex is held, and there is one. */
static struct batch *
shift_batch(struct builders *builders)
{
    struct batch *batch = builders->queue[builders->first];

    builders->first = (builders->first + 1) % QUEUE_ROOM;
    builders->count--;
    builders->bytes -= batch->bytes;
    return batch;
}

/* NULL when there is no more to do. */
static struct batch *
take_batch(struct builders *builders)
{
    struct batch *batch = NULL;

    pthread_mutex_lock(&builders->mutex);
    while (builders->count == 0 && !builders->ended)
        pthread_cond_wait(&builders->work, &builders->mutex);
    if (builders->count > 0 && !builders->failure.status) {
        batch = shift_batch(builders);
        pthread_cond_signal(&builders->room);
    }
    pthread_mutex_unlock(&builders->mutex);
    return batch;
}

static struct batch *
new_batch(void)
{
    struct batch *batch = mem_zero(1, sizeof(*batch));

    for (size_t i = 0; i < BATCH_ROOM; i++) {
        article_init(&batch->job[i].article);
        batch->job[i].file = BUF_INIT;
    }
    return batch;
}

static void
free_batch(struct batch *batch)
{
    for (size_t i = 0; batch && i < BATCH_ROOM; i++) {
        article_release(&batch->job[i].article);
        buf_release(&batch->job[i].file);
    }
    free(batch);
}

static void
recycle_batch(struct builders *builders, struct batch *batch)
{
    if (batch->bytes > RECYCLE_BYTES) {
        free_batch(batch);
        return;
    }
    for (size_t i = 0; i < batch->count; i++)
        article_clear(&batch->job[i].article);
    batch->count = 0;
    batch->bytes = 0;
    pthread_mutex_lock(&builders->mutex);
    batch->next_spent = builders->spent;
    builders->spent = batch;
    pthread_mutex_unlock(&builders->mutex);
}

/* One that is empty. */
static struct batch *
find_batch(struct builders *builders)
{
    struct batch *batch;

    pthread_mutex_lock(&builders->mutex);
    batch = builders->spent;
    if (batch)
        builders->spent = batch->next_spent;
    pthread_mutex_unlock(&builders->mutex);
    return batch ? batch : new_batch();
}

static void
note_failure(struct builders *builders, const struct error *err)
{
    pthread_mutex_lock(&builders->mutex);
    if (!builders->failure.status)
        builders->failure = *err;
    builders->ended = true;
    pthread_cond_broadcast(&builders->room);
    pthread_cond_broadcast(&builders->work);
    pthread_mutex_unlock(&builders->mutex);
}

static enum status
write_segment(struct builders *builders, struct segment_builder *builder,
              struct error *err)
{
    struct segment_plan plan = {.dir = builders->plan.dir,
                                .language = builders->plan.language,
                                .memory = builders->plan.memory / 2};
    struct builders_made made;
    enum status status;

    pthread_mutex_lock(&builders->mutex);
    plan.number = builders->next_segment++;
    pthread_mutex_unlock(&builders->mutex);
    status =
        segment_builder_write(builder, &plan, &made.entry, &made.tags, err);
    if (status)
        return status;
    pthread_mutex_lock(&builders->mutex);
    builders->made = mem_grow(builders->made, builders->mades,
                              &builders->made_room, sizeof(*builders->made));
    builders->made[builders->mades++] = made;
    pthread_mutex_unlock(&builders->mutex);
    return STATUS_OK;
}

static bool
has_failed(struct builders *builders)
{
    bool failed;

    pthread_mutex_lock(&builders->mutex);
    failed = builders->failure.status != STATUS_OK;
    pthread_mutex_unlock(&builders->mutex);
    return failed;
}

static enum status
add_batch(struct builders *builders, struct segment_builder *builder,
          const struct batch *batch, struct error *err)
{
    /* By the time that the words are collected the articles are gone, so
     * each may have more than half; what is left is for sorting, for the
     * lists of the most common words and for SQLite. */
    size_t limit = builders->plan.memory / 8 * 5;
    enum status status = STATUS_OK;

    for (size_t i = 0; !status && i < batch->count; i++) {
        const struct job *job = &batch->job[i];

        segment_builder_add(builder, &job->article, job->file.data, &job->tag);
        if (segment_builder_memory(builder) >= limit)
            status = write_segment(builders, builder, err);
    }
    return status;
}

static void *
run_thread(void *context)
{
    struct builders *builders = context;
    struct segment_builder *builder = segment_builder_new();
    enum status status = STATUS_OK;
    struct error err = {0};
    struct batch *batch;

    while (!status && (batch = take_batch(builders)) != NULL) {
        status = add_batch(builders, builder, batch, &err);
        recycle_batch(builders, batch);
    }
    if (!status && segment_builder_count(builder) && !has_failed(builders))
        status = write_segment(builders, builder, &err);
    if (status)
        note_failure(builders, &err);
    segment_builder_free(builder);
    return NULL;
}

/* Without a thread of its own the first failure would be silent. */
static enum status
start_thread(struct builders *builders, struct error *err)
{
    int failed = pthread_create(&builders->thread[builders->threads], NULL,
                                run_thread, builders);

    if (!failed) {
        builders->threads++;
        return STATUS_OK;
    }
    if (builders->threads > 0)
        return STATUS_OK;
    /* By EAGAIN it means memory as well as a limit on how many there are. */
    return error_set(err, failed == EAGAIN ? STATUS_MEMORY : STATUS_IO,
                     "no thread can be started to index with; nothing was "
                     "lost, run again when there is more memory, or fewer "
                     "processes");
}

static bool
is_full(const struct builders *builders)
{
    return builders->count == QUEUE_ROOM ||
           (builders->count > 0 && builders->bytes >= QUEUE_BYTES);
}

/* Put what was filled into the queue. */
static enum status
push_batch(struct builders *builders, struct error *err)
{
    enum status status = STATUS_OK;

    if (!builders->filling)
        return STATUS_OK;
    pthread_mutex_lock(&builders->mutex);
    while (is_full(builders) && !builders->failure.status)
        pthread_cond_wait(&builders->room, &builders->mutex);
    if (builders->failure.status) {
        status = error_set(err, builders->failure.status, "%s",
                           builders->failure.text);
    } else {
        builders->queue[(builders->first + builders->count) % QUEUE_ROOM] =
            builders->filling;
        builders->count++;
        builders->bytes += builders->filling->bytes;
        builders->filling = NULL;
        pthread_cond_signal(&builders->work);
    }
    pthread_mutex_unlock(&builders->mutex);
    return status;
}

enum status
builders_add(struct builders *builders, struct article *article,
             const char *file, const struct segment_tag *tag, struct error *err)
{
    enum status status = STATUS_OK;
    struct article spare;
    struct job *job;

    builders->added += article->body.size;
    if (builders->threads == 0 ||
        (builders->threads < builders->plan.threads &&
         builders->added > builders->threads * BYTES_FOR_THREAD))
        status = start_thread(builders, err);
    if (status)
        return status;
    if (!builders->filling)
        builders->filling = find_batch(builders);
    job = &builders->filling->job[builders->filling->count++];
    builders->filling->bytes += article->body.size;
    spare = job->article;
    job->article = *article;
    *article = spare;
    job->tag = *tag;
    buf_set_text(&job->file, file);
    if (builders->filling->count == BATCH_ROOM ||
        builders->filling->bytes >= BATCH_BYTES)
        status = push_batch(builders, err);
    return status;
}

bool
builders_take(struct builders *builders, struct builders_made *made)
{
    bool got;

    pthread_mutex_lock(&builders->mutex);
    got = builders->mades > 0;
    if (got)
        *made = builders->made[--builders->mades];
    pthread_mutex_unlock(&builders->mutex);
    return got;
}

enum status
builders_finish(struct builders *builders, struct error *err)
{
    /* If it fails, so has a thread, which is told below. */
    (void)push_batch(builders, NULL);
    pthread_mutex_lock(&builders->mutex);
    builders->ended = true;
    pthread_cond_broadcast(&builders->work);
    pthread_mutex_unlock(&builders->mutex);
    for (unsigned i = 0; i < builders->threads; i++)
        pthread_join(builders->thread[i], NULL);
    builders->threads = 0;
    if (builders->failure.status)
        return error_set(err, builders->failure.status, "%s",
                         builders->failure.text);
    return STATUS_OK;
}

uint64_t
builders_next_segment(const struct builders *builders)
{
    return builders->next_segment;
}

static void
remove_made(struct builders *builders, struct builders_made *made)
{
    tidy_remove_segment(builders->plan.dir, made->entry.name);
    list_release(&made->entry.languages);
    free(made->tags);
}

void
builders_free(struct builders *builders)
{
    struct builders_made made;

    if (!builders)
        return;
    /* Whoever still waits is to stop without writing. */
    if (builders->threads > 0)
        note_failure(builders, &(struct error){.status = STATUS_USAGE});
    (void)builders_finish(builders, NULL);
    while (builders->count > 0)
        free_batch(shift_batch(builders));
    free_batch(builders->filling);
    while (builders->spent) {
        struct batch *batch = builders->spent;

        builders->spent = batch->next_spent;
        free_batch(batch);
    }
    while (builders_take(builders, &made))
        remove_made(builders, &made);
    pthread_mutex_destroy(&builders->mutex);
    pthread_cond_destroy(&builders->room);
    pthread_cond_destroy(&builders->work);
    free(builders->made);
    free(builders->thread);
    free(builders);
}
