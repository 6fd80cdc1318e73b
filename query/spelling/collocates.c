#include "query/spelling/collocates.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "corpus/base/bytes.h"
#include "corpus/base/mem.h"
#include "indexer/analysis/analysis.h"
#include "indexer/segment/vocabulary.h"
#include "query/spelling/candidates.h"
#include "query/spelling/likelihood.h"

enum {
    NEAR_LEAST = 2 /* what comes once is an accident */
};

#define NO_WORD SIZE_MAX

/* A place of a text. */
struct place {
    size_t start;
    size_t end;
    size_t word; /* in `words`; NO_WORD: one that does not count */
    bool near;
};

struct compared {
    const char *word;
    size_t size;
    uint64_t near;
    uint64_t archive;
};

struct collocates {
    struct analyzer *analyzer;
    unsigned window;
    struct candidates words; /* and how often each is near */
    struct place *place;     /* of the text at hand */
    size_t places;
    size_t place_room;
    struct compared *compared; /* those near often enough, by their bytes */
    size_t compareds;
    uint64_t near;    /* places near a match, of these words */
    uint64_t archive; /* places in the archive, of all words */
};

struct collocates *
collocates_new(struct analyzer *analyzer, unsigned window)
{
    struct collocates *collocates = mem_zero(1, sizeof(*collocates));

    collocates->analyzer = analyzer;
    collocates->window = window;
    return collocates;
}

void
collocates_free(struct collocates *collocates)
{
    if (!collocates)
        return;
    candidates_release(&collocates->words);
    free(collocates->place);
    free(collocates->compared);
    free(collocates);
}

/* --- near a match --------------------------------------------------------- */

static int
note_place(void *context, const struct token *token)
{
    struct collocates *collocates = context;
    uint32_t letters;
    size_t characters;
    struct place place = {token->start, token->end, NO_WORD, false};

    if (token->kind != TOKEN_WORD)
        return 0;
    characters =
        vocabulary_letters(token->folded, token->folded_size, &letters);
    if (characters >= VOCABULARY_SHORTEST && characters <= VOCABULARY_LONGEST)
        place.word = candidates_find(&collocates->words, token->folded,
                                     token->folded_size);
    collocates->place =
        mem_grow(collocates->place, collocates->places, &collocates->place_room,
                 sizeof(*collocates->place));
    collocates->place[collocates->places++] = place;
    return 0;
}

static void
mark_near(struct collocates *collocates, size_t first, size_t last)
{
    size_t from = first > collocates->window ? first - collocates->window : 0;
    size_t to = last + collocates->window;

    for (size_t i = from; i < collocates->places && i <= to; i++)
        collocates->place[i].near = true;
}

/* What is near; the matches themselves are not near themselves. */
static void
mark_all(struct collocates *collocates, const struct collocates_text *text)
{
    size_t at = 0;

    for (size_t i = 0; i < text->matches; i++) {
        size_t first;

        while (at < collocates->places &&
               collocates->place[at].end <= text->match[i].start)
            at++;
        first = at;
        while (at < collocates->places &&
               collocates->place[at].start < text->match[i].end)
            collocates->place[at++].word = NO_WORD;
        if (at > first)
            mark_near(collocates, first, at - 1);
    }
}

void
collocates_add(struct collocates *collocates, const char *language,
               const struct collocates_text *text)
{
    if (!text->matches)
        return;
    collocates->places = 0;
    (void)analyzer_run(collocates->analyzer, language, text->text, text->size,
                       note_place, collocates);
    mark_all(collocates, text);
    for (size_t i = 0; i < collocates->places; i++)
        if (collocates->place[i].near && collocates->place[i].word != NO_WORD) {
            collocates->words.item[collocates->place[i].word].count++;
            collocates->near++;
        }
}

/* --- in the archive ------------------------------------------------------- */

static int
by_word(const void *a, const void *b)
{
    const struct compared *left = a;
    const struct compared *right = b;

    return bytes_compare(left->word, left->size, right->word, right->size);
}

static void
choose(struct collocates *collocates)
{
    const struct candidates *words = &collocates->words;

    collocates->compared =
        mem_zero(words->count + 1, sizeof(*collocates->compared));
    for (size_t i = 0; i < words->count; i++)
        if (words->item[i].count >= NEAR_LEAST)
            collocates->compared[collocates->compareds++] = (struct compared){
                words->item[i].text, strlen(words->item[i].text),
                words->item[i].count, 0};
    qsort(collocates->compared, collocates->compareds,
          sizeof(*collocates->compared), by_word);
}

static void
compare_row(struct collocates *collocates, const struct vocabulary_row *row)
{
    const char *text = row->text;

    for (size_t i = 0; i < row->words; text += row->bytes[i++]) {
        struct compared wanted = {.word = text, .size = row->bytes[i]};
        uint32_t occurrences = vocabulary_u32(row->occurrences, i);
        struct compared *found =
            bsearch(&wanted, collocates->compared, collocates->compareds,
                    sizeof(wanted), by_word);

        collocates->archive += occurrences;
        if (found)
            found->archive += occurrences;
    }
}

void
collocates_compare(struct collocates *collocates, struct sqlite3 *segment)
{
    sqlite3_stmt *select = NULL;

    if (!collocates->compared)
        choose(collocates);
    /* Of nothing near nothing needs to be known. */
    if (!segment || !collocates->compareds ||
        sqlite3_prepare_v2(segment, "SELECT words FROM spelling", -1, &select,
                           NULL) != SQLITE_OK)
        return;
    while (sqlite3_step(select) == SQLITE_ROW) {
        const void *words = sqlite3_column_blob(select, 0);
        struct vocabulary_row row;

        if (words && vocabulary_row(&row, words,
                                    (size_t)sqlite3_column_bytes(select, 0)))
            compare_row(collocates, &row);
    }
    sqlite3_finalize(select);
}

/* --- in order ------------------------------------------------------------- */

/* 0 for a word that is no more frequent near than elsewhere. */
static double
likelihood(const struct collocates *collocates, const struct compared *word)
{
    double near = (double)word->near;
    double nears = (double)collocates->near;
    double archive = (double)word->archive;
    double all = (double)collocates->archive;

    if (archive < near || all <= nears || near * all <= nears * archive)
        return 0;
    return likelihood_ratio(near, nears, archive, all);
}

struct telling {
    const struct compared *word;
    double likelihood;
};

static int
by_likelihood(const void *a, const void *b)
{
    const struct telling *left = a;
    const struct telling *right = b;

    if (left->likelihood != right->likelihood)
        return left->likelihood > right->likelihood ? -1 : 1;
    return by_word(left->word, right->word);
}

size_t
collocates_rank(const struct collocates *collocates, struct collocate *out,
                size_t most)
{
    struct telling *all = mem_zero(collocates->compareds + 1, sizeof(*all));
    size_t count = 0;

    for (size_t i = 0; i < collocates->compareds; i++) {
        const struct compared *word = &collocates->compared[i];
        double ratio = likelihood(collocates, word);

        if (ratio > 0)
            all[count++] = (struct telling){word, ratio};
    }
    if (count)
        qsort(all, count, sizeof(*all), by_likelihood);
    count = count < most ? count : most;
    for (size_t i = 0; i < count; i++)
        out[i] =
            (struct collocate){mem_string(all[i].word->word), all[i].word->near,
                               all[i].word->archive, all[i].likelihood};
    free(all);
    return count;
}
