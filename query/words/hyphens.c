#include "query/words/hyphens.h"

#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "corpus/base/buf.h"
#include "corpus/base/count.h"
#include "corpus/base/mem.h"
#include "indexer/bits/sql.h"
#include "indexer/ranked/ranked.h"
#include "indexer/ranked/ranked_list.h"
#include "indexer/ranked/ranked_terms.h"
#include "query/topk/topk.h"

/* With all that it may be split into, a phrase still has to be answered: so
 * many readings in each language. */
#define READINGS_TRIED_MAX 16

struct joining {
    struct archive *archive;
    struct leaf *leaf;
    struct query_word part;       /* room to work in */
    struct topk_segment *segment; /* NULL: not all are ranked */

    /* What is split now, and in which language. */
    size_t reading;
    size_t at; /* number of the word in it */
    const char *language;
    char word[TERM_SIZE_MAX + 1];
};

/* Has any segment the term? */
static enum status
has_term(struct joining *joining, const char *term, bool *has,
         struct error *err)
{
    struct archive *archive = joining->archive;
    enum status status = STATUS_OK;
    struct ranked_list list;
    bool ranked = !joining->leaf->aside;

    *has = false;
    for (size_t i = 0; i < archive->manifest.segments && !*has; i++) {
        if (archive->segment[i].ranked)
            *has = ranked_find(archive->segment[i].ranked, term, strlen(term),
                               &list);
        else
            ranked = false;
    }
    if (!*has && !ranked) {
        uint64_t articles = 0;

        status = archive_count_term(archive, term, true, &articles, err);
        *has = articles > 0;
    }
    return status;
}

size_t
hyphens_terms(const struct leaf *leaf, const struct leaf_term *term,
              size_t terms, struct topk_term *out, size_t room)
{
    size_t count = terms;

    if (terms > room)
        return 0;
    for (size_t i = 0; i < terms; i++) {
        out[i] = (struct topk_term){.text = term[i].term,
                                    .size = strlen(term[i].term)};
        if (!term[i].joined)
            continue;
        if (count == room)
            return 0;
        out[count].text = leaf->term[term[i].joined - 1].term;
        out[count].size = strlen(out[count].text);
        out[count++].with = i + 1;
    }
    return count;
}

/* Does an article have the reading?  One is enough, and the newest is found
 * with the least that has to be looked at.  Sets *known if that can be told. */
static bool
ranked_has_reading(const struct joining *joining, const struct leaf_term *split,
                   size_t terms, bool *known)
{
    struct archive *archive = joining->archive;
    struct topk_archive asked = {.segment = joining->segment,
                                 .segments = archive->manifest.segments,
                                 .deadline = &archive->deadline};
    struct topk_term term[2 * LEAF_READING_MAX];
    struct topk_unit unit = {.term = term, .weight = 1};
    struct topk_query query = TOPK_QUERY_INIT;
    struct topk_result result = TOPK_RESULT_INIT;
    bool has;

    unit.terms = hyphens_terms(joining->leaf, split, terms, term, COUNT(term));
    query.unit = &unit;
    query.units = 1;
    query.all = true;
    query.sort = TOPK_NEWEST;
    query.limit = 1;
    *known = topk_can(&query) && topk_run(&asked, &query, &result);
    has = result.hits > 0;
    topk_result_release(&result);
    return has;
}

/* A reading as FTS5 takes it, without its last quote. */
static void
print_reading(struct buf *out, const struct leaf_term *term, size_t terms)
{
    buf_add_text(out, "\"\x01");
    for (size_t i = 0; i < terms; i++) {
        if (i)
            buf_add_byte(out, ' ');
        for (const char *c = term[i].term; *c; c++) {
            if (*c == '"')
                buf_add_byte(out, '"');
            buf_add_byte(out, *c);
        }
    }
}

/* Does an article have the reading and, somewhere, one that ends in the joined
 * form? */
static enum status
fts5_has_readings(struct archive *archive, const struct leaf_term *split,
                  size_t parts_at, const struct leaf_term *joined, bool *has,
                  struct error *err)
{
    struct buf match = BUF_INIT;
    enum status status = STATUS_OK;

    *has = false;
    print_reading(&match, split, parts_at + 2);
    buf_add_text(&match, "\" AND ");
    print_reading(&match, split, parts_at);
    buf_printf(&match, "%s%s\"", parts_at ? " " : "", joined->term);
    for (size_t i = 0; !status && !*has && i < archive->manifest.segments;
         i++) {
        struct archive_segment *segment = &archive->segment[i];
        struct sqlite3_stmt *ask = NULL;
        int step;

        status = archive_prepare(segment, &ask,
                                 "SELECT 1 FROM article_fts"
                                 " WHERE article_fts MATCH ?1 LIMIT 1",
                                 err);
        if (status)
            break;
        sqlite3_bind_text64(ask, 1, match.data, match.size, SQLITE_STATIC,
                            SQLITE_UTF8);
        step = sqlite3_step(ask);
        *has = step == SQLITE_ROW;
        if (step != SQLITE_ROW && step != SQLITE_DONE)
            status = sql_failed(segment->db, segment->entry->name, err);
        sqlite3_finalize(ask);
    }
    buf_release(&match);
    return status;
}

/* Does an article have, after the words before them, the parts and with the
 * first of them the joined form?  FTS5 cannot say that they stand at one
 * position, and leaves more to be read again. */
