#include "query/watch/watch.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "corpus/base/mem.h"
#include "corpus/base/seen.h"
#include "indexer/archive/folder.h"
#include "indexer/bits/sha256.h"
#include "query/watch/watch_parts.h"

struct watch {
    char *folder;
    int lock;
    bool begun;
    uint64_t told_batch; /* the last one */
    struct buf stamp;
    struct told told;  /* sorted */
    struct told fresh; /* as they were added */
    struct seen seen;  /* the same */
};

static const char told_name[] = "told";
static const char batch_name[] = "batch";

static bool
parse(struct watch *watch, const struct buf *text)
{
    static const char head[] = "nsearch watch 1\nbatch ";
    const char *at = text->data;
    char *end;
    size_t size;

    if (strncmp(at, head, strlen(head)) != 0)
        return false;
    watch->told_batch = strtoull(at + strlen(head), &end, 10);
    if (strncmp(end, "\narchive ", 9) != 0)
        return false;
    at = end + 9;
    size = strcspn(at, "\n");
    buf_set(&watch->stamp, at, size);
    at += size + (at[size] == '\n');
    return told_parse(&watch->told, &at) && strcmp(at, "end\n") == 0;
}

static enum status
read_told(struct watch *watch, struct error *err)
{
    struct buf text = BUF_INIT;
    enum status status = folder_read(watch->folder, told_name, &text, err);

    if (status == STATUS_ABSENT) {
        status = STATUS_OK;
    } else if (!status && !parse(watch, &text)) {
        status = error_set(err, STATUS_DAMAGED,
                           "%s/%s: is damaged; remove it, and what is in the "
                           "archive now will count as told",
                           watch->folder, told_name);
    } else if (!status) {
        watch->begun = true;
        told_sort(&watch->told);
    }
    buf_release(&text);
    return status;
}

enum status
watch_open(struct watch **watch, const char *folder, struct error *err)
{
    struct watch *new = mem_zero(1, sizeof(*new));
    enum status status = folder_make(folder, err);

    *watch = NULL;
    new->folder = mem_string(folder);
    new->lock = -1;
    new->stamp = BUF_INIT;
    if (!status)
        status = folder_lock(&new->lock, folder, err);
    if (status == STATUS_LOCKED)
        error_set(err, status, "%s: another nsearch is telling what is new",
                  folder);
    if (!status)
        status = read_told(new, err);
    if (status) {
        watch_close(new);
        return status;
    }
    *watch = new;
    return STATUS_OK;
}

void
watch_close(struct watch *watch)
{
    if (!watch)
        return;
    if (watch->lock >= 0)
        close(watch->lock);
    told_release(&watch->told);
    told_release(&watch->fresh);
    seen_release(&watch->seen);
    buf_release(&watch->stamp);
    free(watch->folder);
    free(watch);
}

bool
watch_has_begun(const struct watch *watch)
{
    return watch->begun;
}

bool
watch_is_settled(const struct watch *watch, const char *stamp)
{
    return watch->begun && *stamp && strcmp(watch->stamp.data, stamp) == 0;
}

uint64_t
watch_batch(const struct watch *watch)
{
    return watch->told_batch + 1;
}

bool
watch_add(struct watch *watch, const void *key, size_t size)
{
    unsigned char digest[SHA256_SIZE];

    sha256_of(key, size, digest);
    if (told_has(&watch->told, digest))
        return false;
    /* Several archives may have it. */
    if (seen_number(&watch->seen, (const char *)digest, TOLD_SIZE) <
        watch->fresh.count)
        return false;
    told_add(&watch->fresh, digest);
    return true;
}

/* From now on these are told. */
static enum status
commit(struct watch *watch, const struct told *fresh, const char *stamp,
       struct error *err)
{
    struct buf text = BUF_INIT;
    enum status status;

    for (size_t i = 0; i < fresh->count; i++)
        told_add(&watch->told, fresh->digest[i]);
    told_sort(&watch->told);
    buf_set_text(&watch->stamp, stamp);
    buf_printf(&text, "nsearch watch 1\nbatch %" PRIu64 "\narchive %s\n",
               watch->told_batch, stamp);
    told_print(&watch->told, &text);
    buf_add_text(&text, "end\n");
    status = folder_write(watch->folder, told_name, &text, err);
    watch->begun = watch->begun || !status;
    buf_release(&text);
    return status;
}

enum status
watch_settle(struct watch *watch, const char *stamp, struct error *err)
{
    enum status status = commit(watch, &watch->fresh, stamp, err);

    told_release(&watch->fresh);
    seen_release(&watch->seen);
    return status;
}

static void
remove_batch(const struct watch *watch)
{
    struct buf path = BUF_INIT;

    buf_printf(&path, "%s/%s", watch->folder, batch_name);
    unlink(path.data);
    buf_release(&path);
}

/* The batch is written down: it is sent, and then done with. */
static enum status
finish(struct watch *watch, const struct batch *batch, bool send, int fd,
       struct error *err)
{
    enum status status = send ? batch_send(batch, fd, err) : STATUS_OK;

    if (!status) {
        watch->told_batch = batch->number;
        status = commit(watch, &batch->keys, batch->stamp.data, err);
    }
    if (!status)
        remove_batch(watch);
    return status;
}

/* Aim, write down where it goes, send. */
static enum status
tell(struct watch *watch, const struct watch_target *target,
     struct batch *batch, struct error *err)
{
    struct buf text = BUF_INIT;
    enum status status = batch_aim(batch, target, err);

    if (!status) {
        batch_print(batch, &text);
        status = folder_write(watch->folder, batch_name, &text, err);
    }
    if (!status)
        status = finish(watch, batch, true, target->fd, err);
    buf_release(&text);
    return status;
}

enum status
watch_tell(struct watch *watch, const struct watch_target *target,
           const char *stamp, const struct buf *text, struct error *err)
{
    struct batch batch;
    enum status status;

    batch_init(&batch);
    batch.number = watch_batch(watch);
    buf_set_text(&batch.stamp, stamp);
    buf_set(&batch.text, text->data, text->size);
    batch.keys = watch->fresh;
    watch->fresh = (struct told){0};
    seen_release(&watch->seen);
    status = tell(watch, target, &batch, err);
    batch_release(&batch);
    return status;
}

static enum status
recover(struct watch *watch, const struct watch_target *target,
        struct batch *batch, bool *again, struct error *err)
{
    enum batch_state state;
    enum status status = batch_look(batch, &state, err);

    if (status)
        return status;
    *again = state == BATCH_UNKNOWN;
    return state == BATCH_TOLD ? finish(watch, batch, false, -1, err)
                               : tell(watch, target, batch, err);
}

enum status
watch_recover(struct watch *watch, const struct watch_target *target,
              bool *told, bool *again, struct error *err)
{
    struct buf text = BUF_INIT;
    struct batch batch;
    enum status status = folder_read(watch->folder, batch_name, &text, err);

    *told = false;
    *again = false;
    batch_init(&batch);
    if (status == STATUS_ABSENT) {
        status = STATUS_OK;
    } else if (!status && !batch_parse(&batch, &text)) {
        status = error_set(err, STATUS_DAMAGED,
                           "%s/%s: is damaged; remove it, and what it was to "
                           "tell is told again",
                           watch->folder, batch_name);
    } else if (!status && batch.number <= watch->told_batch) {
        remove_batch(watch);
    } else if (!status) {
        *told = true;
        status = recover(watch, target, &batch, again, err);
    }
    batch_release(&batch);
    buf_release(&text);
    return status;
}
