/* A source file's articles against what the archive holds already. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "corpus/base/mem.h"
#include "corpus/base/utf8.h"
#include "indexer/stored/row.h"
#include "indexer/writer/writer_parts.h"

/* More files than that with one key are not looked at; the rest are read
 * again when they change. */
#define HOLDERS_MAX 64

struct writer_source {
    int64_t file;
    char *path;
    bool known;               /* it held keys before */
    struct catalog_key *keys; /* found now, if known */
    size_t count;
    size_t room;
};

struct writer_source *
writer_begin_file(struct writer *writer, const char *path)
{
    struct writer_source *source = mem_zero(1, sizeof(*source));
    struct catalog_file file = CATALOG_FILE_INIT;

    source->path = mem_string(path);
    source->known = catalog_find_file(writer->catalog, path, &file);
    /* Until the end is reached it counts as not read. */
    if (!source->known) {
        file.stale = true;
        file.id = catalog_put_file(writer->catalog, path, &file);
    } else if (!file.stale) {
        catalog_set_stale(writer->catalog, file.id);
    }
    source->file = file.id;
    buf_release(&file.reason);
    return source;
}

static void
free_source(struct writer_source *source)
{
    free(source->keys);
    free(source->path);
    free(source);
}

/* < 0 if `a` is older than `b`.  Versions are compared as numbers if both
 * are; without one on either side there is nothing to compare. */
static int
compare_versions(const char *a, const char *b)
{
    char *a_end;
    char *b_end;
    unsigned long long a_number;
    unsigned long long b_number;

    if (!*a || !*b)
        return 0;
    errno = 0;
    a_number = strtoull(a, &a_end, 10);
    b_number = strtoull(b, &b_end, 10);
    if (*a_end || *b_end || errno)
        return strcmp(a, b);
    return a_number < b_number ? -1 : a_number > b_number;
}

/* Send the article on its way; this file's article is the one that stands. */
static enum status
send(struct writer *writer, const struct writer_source *source,
     struct article *article, const struct catalog_key *key,
     struct catalog_held *held, struct error *err)
{
    struct segment_tag tag = {.file = source->file};
    enum status status;

    memcpy(tag.key, key->hash, sizeof(tag.key));
    tag.serial = ++writer->serial;
    held->segment = 0;
    held->id = -tag.serial;
    catalog_put_held(writer->catalog, key, held);
    if (article->url.size &&
        strcmp(article->url.data, article->key.data) != 0) {
        struct catalog_key url =
            catalog_key_of(article->url.data, article->url.size, NULL);

        catalog_put_link(writer->catalog, &url, key);
    }
    if (!writer->builders) {
        struct builders_plan plan = {.dir = writer->dir.data,
                                     .language = writer->manifest.language,
                                     .next_segment =
                                         writer->manifest.next_segment,
                                     .memory = writer->memory,
                                     .threads = writer->threads};

        writer->builders = builders_new(&plan);
    }
    status = builders_add(writer->builders, article, source->path, &tag, err);
    if (!status)
        status = writer_receive(writer, err);
    return status;
}

/* What becomes of an article whose key is known.  `mine` may be NULL. */
enum verdict {
    VERDICT_UNCHANGED,
    VERDICT_OLDER,
    VERDICT_CHANGED,
    VERDICT_REPLACED
};

static enum verdict
judge(const struct catalog_held *standing, const struct catalog_held *mine,
      const struct catalog_held *new)
{
    if (standing->digest == new->digest)
        return VERDICT_UNCHANGED;
    /* Another file took its place, and this one has nothing new to say. */
    if (mine && mine->id == 0 && mine->digest == new->digest)
        return VERDICT_UNCHANGED;
    if (compare_versions(new->version, standing->version) < 0)
        return VERDICT_OLDER;
    return standing == mine ? VERDICT_CHANGED : VERDICT_REPLACED;
}

/* The article whose holder was `standing` makes room for this file's. */
static void
displace(struct writer *writer, const struct catalog_key *key,
         const struct catalog_held *standing, int64_t file)
{
    struct catalog_held loser = *standing;

    writer_kill(writer, standing);
    if (standing->file == file)
        return;
    loser.segment = 0;
    loser.id = 0;
    catalog_put_held(writer->catalog, key, &loser);
}

static enum status
add_known(struct writer *writer, const struct writer_source *source,
          struct article *article, const struct catalog_key *key,
          struct catalog_held *new, struct error *err)
{
    struct catalog_held held[HOLDERS_MAX];
    size_t count = catalog_find_key(writer->catalog, key, held, HOLDERS_MAX);
    struct writer_counts *counts = &writer->counts;
    const struct catalog_held *mine = NULL;
    enum verdict verdict;