static enum status
stands_somewhere(struct joining *joining, const struct leaf_term *split,
                 size_t parts_at, bool *stands, struct error *err)
{
    const struct leaf_term *joined =
        &joining->leaf->term[split[parts_at].joined - 1];
    bool known = false;

    if (joining->segment)
        *stands = ranked_has_reading(joining, split, parts_at + 2, &known);
    if (known)
        return STATUS_OK;
    return fts5_has_readings(joining->archive, split, parts_at, joined, stands,
                             err);
}

/* The term of a part, if it is one word that the archive has. */
static enum status
read_part(struct joining *joining, const char *text, size_t size,
          struct leaf_term *term, bool *has, struct error *err)
{
    const struct query_word *part = &joining->part;

    memset(term, 0, sizeof(*term));
    *has = false;
    analysis_query(joining->archive->analyzer, joining->language, text, size,
                   &joining->part);
    if (part->readings != 1 || part->terms != 1)
        return STATUS_OK;
    memcpy(term->term, part->term[0].term, strlen(part->term[0].term));
    return has_term(joining, term->term, has, err);
}

/* The same reading, wherever it may stand. */
static bool
has_reading(const struct leaf *leaf, const struct leaf_term *split,
            size_t terms)
{
    for (size_t i = 0; i < leaf->readings; i++) {
        const struct leaf_term *term = leaf->term + leaf->reading[i].first;
        size_t same = 0;

        if (leaf->reading[i].terms != terms)
            continue;
        while (same < terms && !term[same].joined &&
               strcmp(term[same].term, split[same].term) == 0)
            same++;
        if (same == terms)
            return true;
    }
    return false;
}

/* Split the word after `size` bytes. */
static enum status
try_split(struct joining *joining, size_t size, struct error *err)
{
    struct leaf *leaf = joining->leaf;
    const struct reading reading = leaf->reading[joining->reading];
    const char *rest = joining->word + size;
    size_t at = joining->at;
    struct leaf_term split[LEAF_READING_MAX];
    bool has;
    enum status status;

    if (reading.terms + 1 > LEAF_READING_MAX ||
        leaf->readings >=
            READINGS_TRIED_MAX * joining->archive->languages.count)
        return STATUS_OK;
    status = read_part(joining, joining->word, size, &split[at], &has, err);
    if (status || !has)
        return status;
    status = read_part(joining, rest, strlen(rest), &split[at + 1], &has, err);
    if (status || !has)
        return status;
    memcpy(split, leaf->term + reading.first, at * sizeof(*split));
    memcpy(split + at + 2, leaf->term + reading.first + at + 1,
           (reading.terms - at - 1) * sizeof(*split));
    if (has_reading(leaf, split, reading.terms + 1))
        return STATUS_OK;
    split[at].joined = reading.first + at + 1;
    status = stands_somewhere(joining, split, at, &has, err);
    if (status || !has)
        return status;
    leaf_add_reading(leaf, split, reading.terms + 1, reading.language);
    return STATUS_OK;
}

/* All splits of one word of a reading.  Behind a hyphen stands more than one
 * letter: what "cts" would be split into is a plural. */
static enum status
split_word(struct joining *joining, size_t reading, size_t at,
           struct error *err)
{
    const struct list *languages = &joining->archive->languages;
    const struct leaf *leaf = joining->leaf;
    size_t language = leaf->reading[reading].language;
    enum status status = STATUS_OK;
    size_t size;

    joining->reading = reading;
    joining->at = at;
    memcpy(joining->word, leaf->term[leaf->reading[reading].first + at].folded,
           sizeof(joining->word));
    size = strlen(joining->word);
    for (size_t i = 1; !status && i + 1 < size; i++)
        for (size_t j = 0; !status && j < languages->count; j++) {
            if (language && language != j + 1)
                continue;
            joining->language = languages->item[j];
            if (((unsigned char)joining->word[i] & 0xc0) != 0x80)
                status = try_split(joining, i, err);
        }
    return status;
}

/* All words of a reading but the last, after whose parts nothing has to
 * follow; and after those that were split already. */
static enum status
split_words(struct joining *joining, size_t reading, struct error *err)
{
    const struct leaf *leaf = joining->leaf;
    enum status status = STATUS_OK;
    size_t from = 0;

    for (size_t i = 0; i < leaf->reading[reading].terms; i++)
        if (leaf->term[leaf->reading[reading].first + i].joined)
            from = i + 2;
    for (size_t i = from; !status && i + 1 < leaf->reading[reading].terms; i++)
        status = split_word(joining, reading, i, err);
    return status;
}

/* The segments as topk.h takes them; NULL if it cannot be asked. */
static struct topk_segment *
ranked_segments(const struct archive *archive)
{
    size_t segments = archive->manifest.segments;
    struct topk_segment *segment = mem_zero(segments + 1, sizeof(*segment));

    for (size_t i = 0; i < segments; i++) {
        segment[i].ranked = archive->segment[i].ranked;
        if (segment[i].ranked && !ranked_damaged(segment[i].ranked))
            continue;
        free(segment);
        return NULL;
    }
    return segment;
}

enum status
hyphens_add_readings(struct archive *archive, struct leaf *leaf,
                     struct error *err)
{
    struct joining joining = {
        .archive = archive, .leaf = leaf, .part = QUERY_WORD_INIT};
    enum status status = STATUS_OK;

    if (leaf->expr->kind != EXPR_PHRASE || !leaf->readings ||
        leaf->term[0].test != LEAF_TERM)
        return STATUS_OK;
    if (!leaf->aside)
        joining.segment = ranked_segments(archive);
    /* The readings that are added are split in their turn. */
    for (size_t i = 0; !status && i < leaf->readings; i++)
        status = split_words(&joining, i, err);
    query_word_release(&joining.part);
    free(joining.segment);
    return status;
}
