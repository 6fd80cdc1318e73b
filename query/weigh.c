#include "query/weigh.h"

#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "corpus/mem.h"
#include "indexer/bm25f.h"
#include "indexer/schema.h"
#include "indexer/vocabulary.h"

/* One term of the expansion and how many articles have it. */
struct candidate {
    char *term;
    uint64_t articles;
};

struct expansion {
    const struct leaf *leaf;
    struct archive *archive;
    struct candidate *candidate; /* a hash table by term, then a list */
    size_t slots;
    size_t count;
    uint64_t sum;
    struct query_word word; /* room to work in */
};

enum status
weigh_terms(struct archive *archive, const char *prefix, term_visit visit,
            void *context, struct error *err)
{
    enum status status = STATUS_OK;
    size_t size = strlen(prefix);

    for (size_t i = 0; !status && i < archive->manifest.segments; i++) {
        struct archive_segment *segment = &archive->segment[i];
        struct sqlite3_stmt *ask = NULL;
        int step = SQLITE_ROW;

        status = archive_prepare(segment, &ask,
                                 "SELECT term, articles FROM term"
                                 " WHERE term>=?1 ORDER BY term",
                                 err);
        if (status)
            return status;
        sqlite3_bind_text(ask, 1, prefix, -1, SQLITE_STATIC);
        while ((step = sqlite3_step(ask)) == SQLITE_ROW) {
            const char *term = (const char *)sqlite3_column_text(ask, 0);
            size_t term_size = (size_t)sqlite3_column_bytes(ask, 0);

            if (term_size < size || memcmp(term, prefix, size) != 0)
                break;
            if (!visit(context, term, term_size,
                       (uint64_t)sqlite3_column_int64(ask, 1)))
                break;
        }
        if (step != SQLITE_ROW && step != SQLITE_DONE)
            status = schema_failed(segment->db, segment->entry->name, err);
        sqlite3_finalize(ask);
    }
    return status;
}

static size_t
hash_term(const char *term, size_t size)
{
    size_t hash = 5381;

    for (size_t i = 0; i < size; i++)
        hash = hash * 33 + (unsigned char)term[i];
    return hash;
}

static struct candidate *
slot_of(struct candidate *table, size_t slots, const char *term, size_t size)
{
    size_t at = hash_term(term, size) & (slots - 1);

    while (table[at].term && (strncmp(table[at].term, term, size) != 0 ||
                              table[at].term[size] != '\0'))
        at = (at + 1) & (slots - 1);
    return &table[at];
}

static void
grow(struct expansion *expansion)
{
    size_t slots = expansion->slots ? expansion->slots * 2 : 64;
    struct candidate *table = mem_zero(slots, sizeof(*table));

    for (size_t i = 0; i < expansion->slots; i++) {
        struct candidate *old = &expansion->candidate[i];

        if (old->term)
            *slot_of(table, slots, old->term, strlen(old->term)) = *old;
    }
    free(expansion->candidate);
    expansion->candidate = table;
    expansion->slots = slots;
}

/* The candidate of a term, a new one with no articles if need be. */
static struct candidate *
candidate_of(struct expansion *expansion, const char *term, size_t size)
{
    struct candidate *slot;

    if (expansion->count * 2 >= expansion->slots)
        grow(expansion);
    slot = slot_of(expansion->candidate, expansion->slots, term, size);
    if (!slot->term) {
        slot->term = mem_text(term, size);
        expansion->count++;
    }
    return slot;
}

/* A term of the index that fits by itself. */
static bool
consider_term(void *context, const char *term, size_t size, uint64_t articles)
{
    struct expansion *expansion = context;
    struct token token = {.kind = TOKEN_WORD,
                          .term = term,
                          .term_size = size,
                          .folded = term,
                          .folded_size = size};
    bool fits = false;

    for (size_t i = 0; i < size; i++)
        if (term[i] >= 'A' && term[i] <= 'Z')
            return true;
    for (size_t i = 0; !fits && i < expansion->leaf->terms; i++)
        fits = leaf_term_fits(&expansion->leaf->term[i], &token);
    if (!fits)
        return true;
    candidate_of(expansion, term, size)->articles += articles;
    expansion->sum += articles;
    return true;
}

/* A word as written that fits: articles have its terms. */
static void
consider_word(struct expansion *expansion, const char *word, size_t size,
              uint32_t occurrences)
{
    const struct list *languages = &expansion->archive->languages;

    if (!glob_fits(expansion->leaf->term[0].term, word, size))
        return;
    for (size_t i = 0; i < languages->count; i++) {
        struct query_word *meaning = &expansion->word;

        if (analysis_query(expansion->archive->analyzer, languages->item[i],
                           word, size, meaning) != 0)
            continue;
        for (size_t j = 0; j < meaning->readings; j++)
            if (meaning->reading[j].terms == 1) {
                const char *term =
                    meaning->term[meaning->reading[j].first].term;

                candidate_of(expansion, term, strlen(term))->articles +=
                    occurrences;
                expansion->sum += occurrences;
            }
    }
}

/* The index has stems; what people wrote is in the vocabulary. */
static enum status
consider_words(struct expansion *expansion, struct archive_segment *segment,
               struct error *err)
{
    struct sqlite3_stmt *ask = NULL;
    enum status status =
        archive_prepare(segment, &ask, "SELECT words FROM spelling", err);
    int step = SQLITE_DONE;

