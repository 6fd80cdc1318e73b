#include "query/expand.h"

#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "corpus/mem.h"
#include "indexer/ranked.h"
#include "indexer/schema.h"
#include "indexer/vocabulary.h"
#include "query/near.h"

/* One term of the expansion and how many articles have it. */
struct candidate {
    char *term;
    uint64_t articles;
};

struct expansion {
    const struct leaf *leaf;
    struct archive *archive;
    struct ranked *ranked; /* of the segment that is looked through */
    char prefix[TERM_SIZE_MAX + 1];
    size_t prefix_size;
    struct edits_walk walk;      /* of a fuzzy word */
    struct candidate *candidate; /* a hash table by term, then a list */
    size_t slots;
    size_t count;
    uint64_t sum;
    struct query_word word; /* room to work in */
    unsigned looks;
};

/* Terms between two looks at the clock: words are analysed, which takes a
 * microsecond or two. */
enum {
    LOOK_EVERY = 512
};

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

static void
add_candidate(struct expansion *expansion, const char *term, size_t size,
              uint64_t articles)
{
    candidate_of(expansion, term, size)->articles += articles;
    expansion->sum += articles;
}

static bool
is_fuzzy(const struct leaf *leaf)
{
    return leaf->term[0].test == LEAF_FUZZY;
}

/* Does a term of the index fit by itself?  `hopeless` as ranked_look. */
static bool
term_fits(struct expansion *expansion, const char *term, size_t size,
          size_t *hopeless)
{
    *hopeless = 0;
    if (size < expansion->prefix_size ||
        memcmp(term, expansion->prefix, expansion->prefix_size) != 0) {
        *hopeless = SIZE_MAX;
        return false;
    }
    /* The twin of a word in capitals is no word of its own. */
    for (size_t i = 0; i < size; i++)
        if (term[i] >= 'A' && term[i] <= 'Z')
            return false;
    if (is_fuzzy(expansion->leaf))
        return edits_walk_to(&expansion->walk, term, size, hopeless);
    return glob_fits(expansion->leaf->term[0].term, term, size);
}

/* Terms and words come by the million; the clock is looked at now and then. */
static bool
is_late(struct expansion *expansion)
{
    return ++expansion->looks % LOOK_EVERY == 0 &&
           deadline_look(&expansion->archive->deadline);
}

static size_t
look_at_term(void *context, const char *term, size_t size)
{
    struct expansion *expansion = context;
    struct ranked_list list;
    size_t hopeless;

    if (is_late(expansion))
        return SIZE_MAX;
    if (term_fits(expansion, term, size, &hopeless) &&
        ranked_find(expansion->ranked, term, size, &list))
        add_candidate(expansion, term, size, list.articles);
    return hopeless;
}

/* The same of a segment without a ranked index, or of a field that is not in
 * it, which takes longer. */
static enum status
look_at_table(struct expansion *expansion, struct archive_segment *segment,
              struct error *err)
{
    struct sqlite3_stmt *ask = NULL;
    enum status status = archive_prepare(segment, &ask,
                                         "SELECT term, articles FROM term"
                                         " WHERE term>=?1 ORDER BY term",
                                         err);
    int step = SQLITE_DONE;
    size_t hopeless = 0;

    if (status)
        return status;
    sqlite3_bind_text(ask, 1, expansion->prefix, -1, SQLITE_STATIC);
    while (hopeless != SIZE_MAX && !is_late(expansion) &&
           (step = sqlite3_step(ask)) == SQLITE_ROW) {
        const char *term = (const char *)sqlite3_column_text(ask, 0);
        size_t size = (size_t)sqlite3_column_bytes(ask, 0);

        if (term_fits(expansion, term, size, &hopeless))
            add_candidate(expansion, term, size,
                          (uint64_t)sqlite3_column_int64(ask, 1));
    }
    if (step != SQLITE_ROW && step != SQLITE_DONE)
        status = schema_failed(segment->db, segment->entry->name, err);
    sqlite3_finalize(ask);
    return status;
}

