/* What a manifest is in memory; its text is read by manifest_parse.c. */
#include "indexer/archive/manifest.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <zlib.h>

#include "corpus/base/bisect.h"
#include "corpus/base/mem.h"
#include "indexer/archive/version.h"

static void
release_segment(struct manifest_segment *segment)
{
    list_release(&segment->languages);
    free(segment->range);
}

void
manifest_release(struct manifest *manifest)
{
    for (size_t i = 0; i < manifest->segments; i++)
        release_segment(&manifest->segment[i]);
    for (size_t i = 0; i < manifest->deletions; i++)
        free(manifest->deleted[i].why);
    free(manifest->segment);
    free(manifest->deleted);
    *manifest = MANIFEST_INIT;
}

struct manifest_segment *
manifest_add(struct manifest *manifest)
{
    struct manifest_segment *segment;

    manifest->segment =
        mem_grow(manifest->segment, manifest->segments, &manifest->segment_room,
                 sizeof(*manifest->segment));
    segment = &manifest->segment[manifest->segments++];
    *segment = (struct manifest_segment){.first = 1, .last = 0};
    return segment;
}

struct manifest_segment *
manifest_find(const struct manifest *manifest, const char *name)
{
    for (size_t i = 0; i < manifest->segments; i++)
        if (strcmp(manifest->segment[i].name, name) == 0)
            return &manifest->segment[i];
    return NULL;
}

void
manifest_segment_name(char name[32], uint64_t number)
{
    snprintf(name, 32, "seg-%06" PRIu64 ".db", number);
}

void
manifest_ranked_name(char name[32], const char *segment_name)
{
    snprintf(name, 32, "%.*s.rank", (int)strcspn(segment_name, "."),
             segment_name);
}

void
manifest_drop(struct manifest *manifest, const char *name)
{
    struct manifest_segment *segment = manifest_find(manifest, name);
    size_t at;

    if (!segment)
        return;
    at = (size_t)(segment - manifest->segment);
    release_segment(segment);
    manifest->segments--;
    memmove(segment, segment + 1,
            (manifest->segments - at) * sizeof(*manifest->segment));
}

/* The place of the first range that ends at or behind `id`. */
static size_t
range_at(const struct manifest_segment *segment, int64_t id)
{
    struct bisect half = bisect_between(0, segment->ranges);

    while (bisect_next(&half))
        bisect_go(&half, segment->range[half.middle].last < id);
    return half.low;
}

bool
manifest_is_dead(const struct manifest_segment *segment, int64_t id)
{
    size_t at = range_at(segment, id);

    return at < segment->ranges && segment->range[at].first <= id;
}

static void
insert_range(struct manifest_segment *segment, size_t at, int64_t id)
{
    segment->range = mem_grow(segment->range, segment->ranges,
                              &segment->range_room, sizeof(*segment->range));
    memmove(segment->range + at + 1, segment->range + at,
            (segment->ranges - at) * sizeof(*segment->range));
    segment->range[at] = (struct dead_range){id, id};
    segment->ranges++;
}

bool
manifest_kill(struct manifest_segment *segment, int64_t id)
{
    size_t at = range_at(segment, id);
    struct dead_range *range = segment->range;
    bool before = at > 0 && range[at - 1].last == id - 1;
    bool behind = at < segment->ranges && range[at].first == id + 1;

    if (manifest_is_dead(segment, id))
        return false;
    if (before && behind) {
        range[at - 1].last = range[at].last;
        segment->ranges--;
        memmove(range + at, range + at + 1,
                (segment->ranges - at) * sizeof(*range));
    } else if (before) {
        range[at - 1].last = id;
    } else if (behind) {
        range[at].first = id;
    } else {
        insert_range(segment, at, id);
    }
    segment->dead++;
    return true;
}

int64_t
manifest_live(const struct manifest *manifest)
{
    int64_t live = 0;

    for (size_t i = 0; i < manifest->segments; i++)
        live += manifest->segment[i].articles - manifest->segment[i].dead;
    return live;
}

/* The place of the first deletion that is not before `sha256`. */
static size_t
deletion_at(const struct manifest *manifest, const char *sha256)
{
    struct bisect half = bisect_between(0, manifest->deletions);

    while (bisect_next(&half))
        bisect_go(&half,
                  strcmp(manifest->deleted[half.middle].sha256, sha256) < 0);
    return half.low;
}

