#include "query/search/related.h"

#include <stdlib.h>
#include <string.h>

#include "corpus/base/ascii.h"
#include "corpus/base/fnv.h"
#include "corpus/base/hash_table.h"
#include "corpus/base/mem.h"
#include "query/search/search_parts.h"
#include "query/spelling/likelihood.h"
#include "query/words/stop_words.h"

enum {
    TEXT_MOST = 65536, /* bytes of an article that are looked at */
    LEAST = 2,         /* articles that have a word; of few it says nothing */
    FEW = 25           /* ... and one in so many of those looked at */
};

struct word {
    char *term;
    char *text; /* as it was written first, or without a capital */
    bool capital;
    uint64_t articles;
    uint64_t last; /* the number of the last of them */
};

struct counting {
    struct search *search;
    struct hash_table table;
    struct word *word;
    size_t words;
    size_t room;
    uint64_t articles;
    const char *text; /* that is being looked at */
    const char *language;
};

/* --- counting ------------------------------------------------------------- */

static struct word *
find_word(struct counting *counting, const struct token *token)
{
    uint32_t hash = fnv_add_bytes(FNV_START, token->term, token->term_size);
    struct hash_look look = hash_table_look(&counting->table, hash);
    struct word *word;
    uint32_t number;

    while ((number = hash_look_next(&look)) != HASH_NONE) {
        word = &counting->word[number];
        if (strlen(word->term) == token->term_size &&
            memcmp(word->term, token->term, token->term_size) == 0)
            return word;
    }
    counting->word = mem_grow(counting->word, counting->words, &counting->room,
                              sizeof(*counting->word));
    word = &counting->word[counting->words];
    *word = (struct word){.term = mem_text(token->term, token->term_size)};
    hash_table_add(&counting->table, hash, (uint32_t)counting->words++);
    return word;
}

/* Letters, more than one character of them, and no small word. */
static bool
is_counted(const struct counting *counting, const struct token *token)
{
    char folded[TERM_SIZE_MAX + 1];

    if (token->kind != TOKEN_WORD || token->folded_size < 2 ||
        token->folded_size > TERM_SIZE_MAX)
        return false;
    for (size_t i = 0; i < token->folded_size; i++)
        if (ascii_is_digit(token->folded[i]))
            return false;
    memcpy(folded, token->folded, token->folded_size);
    folded[token->folded_size] = '\0';
    return !is_stop_word(counting->language, folded);
}

static int
count_token(void *context, const struct token *token)
{
    struct counting *counting = context;
    struct word *word;

    if (!is_counted(counting, token))
        return 0;
    word = find_word(counting, token);
    if (!word->text || (word->capital && !token->capital)) {
        free(word->text);
        word->text =
            mem_text(counting->text + token->start, token->end - token->start);
        word->capital = token->capital;
    }
    if (word->last == counting->articles)
        return 0;
    word->last = counting->articles;
    word->articles++;
    return 0;
}

static int
count_text(struct counting *counting, const struct buf *text)
{
    size_t size = text->size < TEXT_MOST ? text->size : TEXT_MOST;

    counting->text = text->data;
    return analyzer_run(counting->search->archive->analyzer, counting->language,
                        text->data, size, count_token, counting);
}

static bool
count_hit(void *context, struct hit *hit)
{
    struct counting *counting = context;

    counting->articles++;
    counting->language = hit->language.data;
    return count_text(counting, &hit->headline.text) == 0 &&
           count_text(counting, &hit->body.text) == 0;
}

/* The words of the query are no company of theirs. */
static void
drop_query(struct counting *counting, const struct leaves *leaves)
{
    for (size_t i = 0; i < counting->words; i++)
        for (size_t j = 0; j < leaves->count; j++)
            for (size_t k = 0; k < leaves->leaf[j].terms; k++)
                if (strcmp(leaves->leaf[j].term[k].term,
                           counting->word[i].term) == 0)
                    counting->word[i].articles = 0;
}

/* --- choosing ------------------------------------------------------------- */

/* 0 if the word is not much more frequent in the `few` articles than in all. */
static double
strength(double in_few, double few, double in_all, double all)
{
    if (in_all < in_few)
        in_all = in_few;
    if (all <= few || in_few / few < RELATED_LIFT * in_all / all)
        return 0;
    return likelihood_ratio(in_few, few, in_all, all);
}

static int
by_strength(const void *a, const void *b)
{
    const struct related_word *one = a;
    const struct related_word *two = b;

    if (one->strength != two->strength)
        return one->strength > two->strength ? -1 : 1;
    return strcmp(one->word, two->word);
}

static enum status
choose_words(struct counting *counting, struct related *out, struct error *err)
{
    struct archive *archive = counting->search->archive;
    uint64_t least = counting->articles / FEW;
    size_t room = 0;

    if (least < LEAST)
        least = LEAST;
    for (size_t i = 0; i < counting->words; i++) {
        struct word *word = &counting->word[i];
        struct related_word found = {.articles = word->articles};
        uint64_t in_all;
        enum status status;

        if (word->articles < least)
            continue;
        status = archive_count_term(archive, word->term, false, &in_all, err);
        if (status)
            return status;
        found.strength =
            strength((double)word->articles, (double)counting->articles,
                     (double)in_all, (double)archive->articles);
        if (found.strength <= 0)
            continue;
        found.word = mem_string(word->text);
        out->word = mem_grow(out->word, out->words, &room, sizeof(*out->word));
        out->word[out->words++] = found;
    }
    if (out->words)
        qsort(out->word, out->words, sizeof(*out->word), by_strength);
    return STATUS_OK;
}

/* Keep those that are asked for. */
static void
cut_words(struct related *out, const struct search_request *request)
{
    size_t kept = 0;

    for (size_t i = 0; i < out->words; i++)
        if (i >= request->offset && kept < request->limit)
            out->word[kept++] = out->word[i];
        else
            free(out->word[i].word);
    out->words = kept;
}

enum status
search_related(struct search *search, const struct search_request *request,
               struct related *out, struct error *err)
{
    struct counting counting = {.search = search, .table = HASH_TABLE_INIT};
    struct search_request best = *request;
    struct search_result result = SEARCH_RESULT_INIT;
    struct question question = {0};
    struct list again = LIST_INIT;
    enum status status;

    best.offset = 0;
    best.limit = RELATED_LOOK;
    best.texts = true;
    best.snippet_width = 0;
    best.take = count_hit;
    best.taking = &counting;
    status = search_run(search, &best, &result, err);
    if (!status)
        status =
            question_read(&question, search->archive, request, &again, err);
    if (!status) {
        drop_query(&counting, &question.leaves);
        status = choose_words(&counting, out, err);
    }
    cut_words(out, request);
    out->looked = counting.articles;
    out->total = result.total;
    out->cut_short = result.cut_short;
    list_copy(&out->notes, &result.notes);
    question_release(&question);
    list_release(&again);
    search_result_release(&result);
    for (size_t i = 0; i < counting.words; i++) {
        free(counting.word[i].term);
        free(counting.word[i].text);
    }
    free(counting.word);
    hash_table_release(&counting.table);
    return status;
}

void
related_release(struct related *related)
{
    for (size_t i = 0; i < related->words; i++)
        free(related->word[i].word);
    free(related->word);
    list_release(&related->notes);
    *related = RELATED_INIT;
}