    while (!status && (step = sqlite3_step(ask)) == SQLITE_ROW) {
        struct vocabulary_row row;
        const char *text;

        if (!vocabulary_row(&row, sqlite3_column_blob(ask, 0),
                            (size_t)sqlite3_column_bytes(ask, 0)))
            continue;
        text = row.text;
        for (size_t i = 0; i < row.words; i++) {
            consider_word(expansion, text, row.bytes[i],
                          vocabulary_u32(row.occurrences, i));
            text += row.bytes[i];
        }
    }
    if (!status && step != SQLITE_DONE)
        status = schema_failed(segment->db, segment->entry->name, err);
    sqlite3_finalize(ask);
    return status;
}

static int
most_first(const void *a, const void *b)
{
    const struct candidate *left = a;
    const struct candidate *right = b;

    if (!left->term || !right->term)
        return (left->term == NULL) - (right->term == NULL);
    if (left->articles != right->articles)
        return left->articles > right->articles ? -1 : 1;
    return strcmp(left->term, right->term);
}

/* What stands before the first wildcard; a fuzzy word has no such thing. */
static void
fixed_prefix(const struct leaf *leaf, char *out)
{
    size_t size = 0;

    if (leaf->term[0].test != LEAF_FUZZY)
        size = strcspn(leaf->term[0].term, "*?");
    memcpy(out, leaf->term[0].term, size);
    out[size] = '\0';
}

static enum status
gather(struct archive *archive, struct expansion *expansion, struct error *err)
{
    char prefix[TERM_SIZE_MAX + 1];
    enum status status;

    fixed_prefix(expansion->leaf, prefix);
    status = weigh_terms(archive, prefix, consider_term, expansion, err);
    if (expansion->leaf->term[0].test != LEAF_FUZZY)
        for (size_t i = 0; !status && i < archive->manifest.segments; i++)
            status = consider_words(expansion, &archive->segment[i], err);
    return status;
}

/* The terms of a prefix are asked for by it, however many there are. */
static void
keep_candidate(struct leaf *leaf, const char *term, size_t *others)
{
    struct token token = {.kind = TOKEN_WORD,
                          .term = term,
                          .term_size = strlen(term),
                          .folded = term,
                          .folded_size = strlen(term)};

    if (leaf_is_prefix(leaf) && leaf_term_fits(&leaf->term[0], &token)) {
        if (leaf->expansion.count < EXPANSION_MAX)
            list_add_text(&leaf->expansion, term);
        return;
    }
    if ((*others)++ < EXPANSION_MAX)
        list_add_text(
            leaf_is_prefix(leaf) ? &leaf->stretched : &leaf->expansion, term);
}

static enum status
expand(struct archive *archive, struct leaf *leaf, struct list *notes,
       struct error *err)
{
    struct expansion expansion = {
        .leaf = leaf, .archive = archive, .word = QUERY_WORD_INIT};
    enum status status = gather(archive, &expansion, err);
    struct buf note = BUF_INIT;
    size_t others = 0;

    if (expansion.slots)
        qsort(expansion.candidate, expansion.slots,
              sizeof(*expansion.candidate), most_first);
    leaf->articles = expansion.sum;
    for (size_t i = 0; i < expansion.count; i++) {
        keep_candidate(leaf, expansion.candidate[i].term, &others);
        free(expansion.candidate[i].term);
    }
    if (others > EXPANSION_MAX) {
        leaf->expansion_cut = true;
        buf_printf(&note,
                   "\"%s\" stands for %zu words; only the %d most frequent "
                   "of them are searched.",
                   leaf->expr->text, others, EXPANSION_MAX);
        list_add(notes, note.data, note.size);
    }
    buf_release(&note);
    query_word_release(&expansion.word);
    free(expansion.candidate);
    return status;
}

/* A row of terms is as rare as its rarest one and weighs what all weigh. */
static enum status
weigh_reading(struct archive *archive, const struct leaf *leaf,
              const struct reading *reading, uint64_t *articles,
              uint64_t *weight, struct error *err)
{
    enum status status = STATUS_OK;

    *articles = UINT64_MAX;
    *weight = 0;
    for (size_t i = 0; !status && i < reading->terms; i++) {
        uint64_t count;

        status = archive_count_term(
            archive, leaf->term[reading->first + i].term, &count, err);
        if (status)
            return status;
        if (count < *articles)
            *articles = count;
        *weight += bm25f_weight(count, archive->articles);
    }
    return status;
}

static uint32_t
boosted(const struct leaf *leaf, uint64_t weight)
{
    double value = (double)weight * leaf->boost;

    if (value > BM25F_WEIGHT_MAX)
        return BM25F_WEIGHT_MAX;
    return value < 1 ? 1 : (uint32_t)(value + 0.5);
}

/* Of several readings the most common one decides. */
static enum status
weigh_leaf(struct archive *archive, struct leaf *leaf, struct list *notes,
           struct error *err)
{
    uint64_t best = UINT64_MAX;
    enum status status = STATUS_OK;

    if (leaf_is_pattern(leaf)) {
        status = expand(archive, leaf, notes, err);
        best = bm25f_weight(leaf->articles, archive->articles);
    }
    for (size_t i = 0; !status && !leaf_is_pattern(leaf) && i < leaf->readings;
         i++) {
        uint64_t articles;
        uint64_t weight;

        status = weigh_reading(archive, leaf, &leaf->reading[i], &articles,
                               &weight, err);
        if (status)
            return status;
        leaf->articles += articles;
        if (weight < best && (articles || best == UINT64_MAX))
            best = weight;
    }
    if (leaf->articles > archive->articles)
        leaf->articles = archive->articles;
    if (best != UINT64_MAX)
        leaf->weight = boosted(leaf, best);
    return status;
}

enum status
weigh_leaves(struct archive *archive, struct leaves *leaves, struct list *notes,
             struct error *err)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; !status && i < leaves->count; i++)
        status = weigh_leaf(archive, &leaves->leaf[i], notes, err);
    return status;
}