const struct manifest_deleted *
manifest_deletion(const struct manifest *manifest, const char *sha256)
{
    size_t at = deletion_at(manifest, sha256);

    if (at < manifest->deletions &&
        strcmp(manifest->deleted[at].sha256, sha256) == 0)
        return &manifest->deleted[at];
    return NULL;
}

void
manifest_add_deletion(struct manifest *manifest, const char *sha256,
                      const char *why)
{
    size_t at = deletion_at(manifest, sha256);
    struct manifest_deleted *deleted;

    if (manifest_deletion(manifest, sha256))
        return;
    manifest->deleted =
        mem_grow(manifest->deleted, manifest->deletions,
                 &manifest->deleted_room, sizeof(*manifest->deleted));
    deleted = manifest->deleted + at;
    memmove(deleted + 1, deleted,
            (manifest->deletions - at) * sizeof(*deleted));
    manifest->deletions++;
    snprintf(deleted->sha256, sizeof(deleted->sha256), "%s", sha256);
    deleted->why = mem_string(why);
}

bool
manifest_undelete(struct manifest *manifest, const char *sha256)
{
    size_t at = deletion_at(manifest, sha256);

    if (!manifest_deletion(manifest, sha256))
        return false;
    free(manifest->deleted[at].why);
    manifest->deletions--;
    memmove(manifest->deleted + at, manifest->deleted + at + 1,
            (manifest->deletions - at) * sizeof(*manifest->deleted));
    return true;
}

void
manifest_copy(struct manifest *to, const struct manifest *from)
{
    struct manifest copy = MANIFEST_INIT;

    copy.generation = from->generation;
    copy.next_segment = from->next_segment;
    memcpy(copy.language, from->language, sizeof(copy.language));
    for (size_t i = 0; i < from->segments; i++) {
        const struct manifest_segment *old = &from->segment[i];
        struct manifest_segment *new = manifest_add(&copy);

        *new = *old;
        new->languages = LIST_INIT;
        list_copy(&new->languages, &old->languages);
        new->range = mem_resize(NULL, old->ranges, sizeof(*new->range));
        if (old->ranges)
            memcpy(new->range, old->range, old->ranges * sizeof(*new->range));
        new->range_room = old->ranges;
    }
    for (size_t i = 0; i < from->deletions; i++)
        manifest_add_deletion(&copy, from->deleted[i].sha256,
                              from->deleted[i].why);
    manifest_release(to);
    *to = copy;
}

static void
print_segment(const struct manifest_segment *segment, struct buf *out)
{
    buf_printf(out, "segment %s bytes %" PRIu64 " sha256 %s\n", segment->name,
               segment->bytes, segment->sha256);
    buf_printf(out, "articles %" PRId64 " first %" PRId64 " last %" PRId64 "\n",
               segment->articles, segment->first, segment->last);
    buf_add_text(out, "lengths");
    for (size_t i = 0; i < FIELD_COUNT; i++)
        buf_printf(out, " %" PRIu64, segment->length[i]);
    buf_add_text(out, "\nlanguages");
    for (size_t i = 0; i < segment->languages.count; i++)
        buf_printf(out, " %s", segment->languages.item[i]);
    if (segment->ranked_bytes)
        buf_printf(out, "\nranked bytes %" PRIu64 " sha256 %s",
                   segment->ranked_bytes, segment->ranked_sha256);
    buf_add_text(out, "\ndead");
    for (size_t i = 0; i < segment->ranges; i++) {
        buf_printf(out, " %" PRId64, segment->range[i].first);
        if (segment->range[i].last > segment->range[i].first)
            buf_printf(out, "-%" PRId64, segment->range[i].last);
    }
    buf_add_byte(out, '\n');
}

void
manifest_print_deletions(const struct manifest *manifest, struct buf *out)
{
    for (size_t i = 0; i < manifest->deletions; i++)
        buf_printf(out, "deleted %s %s\n", manifest->deleted[i].sha256,
                   manifest->deleted[i].why);
}

void
manifest_print(const struct manifest *manifest, struct buf *out)
{
    size_t start = out->size;
    uLong crc;

    buf_printf(out, "nsearch archive %d\n", SCHEMA_VERSION);
    buf_printf(out, "generation %" PRIu64 "\nlanguage %s\nnext %" PRIu64 "\n",
               manifest->generation, manifest->language,
               manifest->next_segment);
    for (size_t i = 0; i < manifest->segments; i++)
        print_segment(&manifest->segment[i], out);
    manifest_print_deletions(manifest, out);
    crc = crc32_z(0, (const Bytef *)out->data + start, out->size - start);
    buf_printf(out, "end %08lx\n", (unsigned long)crc);
}