    for (size_t i = 0; i < count; i++)
        if (held[i].file == source->file)
            mine = &held[i];
    if (count == 0 || held[0].id == 0) {
        counts->added++;
        return send(writer, source, article, key, new, err);
    }
    verdict = judge(&held[0], mine, new);
    if (verdict == VERDICT_CHANGED || verdict == VERDICT_REPLACED) {
        counts->changed += verdict == VERDICT_CHANGED;
        counts->replaced += verdict == VERDICT_REPLACED;
        displace(writer, key, &held[0], source->file);
        return send(writer, source, article, key, new, err);
    }
    counts->unchanged += verdict == VERDICT_UNCHANGED;
    counts->older += verdict == VERDICT_OLDER;
    if (mine != &held[0] && (!mine || mine->digest != new->digest))
        catalog_put_held(writer->catalog, key, new);
    article_clear(article);
    return catalog_status(writer->catalog, err);
}

/* A path as the beginning of a key.  Not every path is UTF-8, and every key
 * is. */
static void
add_place(struct buf *key, const char *path)
{
    size_t size = strlen(path);
    uint32_t code;

    while (size > 0) {
        size_t step = utf8_decode(path, size, &code);

        if (step == 0) {
            step = 1;
            buf_printf(key, "%%%02X", (unsigned)(unsigned char)*path);
        } else {
            buf_add(key, path, step);
        }
        path += step;
        size -= step;
    }
}

/* "#id=7", of which every file may have one. */
static void
qualify_key(struct article *article, const char *path)
{
    struct buf key = BUF_INIT;

    add_place(&key, path);
    buf_add(&key, article->key.data, article->key.size);
    buf_swap(&article->key, &key);
    buf_release(&key);
}

enum status
writer_add(struct writer *writer, struct writer_source *source,
           struct article *article, struct error *err)
{
    struct catalog_held new = {.file = source->file};
    struct catalog_key key;
    char sha256[65];

    if (article->key.size == 0) {
        add_place(&article->key, source->path);
        buf_printf(&article->key, "#%llu", (unsigned long long)article->item);
    } else if (*article->key.data == '#') {
        qualify_key(article, source->path);
    }
    key = catalog_key_of(article->key.data, article->key.size, sha256);
    if (manifest_deletion(&writer->manifest, sha256)) {
        writer->counts.refused++;
        article_clear(article);
        return STATUS_OK;
    }
    if (source->known) {
        source->keys = mem_grow(source->keys, source->count, &source->room,
                                sizeof(*source->keys));
        source->keys[source->count++] = key;
    }
    new.digest = row_digest(article);
    snprintf(new.version, sizeof(new.version), "%s", article->version.data);
    return add_known(writer, source, article, &key, &new, err);
}

/* This file does not have the key any more.  If its article stood, it goes,
 * and the others that hold the key are to say what they have. */
static void
let_go(struct writer *writer, const struct catalog_key *key, int64_t file)
{
    struct catalog_held held[HOLDERS_MAX];
    size_t count = catalog_find_key(writer->catalog, key, held, HOLDERS_MAX);
    bool stood = count > 0 && held[0].file == file && held[0].id != 0;

    catalog_remove_held(writer->catalog, key, file);
    if (!stood)
        return;
    writer_kill(writer, &held[0]);
    writer->counts.removed++;
    for (size_t i = 1; i < count; i++)
        catalog_set_stale(writer->catalog, held[i].file);
}

static int
compare_keys(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(struct catalog_key));
}

/* Both lists are in order. */
static void
let_go_of_missing(struct writer *writer, struct writer_source *source)
{
    struct catalog_key *old;
    size_t count = catalog_keys_of(writer->catalog, source->file, &old);
    size_t at = 0;

    if (source->count)
        qsort(source->keys, source->count, sizeof(*source->keys), compare_keys);
    for (size_t i = 0; i < count; i++) {
        while (at < source->count &&
               compare_keys(&source->keys[at], &old[i]) < 0)
            at++;
        if (at == source->count || compare_keys(&source->keys[at], &old[i]))
            let_go(writer, &old[i], source->file);
    }
    free(old);
}

enum status
writer_end_file(struct writer *writer, struct writer_source *source,
                const struct catalog_file *file, bool whole, struct error *err)
{
    struct catalog_file noted = *file;

    if (whole && source->known)
        let_go_of_missing(writer, source);
    noted.id = source->file;
    /* Of a file with nothing but deleted articles no trace is kept. */
    if (file->refused && !file->articles && !file->failed && !file->skipped)
        catalog_remove_file(writer->catalog, source->file);
    else
        catalog_put_file(writer->catalog, source->path, &noted);
    catalog_note_read(writer->catalog, source->file);
    free_source(source);
    return catalog_status(writer->catalog, err);
}

enum status
writer_drop_file(struct writer *writer, int64_t id, struct error *err)
{
    struct catalog_key *keys;
    size_t count = catalog_keys_of(writer->catalog, id, &keys);

    for (size_t i = 0; i < count; i++)
        let_go(writer, &keys[i], id);
    free(keys);
    catalog_remove_file(writer->catalog, id);
    return catalog_status(writer->catalog, err);
}
