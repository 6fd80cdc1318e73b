#include "indexer/ranked/ranked.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <zlib.h>

#include "corpus/base/bisect.h"
#include "corpus/base/mem.h"
#include "indexer/analysis/analysis.h"
#include "indexer/archive/folder.h"
#include "indexer/bits/bitpack.h"
#include "indexer/ranked/bm25f.h"
#include "indexer/ranked/ranked_parts.h"

/* Footer, once its checksum is right, into `r`; false if the parts that it
 * names do not add up to the file. */
static bool
read_footer(struct ranked *r, const unsigned char *footer)
{
    uint64_t articles = le_u64(footer + RANKED_FOOTER_ARTICLES);
    uint64_t terms = le_u64(footer + RANKED_FOOTER_TERMS);
    uint64_t lists = le_u64(footer + RANKED_FOOTER_LISTS);
    uint64_t dictionary = le_u64(footer + RANKED_FOOTER_DICTIONARY);
    uint64_t forms = le_u64(footer + RANKED_FOOTER_FORMS);
    uint64_t sentences = le_u64(footer + RANKED_FOOTER_SENTENCES);
    uint64_t pairs = le_u32(footer + RANKED_FOOTER_PAIRS);
    uint64_t sums = le_u32(footer + RANKED_FOOTER_SUMS);
    uint64_t left = r->size - RANKED_FOOTER_SIZE;
    uint64_t groups;

    if (!ranked_open_sums(r, sums) || articles > RANKED_ARTICLES_MAX ||
        terms > left || pairs > left - sums)
        return false;
    left -= sums + pairs;
    if (lists > left || dictionary > left - lists ||
        forms > left - lists - dictionary ||
        sentences > left - lists - dictionary - forms ||
        sentences < (articles + RANKED_SENTENCES - 1) / RANKED_SENTENCES * 8)
        return false;
    groups = (terms + RANKED_GROUP - 1) / RANKED_GROUP;
    if (left - lists - dictionary - forms - sentences !=
        groups * RANKED_GROUP_SIZE + articles * RANKED_ARTICLE_SIZE)
        return false;
    r->articles = (uint32_t)articles;
    r->terms = terms;
    r->lists_size = lists;
    r->dictionary = r->data + lists;
    r->dictionary_size = dictionary;
    r->forms = r->dictionary + dictionary;
    r->forms_size = forms;
    r->group = r->forms + forms;
    r->groups = groups;
    r->sentences = r->group + groups * RANKED_GROUP_SIZE;
    r->sentences_size = sentences;
    r->article = r->sentences + sentences;
    for (size_t i = 0; i < FIELD_TEXT_COUNT; i++)
        r->total[i] = le_u64(footer + RANKED_FOOTER_TOTALS + i * 8);
    return ranked_open_pairs(r, footer - sums - pairs, pairs);
}

static enum status
open_bytes(struct ranked *r, const char *name, struct error *err)
{
    const unsigned char *footer;
    uint32_t version;

    if (!r->data || r->size < RANKED_FOOTER_SIZE)
        return error_set(err, STATUS_DAMAGED, "%s: not a ranked index", name);
    footer = r->data + r->size - RANKED_FOOTER_SIZE;
    if (memcmp(footer, RANKED_MAGIC, RANKED_FOOTER_VERSION) != 0)
        return error_set(err, STATUS_DAMAGED, "%s: not a ranked index", name);
    version = le_u32(footer + RANKED_FOOTER_VERSION);
    if (version != RANKED_VERSION ||
        le_u32(footer + RANKED_FOOTER_ANALYSIS) != ANALYSIS_VERSION)
        return error_set(err, STATUS_VERSION,
                         "%s: made by another version; make it again with: "
                         "nindex optimize --rebuild-ranked",
                         name);
    if (crc32_z(0, footer, RANKED_FOOTER_CRC) !=
            le_u32(footer + RANKED_FOOTER_CRC) ||
        !read_footer(r, footer))
        return error_set(err, STATUS_DAMAGED,
                         "%s: contradicts itself; look with: nindex check",
                         name);
    r->bitpack = bitpack_best();
    return STATUS_OK;
}

enum status
ranked_open_bytes(struct ranked **ranked, const void *data, size_t size,
                  struct error *err)
{
    *ranked = mem_zero(1, sizeof(**ranked));
    (*ranked)->data = data;
    (*ranked)->size = size;
    return open_bytes(*ranked, "ranked index", err);
}

