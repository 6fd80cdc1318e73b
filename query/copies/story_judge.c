/* What an alignment says: a copy, or another story in the same words. */
#include <stdlib.h>

#include "corpus/base/mem.h"
#include "query/copies/story_parts.h"

enum {
    PIECE = 12, /* words without a place that were put in as one */
    STRAY = 2,  /* words in such a piece that the other text has by chance */
    LITTLE = 40 /* words: of fewer that remain, more of the text must be theirs:
                   a paragraph that all papers add is not it */
};

#define SOME_FIGURES 3 /* fewer tell nothing */
#define MANY_FIGURES 5 /* a later report keeps one of so many */

/* Shares, in hundredths, of what remains of the shorter text. */
enum {
    REMAINS = 60,      /* of its words */
    MOST_REMAINS = 80, /* ... if these are few, or not its beginning */
    WORDS_FOUND = 90,  /* of its words and names */
    WORDS_READ = 85,   /* ... if it was misread here and there */
    CLEAN = 97,        /* of the words found are the same: it was not */
    NAMES_FOUND = 65,
    FIGURES_FOUND = 50,
    /* Later figures, if all else is as it was: */
    NAMES_SURE = 90,
    WORDS_SURE = 94,
    WORDS_SURELY_READ = 90
};

struct share {
    size_t found;
    size_t all;
};

static bool
is_at_least(struct share share, size_t percent)
{
    return 100 * share.found >= percent * share.all;
}

/* The end of the piece without a place that begins with word `from`. */
static size_t
end_of_piece(const struct story_place *place, size_t from, size_t words)
{
    size_t end = from;

    for (size_t i = from; i < words;) {
        size_t next = i;

        while (next < words && place[next].word == STORY_NO_WORD)
            next++;
        end = next;
        for (i = next; i < words && place[i].word != STORY_NO_WORD; i++)
            ;
        if (i - next > STRAY)
            break;
    }
    return end;
}

struct judged {
    size_t remains; /* words that were not put in */
    bool begins;    /* the first ones are among them */
    size_t same;    /* of those found: not only nearly */
    struct share kind[STORY_FIGURE + 1];
};

static void
count_word(struct judged *judged, const struct story_word *word,
           struct story_place place)
{
    struct share *share = &judged->kind[word->kind];

    judged->remains++;
    share->all++;
    share->found +=
        word->kind == STORY_FIGURE ? place.same : place.word != STORY_NO_WORD;
    if (word->kind != STORY_FIGURE && place.same)
        judged->same++;
}

static void
count_words(struct judged *judged, const struct story *story,
            const struct story_place *place)
{
    for (size_t i = 0; i < story->words;) {
        size_t end = i;

        if (place[i].word == STORY_NO_WORD)
            end = end_of_piece(place, i, story->words);
        if (end - i >= PIECE) {
            judged->begins = judged->begins && i > 0;
            i = end;
            continue;
        }
        do
            count_word(judged, &story->word[i], place[i]);
        while (++i < end);
    }
}

static bool
are_figures_of_copy(const struct judged *judged, struct share words, bool clean)
{
    struct share figures = judged->kind[STORY_FIGURE];

    if (figures.all >= MANY_FIGURES && !figures.found)
        return false;
    return figures.all < SOME_FIGURES || is_at_least(figures, FIGURES_FOUND) ||
           (is_at_least(judged->kind[STORY_NAME], NAMES_SURE) &&
            is_at_least(words, clean ? WORDS_SURE : WORDS_SURELY_READ));
}

static bool
judge(const struct story *shorter, const struct story *longer)
{
    struct story_place *place = story_align(shorter, longer);
    struct judged judged = {.begins = true};
    struct share names;
    struct share words;
    struct share rest;
    bool clean;

    count_words(&judged, shorter, place);
    free(place);
    names = judged.kind[STORY_NAME];
    words = (struct share){judged.kind[STORY_PLAIN].found + names.found,
                           judged.kind[STORY_PLAIN].all + names.all};
    rest = (struct share){judged.remains, shorter->words};
    clean = is_at_least((struct share){judged.same, words.found}, CLEAN);
    return words.all >= STORY_WORDS_LEAST &&
           is_at_least(rest, judged.remains < LITTLE || !judged.begins
                                 ? MOST_REMAINS
                                 : REMAINS) &&
           is_at_least(words, clean ? WORDS_FOUND : WORDS_READ) &&
           is_at_least(names, NAMES_FOUND) &&
           are_figures_of_copy(&judged, words, clean);
}

bool
story_is(const struct story *one, const struct story *other)
{
    /* Of two of one length either may be the shorter: it is the same for both
     * orders. */
    if (one->words == other->words)
        return judge(one, other) && judge(other, one);
    return one->words < other->words ? judge(one, other) : judge(other, one);
}