/* A word as written that fits: articles have its terms. */
static void
add_word(struct expansion *expansion, const char *word, size_t size,
         uint32_t occurrences)
{
    const struct list *languages = &expansion->archive->languages;

    for (size_t i = 0; i < languages->count; i++) {
        struct query_word *meaning = &expansion->word;

        if (analysis_query(expansion->archive->analyzer, languages->item[i],
                           word, size, meaning) != 0)
            continue;
        for (size_t j = 0; j < meaning->readings; j++)
            if (meaning->reading[j].terms == 1) {
                const char *term =
                    meaning->term[meaning->reading[j].first].term;

                add_candidate(expansion, term, strlen(term), occurrences);
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
        for (size_t i = 0; i < row.words && !is_late(expansion); i++) {
            if (glob_fits(expansion->leaf->term[0].term, text, row.bytes[i]))
                add_word(expansion, text, row.bytes[i],
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

static enum status
gather_segment(struct expansion *expansion, struct archive_segment *segment,
               struct error *err)
{
    enum status status = STATUS_OK;

    expansion->ranked = expansion->leaf->aside ? NULL : segment->ranked;
    if (expansion->ranked)
        ranked_browse(segment->ranked, expansion->prefix,
                      expansion->prefix_size, look_at_term, expansion);
    if (!expansion->ranked || ranked_damaged(segment->ranked))
        status = look_at_table(expansion, segment, err);
    if (!status && !is_fuzzy(expansion->leaf))
        status = consider_words(expansion, segment, err);
    return status;
}

static enum status
gather(struct expansion *expansion, struct error *err)
{
    struct archive *archive = expansion->archive;
    enum status status = STATUS_OK;

    for (size_t i = 0; !status && i < archive->manifest.segments &&
                       !deadline_look(&archive->deadline);
         i++)
        status = gather_segment(expansion, &archive->segment[i], err);
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

static void
sort_candidates(struct expansion *expansion)
{
    if (expansion->slots)
        qsort(expansion->candidate, expansion->slots,
              sizeof(*expansion->candidate), most_first);
}

static void
expansion_release(struct expansion *expansion)
{
    for (size_t i = 0; i < expansion->slots; i++)
        free(expansion->candidate[i].term);
    free(expansion->candidate);
    query_word_release(&expansion->word);
}

static void
note_cut(struct leaf *leaf, size_t words, struct list *notes)
{
    struct buf note = BUF_INIT;

    if (words <= EXPANSION_MAX)
        return;
    leaf->expansion_cut = true;
    buf_printf(&note,
               "\"%s\" stands for %zu words; only the %d most frequent of "
               "them are searched.",
               leaf->expr->text, words, EXPANSION_MAX);
    list_add(notes, note.data, note.size);
    buf_release(&note);
}

enum status
expand_pattern(struct archive *archive, struct leaf *leaf, struct list *notes,
               struct error *err)
{
    struct expansion expansion = {
        .leaf = leaf, .archive = archive, .word = QUERY_WORD_INIT};
    size_t others = 0;
    enum status status;

    expansion.prefix_size = strcspn(leaf->term[0].term, "*?");
    memcpy(expansion.prefix, leaf->term[0].term, expansion.prefix_size);
    status = gather(&expansion, err);
    sort_candidates(&expansion);
    leaf->articles = expansion.sum;
    for (size_t i = 0; i < expansion.count; i++)
        keep_candidate(leaf, expansion.candidate[i].term, &others);
    note_cut(leaf, others, notes);
    expansion_release(&expansion);
    return status;
}

/* --- fuzzy words ---------------------------------------------------------- */

static void
see_near(void *context, const struct near_word *word)
{
    add_word(context, word->text, word->size, word->occurrences);
}

/* What is near one word: words of the vocabulary, and terms, because the
 * vocabulary of a large segment lacks the rare slips that are looked for. */
static enum status
gather_near(struct expansion *expansion, const struct leaf_term *term,
            struct error *err)
{
    struct archive *archive = expansion->archive;
    size_t size = strlen(term->folded);
    struct near_ask ask;

    add_candidate(expansion, term->term, strlen(term->term), UINT32_MAX);
    if (near_ask_init(&ask, term->folded, size)) {
        ask.most = term->edits;
        ask.see = see_near;
        ask.context = expansion;
        for (size_t i = 0; i < archive->manifest.segments &&
                           !deadline_look(&archive->deadline);
             i++)
            near_words(&ask, archive_db(&archive->segment[i]));
    }
    edits_walk_init(&expansion->walk, term->folded, size, term->edits);
    return gather(expansion, err);
}

/* Is it the first of the readings that is written so? */
static bool
is_first(const struct leaf *leaf, size_t term)
{
    for (size_t i = 0; i < term; i++)
        if (strcmp(leaf->term[i].folded, leaf->term[term].folded) == 0)
            return false;
    return true;
}

enum status
expand_fuzzy(struct archive *archive, struct leaf *leaf, struct list *notes,
             struct error *err)
{
    struct expansion expansion = {
        .leaf = leaf, .archive = archive, .word = QUERY_WORD_INIT};
    enum status status = STATUS_OK;

    for (size_t i = 0; !status && i < leaf->terms; i++)
        if (is_first(leaf, i))
            status = gather_near(&expansion, &leaf->term[i], err);
        else
            add_candidate(&expansion, leaf->term[i].term,
                          strlen(leaf->term[i].term), UINT32_MAX);
    sort_candidates(&expansion);
    leaf->terms = 0;
    leaf->readings = 0;
    for (size_t i = 0; i < expansion.count && i < EXPANSION_MAX; i++)
        leaf_add_word(leaf, expansion.candidate[i].term);
    note_cut(leaf, expansion.count, notes);
    expansion_release(&expansion);
    return status;
}