enum status
ranked_open(struct ranked **ranked, const char *path, uint64_t bytes,
            struct error *err)
{
    struct ranked *r = mem_zero(1, sizeof(*r));
    struct stat found;
    int fd = open(path, FOLDER_READ);
    enum status status = STATUS_OK;

    *ranked = r;
    if (fd < 0 || fstat(fd, &found) != 0)
        status = error_set(err, status_of_errno(errno), "%s: %s", path,
                           strerror(errno));
    else if ((uint64_t)found.st_size != bytes || bytes < RANKED_FOOTER_SIZE)
        status = error_set(err, STATUS_DAMAGED,
                           "%s: has %lld bytes, the manifest says %llu", path,
                           (long long)found.st_size, (unsigned long long)bytes);
    if (!status) {
        r->map = mmap(NULL, bytes, PROT_READ, MAP_SHARED, fd, 0);
        if (r->map == MAP_FAILED) {
            r->map = NULL;
            status = error_set(err, STATUS_IO, "%s: cannot be mapped: %s", path,
                               strerror(errno));
        }
    }
    if (fd >= 0)
        close(fd);
    if (status)
        return status;
    r->data = r->map;
    r->size = bytes;
    return open_bytes(r, path, err);
}

void
ranked_close(struct ranked *ranked)
{
    if (!ranked)
        return;
    ranked_leave_room(ranked);
    ranked_close_sums(ranked);
    if (ranked->map)
        munmap(ranked->map, ranked->size);
    free(ranked);
}

void
ranked_use(struct ranked *ranked, const struct bitpack *bitpack)
{
    ranked->bitpack = bitpack;
}

const struct bitpack *
ranked_used(const struct ranked *ranked)
{
    return ranked->bitpack;
}

bool
ranked_damaged(const struct ranked *ranked)
{
    return ranked->damaged;
}

bool
ranked_sound(struct ranked *ranked)
{
    ranked_compare(ranked, 0, ranked->summed);
    return !ranked->damaged;
}

uint32_t
ranked_articles(const struct ranked *ranked)
{
    return ranked->articles;
}

uint64_t
ranked_terms(const struct ranked *ranked)
{
    return ranked->terms;
}

const uint64_t *
ranked_totals(const struct ranked *ranked)
{
    return ranked->total;
}

int64_t
ranked_id(const struct ranked *ranked, uint32_t docid)
{
    return (int64_t)ranked->articles - docid;
}

int64_t
ranked_published(struct ranked *ranked, uint32_t docid)
{
    const unsigned char *at =
        ranked->article + (size_t)docid * RANKED_ARTICLE_SIZE;

    ranked_touch(ranked, at);
    return (int64_t)le_u64(at);
}

void
ranked_lengths(struct ranked *ranked, uint32_t docid,
               uint32_t length[FIELD_TEXT_COUNT])
{
    const unsigned char *at = ranked->article +
                              (size_t)docid * RANKED_ARTICLE_SIZE +
                              RANKED_ARTICLE_LENGTHS;

    ranked_touch(ranked, at);
    for (size_t i = 0; i < FIELD_TEXT_COUNT; i++)
        length[i] = le_u32(at + i * 4);
}

uint32_t
ranked_lead(struct ranked *ranked, uint32_t docid)
{
    const unsigned char *at = ranked->article +
                              (size_t)docid * RANKED_ARTICLE_SIZE +
                              RANKED_ARTICLE_LEAD;

    ranked_touch(ranked, at);
    return le_u32(at);
}

/* The first docid that was published before `time`. */
static uint32_t
first_before(struct ranked *ranked, int64_t time)
{
    struct bisect half = bisect_between(0, ranked->articles);

    while (bisect_next(&half))
        bisect_go(&half,
                  ranked_published(ranked, (uint32_t)half.middle) >= time);
    return (uint32_t)half.low;
}

void
ranked_range(struct ranked *ranked, int64_t first, int64_t last, uint32_t *from,
             uint32_t *to)
{
    if (first == RANKED_UNDATED)
        first++;
    *from = last == INT64_MAX ? 0 : first_before(ranked, last + 1);
    *to = first_before(ranked, first);
    if (*to < *from)
        *to = *from;
}
