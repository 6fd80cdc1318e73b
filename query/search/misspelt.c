#include "query/search/misspelt.h"

#include <stdlib.h>
#include <string.h>

#include "corpus/base/mem.h"
#include "query/spelling/suggest.h"

/* Each guess looks at the whole vocabulary, so a long query gets a few. */
#define SUGGESTIONS_MAX 4

/* A word that at most this many articles have is one to be doubted, and one
 * more for so many articles. */
#define FEW_ARTICLES 2
#define ONE_MORE_FOR 20000

struct offer {
    struct archive *archive;
    const char *query;
    struct sqlite3 **segment; /* those of the archive; NULL until needed */
    struct search_result *result;
    struct query_word folded;
    size_t guesses; /* made so far */
};

static bool
has_suggestion(const struct search_result *result, const char *word)
{
    for (size_t i = 0; i < result->suggestions; i++)
        if (strcmp(result->suggestion[i].word, word) == 0)
            return true;
    return false;
}

static void
add_suggestion(struct search_result *result, const char *word,
               const char *better, const char *query)
{
    result->suggestion = mem_resize(result->suggestion, result->suggestions + 1,
                                    sizeof(*result->suggestion));
    result->suggestion[result->suggestions++] = (struct suggestion){
        mem_string(word), mem_string(better), mem_string(query)};
}

static void
open_segments(struct offer *offer)
{
    struct archive *archive = offer->archive;

    if (offer->segment)
        return;
    offer->segment = mem_resize(NULL, archive->manifest.segments + 1,
                                sizeof(struct sqlite3 *));
    for (size_t i = 0; i < archive->manifest.segments; i++)
        offer->segment[i] = archive_db(&archive->segment[i]);
}

/* One word, as it was typed. */
static void
offer_for(struct offer *offer, const char *word)
{
    struct query_word *folded = &offer->folded;
    struct buf query = BUF_INIT;
    struct guesses guesses;
    const char *typed;

    if (offer->guesses >= SUGGESTIONS_MAX ||
        has_suggestion(offer->result, word))
        return;
    analysis_query(offer->archive->analyzer, "none", word, strlen(word),
                   folded);
    if (folded->readings != 1 || folded->terms != 1)
        return;
    offer->guesses++;
    open_segments(offer);
    typed = folded->term[0].folded;
    suggest_words(&guesses, offer->segment, offer->archive->manifest.segments,
                  typed, strlen(typed));
    if (suggest_is_better(&guesses) &&
        suggest_query(&query, offer->query, word, guesses.guess[0].word))
        add_suggestion(offer->result, word, guesses.guess[0].word, query.data);
    buf_release(&query);
}

/* How many articles of the archive have word `at` of a phrase, in any form of
 * it and as any language has it. */
static uint64_t
articles_with(struct archive *archive, const struct leaf *leaf, size_t at)
{
    size_t terms = leaf->reading[leaf->readings - 1].terms;
    struct error err = {0};
    uint64_t sum = 0;

    for (size_t i = 0; i < leaf->readings; i++) {
        uint64_t articles = 0;

        if (leaf->reading[i].terms != terms)
            continue;
        if (archive_count_term(archive,
                               leaf->term[leaf->reading[i].first + at].term,
                               leaf->aside, &articles, &err))
            return UINT64_MAX;
        sum += articles;
    }
    return sum;
}

/* A phrase is seldom found for many reasons; a word of it that hardly any
 * article has is one. */
static void
offer_for_phrase(struct offer *offer, const struct leaf *leaf, uint64_t few)
{
    size_t terms = leaf->reading[leaf->readings - 1].terms;
    struct buf word = BUF_INIT;
    size_t term = 0;
    const char *text = leaf->expr->text;

    while (*text && term < terms) {
        size_t size = strcspn(text, " ");

        buf_set(&word, text, size);
        if (size && articles_with(offer->archive, leaf, term++) <= few)
            offer_for(offer, word.data);
        text += size + (text[size] == ' ');
    }
    buf_release(&word);
}

static void
note_absent(struct search_result *result, const char *word)
{
    struct buf note = BUF_INIT;

    buf_printf(&note, "No article has the word \"%s\".", word);
    if (!list_has(&result->notes, note.data))
        list_add(&result->notes, note.data, note.size);
    buf_release(&note);
}

void
misspelt_offer(struct archive *archive, const struct question *question,
               const char *text, struct search_result *result)
{
    uint64_t few = FEW_ARTICLES + archive->articles / ONE_MORE_FOR;
    struct offer offer = {.archive = archive,
                          .query = text,
                          .result = result,
                          .folded = QUERY_WORD_INIT};

    /* Who pastes a text has not mistyped it, and it has found something. */
    if (question->signs.pasted && result->total)
        return;
    for (size_t i = 0; i < question->leaves.count; i++) {
        const struct leaf *leaf = &question->leaves.leaf[i];

        if (leaf->negative || leaf->stop || !leaf->readings)
            continue;
        if (leaf->expr->kind == EXPR_PHRASE && strchr(leaf->expr->text, ' ')) {
            offer_for_phrase(&offer, leaf, few);
            continue;
        }
        if (leaf->articles > few || leaf_is_pattern(leaf) ||
            leaf->expr->kind == EXPR_FUZZY)
            continue;
        offer_for(&offer, leaf->expr->text);
        if (!leaf->articles && (!result->total || result->loose))
            note_absent(result, leaf->expr->text);
    }
    query_word_release(&offer.folded);
    free(offer.segment);
}
