#include "query/words/expand.h"

#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "corpus/base/ascii.h"
#include "corpus/base/mem.h"
#include "indexer/bits/sql.h"
#include "indexer/ranked/ranked.h"
#include "indexer/ranked/ranked_forms.h"
#include "indexer/ranked/ranked_list.h"
#include "indexer/ranked/ranked_terms.h"
#include "indexer/segment/vocabulary.h"
#include "query/spelling/candidates.h"
#include "query/spelling/neighbours.h"
#include "query/words/glob.h"

struct expansion {
    const struct leaf *leaf;
    struct archive *archive;
    char prefix[TERM_SIZE_MAX + 1];
    size_t prefix_size;
    struct edits_walk walk; /* of a fuzzy word */
    struct candidates terms;
    struct candidates words; /* those analysed, for each: */
    uint64_t sum;
    struct query_word word; /* room to work in */
    unsigned looks;
};

/* Terms between two looks at the clock: words are analysed, which takes a
 * microsecond or two. */
enum {
    LOOK_EVERY = 512,
    SORTED = 16 * EXPANSION_MAX, /* those that begin so, and others */
    WORDS_MAX = 200000,          /* that are remembered with what they mean */
    SHARES = 4                   /* of the time: one for each pattern */
};

static void
add_candidate(struct expansion *expansion, const char *term, size_t size,
              uint64_t articles)
{
    size_t at = candidates_find(&expansion->terms, term, size);

    expansion->terms.item[at].count += articles;
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
    /* The twin of a word in capitals is no word of its own, and the mark of
     * the language no part of one. */
    size = term_unmarked(term, size);
    for (size_t i = 0; i < size; i++)
        if (ascii_is_upper(term[i]))
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
look_at_term(void *context, const struct ranked_here *here, const char *term,
             size_t size)
{
    struct expansion *expansion = context;
    size_t hopeless;

    if (is_late(expansion))
        return SIZE_MAX;
    if (term_fits(expansion, term, size, &hopeless))
        add_candidate(expansion, term, size, ranked_articles_here(here));
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

        /* A damaged row may have none. */
        if (term && term_fits(expansion, term, size, &hopeless))
            add_candidate(expansion, term, size,
                          (uint64_t)sqlite3_column_int64(ask, 1));
    }
    if (step != SQLITE_ROW && step != SQLITE_DONE)
        status = sql_failed(segment->db, segment->entry->name, err);
    sqlite3_finalize(ask);
    return status;
}

/* What a word means, as the numbers + 1 of two terms at most; 0 if that is
 * more, or nothing. */
static uint64_t
meaning_of_word(struct expansion *expansion, const char *word, size_t size,
                uint32_t occurrences)
{
    const struct list *languages = &expansion->archive->languages;
    struct query_word *meaning = &expansion->word;
    uint64_t numbers = 0;
    size_t count = 0;

    for (size_t i = 0; i < languages->count; i++) {
        analysis_query(expansion->archive->analyzer, languages->item[i], word,
                       size, meaning);
        for (size_t j = 0; j < meaning->readings; j++) {
            const char *term = meaning->term[meaning->reading[j].first].term;

            if (meaning->reading[j].terms != 1)
                continue;
            add_candidate(expansion, term, strlen(term), occurrences);
            numbers =
                numbers << 32 |
                (candidates_find(&expansion->terms, term, strlen(term)) + 1);
            count++;
        }
    }
    return count <= 2 ? numbers : 0;
}

/* A word as written that fits: articles have its terms.  Most words are in
 * every segment, and to find out what they mean takes longest. */
static void
add_word(struct expansion *expansion, const char *word, size_t size,
         uint32_t occurrences)
{
    struct candidate *known = NULL;
    uint64_t numbers;

    if (expansion->words.count < WORDS_MAX) {
        size_t at = candidates_find(&expansion->words, word, size);

        known = &expansion->words.item[at];
    }
    if (!known || !known->count) {
        numbers = meaning_of_word(expansion, word, size, occurrences);
        if (known)
            known->count = numbers;
        return;
    }
    for (numbers = known->count; numbers; numbers >>= 32) {
        expansion->terms.item[(uint32_t)numbers - 1].count += occurrences;
        expansion->sum += occurrences;
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
        status = sql_failed(segment->db, segment->entry->name, err);
    sqlite3_finalize(ask);
    return status;
}

/* --- the same from how the ranked index says that terms are written --- */

static bool
form_fits(void *context, const char *word, size_t size, unsigned letters)
{
    struct expansion *expansion = context;

    return letters < RANKED_TWIN &&
           glob_fits(expansion->leaf->term[0].term, word, size);
}

static bool
see_list(void *context, const struct ranked_list *list, const char *term,
         size_t size)
{
    struct expansion *expansion = context;

    if (!leaf_is_prefix(expansion->leaf) || size < expansion->prefix_size ||
        memcmp(term, expansion->prefix, expansion->prefix_size) != 0)
        add_candidate(expansion, term, size, list->articles);
    return !is_late(expansion);
}

/* The longest piece of a pattern that is not a wildcard. */
static const char *
longest_piece(const char *pattern, size_t *size)
{
    const char *longest = pattern;

    *size = 0;
    while (*pattern) {
        size_t piece = strcspn(pattern, "*?");

        if (piece > *size) {
            *size = piece;
            longest = pattern;
        }
        pattern += piece ? piece : 1;
    }
    return longest;
}

static void
look_at_forms(struct expansion *expansion, struct ranked *ranked)
{
    struct ranked_search search = {
        .fits = form_fits, .see = see_list, .context = expansion};

    search.piece = longest_piece(expansion->leaf->term[0].term, &search.size);
    ranked_forms_with(ranked, &search);
}

static enum status
gather_segment(struct expansion *expansion, struct archive_segment *segment,
               struct error *err)
{
    bool ranked = segment->ranked && !expansion->leaf->aside;
    enum status status = STATUS_OK;

    /* A prefix is one of terms, too, which are counted as such: "happi" of
     * "happiness". */
    if (ranked && !is_fuzzy(expansion->leaf)) {
        look_at_forms(expansion, segment->ranked);
        if (leaf_is_prefix(expansion->leaf))
            ranked_browse(segment->ranked, expansion->prefix,
                          expansion->prefix_size, look_at_term, expansion);
        if (!ranked_damaged(segment->ranked))
            return STATUS_OK;
        ranked = false;
    }
    if (ranked)
        ranked_browse(segment->ranked, expansion->prefix,
                      expansion->prefix_size, look_at_term, expansion);
    if (!ranked || ranked_damaged(segment->ranked))
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
expansion_release(struct expansion *expansion)
{
    candidates_release(&expansion->terms);
    candidates_release(&expansion->words);
    query_word_release(&expansion->word);
}

/* `unfinished`: there was no time to see all words. */
static void
note_cut(struct leaf *leaf, size_t words, bool unfinished, struct list *notes)
{
    struct buf note = BUF_INIT;

    leaf->expansion_cut = unfinished || words > EXPANSION_MAX;
    if (!leaf->expansion_cut)
        return;
    if (unfinished)
        buf_printf(&note,
                   "There was no time to look at all the words that \"%s\" "
                   "stands for; of those that were met the most frequent are "
                   "searched.",
                   leaf->expr->text);
    else
        buf_printf(&note,
                   "\"%s\" stands for %zu words; only the %d most frequent of "
                   "them are searched.",
                   leaf->expr->text, words, EXPANSION_MAX);
    list_add(notes, note.data, note.size);
    buf_release(&note);
}

/* Words are found so that articles can be: they get a part of the time. */
static enum status
gather_in_time(struct expansion *expansion, bool *unfinished, struct error *err)
{
    struct deadline *deadline = &expansion->archive->deadline;
    const struct deadline whole = deadline_share(deadline, SHARES);
    enum status status = gather(expansion, err);

    *unfinished = deadline_resume(deadline, &whole);
    if (!*unfinished || !status)
        return status;
    if (err)
        *err = (struct error){0};
    return STATUS_OK;
}

enum status
expand_pattern(struct archive *archive, struct leaf *leaf, struct list *notes,
               struct error *err)
{
    struct expansion expansion = {
        .leaf = leaf, .archive = archive, .word = QUERY_WORD_INIT};
    size_t others = 0;
    bool unfinished;
    enum status status;

    expansion.prefix_size = strcspn(leaf->term[0].term, "*?");
    memcpy(expansion.prefix, leaf->term[0].term, expansion.prefix_size);
    status = gather_in_time(&expansion, &unfinished, err);
    candidates_sort(&expansion.terms, SORTED);
    leaf->articles = expansion.sum;
    for (size_t i = 0; i < expansion.terms.count; i++)
        keep_candidate(leaf, expansion.terms.item[i].text, &others);
    note_cut(leaf, others, unfinished, notes);
    expansion_release(&expansion);
    return status;
}

/* --- fuzzy words ---------------------------------------------------------- */

static void
see_neighbour(void *context, const struct neighbour *word)
{
    add_word(context, word->text, word->size, word->occurrences);
}

/* What is near one word: words of the vocabulary, and terms, because the
 * vocabulary of a large segment lacks the rare slips that are looked for. */
static enum status
gather_neighbours(struct expansion *expansion, const struct leaf_term *term,
                  struct error *err)
{
    struct archive *archive = expansion->archive;
    size_t size = strlen(term->folded);
    struct neighbour_ask ask;

    add_candidate(expansion, term->term, strlen(term->term), UINT32_MAX);
    if (neighbour_ask_init(&ask, term->folded, size)) {
        ask.most = term->edits;
        ask.see = see_neighbour;
        ask.context = expansion;
        for (size_t i = 0; i < archive->manifest.segments &&
                           !deadline_look(&archive->deadline);
             i++)
            neighbours_see(&ask, archive_db(&archive->segment[i]));
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
            status = gather_neighbours(&expansion, &leaf->term[i], err);
        else
            add_candidate(&expansion, leaf->term[i].term,
                          strlen(leaf->term[i].term), UINT32_MAX);
    candidates_sort(&expansion.terms, EXPANSION_MAX);
    leaf->terms = 0;
    leaf->readings = 0;
    for (size_t i = 0; i < expansion.terms.count && i < EXPANSION_MAX; i++)
        leaf_add_word(leaf, expansion.terms.item[i].text);
    note_cut(leaf, expansion.terms.count, false, notes);
    expansion_release(&expansion);
    return status;
}
