/*
 * Which words of a text are which of another: words that stand once in each are
 * anchors, of which the longest rising sequence stands; between two anchors
 * words are paired in step from both ends, and what is left there, if it is
 * short, by its longest common subsequence.
 */
#include <stdlib.h>
#include <string.h>

#include "corpus/base/ascii.h"
#include "corpus/base/bisect.h"
#include "corpus/base/mem.h"
#include "query/copies/story_parts.h"

enum {
    GAP = 40, /* words: a longer one is not looked through pair by pair */
    SLIP = 2  /* a word that was misread is at most so much longer */
};

struct anchor {
    uint32_t one;
    uint32_t other;
};

struct aligning {
    const struct story *one;
    const struct story *other;
    struct story_place *place; /* of each word of `one` */
};

/* --- words --- */

static bool
is_same(const struct aligning *aligning, size_t i, size_t j)
{
    return aligning->one->word[i].hash == aligning->other->word[j].hash;
}

/* Bytes that both words have at the beginning and at the end. */
static size_t
shared_bytes(const char *one, size_t ones, const char *other, size_t others)
{
    size_t most = ones < others ? ones : others;
    size_t front = 0;
    size_t back = 0;

    while (front < most && ascii_lower(one[front]) == ascii_lower(other[front]))
        front++;
    while (back < most - front && ascii_lower(one[ones - 1 - back]) ==
                                      ascii_lower(other[others - 1 - back]))
        back++;
    return front + back;
}

/* The same word but for a few letters in the middle, or two figures. */
static bool
is_near(const struct aligning *aligning, size_t i, size_t j)
{
    const struct story_word *one = &aligning->one->word[i];
    const struct story_word *other = &aligning->other->word[j];
    size_t longer = one->size > other->size ? one->size : other->size;
    size_t shorter = one->size + other->size - longer;

    if (one->kind == STORY_FIGURE && other->kind == STORY_FIGURE)
        return true;
    return one->characters > 2 && other->characters > 2 &&
           longer - shorter <= SLIP &&
           2 * shared_bytes(aligning->one->text + one->at, one->size,
                            aligning->other->text + other->at, other->size) >=
               longer;
}

static void
pair(struct aligning *aligning, size_t i, size_t j, bool same)
{
    aligning->place[i] = (struct story_place){(uint32_t)j, same};
}

/* Is this word that one, if they stand in step? */
static bool
pair_in_step(struct aligning *aligning, size_t i, size_t j)
{
    bool same = is_same(aligning, i, j);

    if (!same && !is_near(aligning, i, j))
        return false;
    pair(aligning, i, j, same);
    return true;
}

/* --- anchors --- */

static int
by_place(const void *one, const void *other)
{
    uint32_t a = ((const struct anchor *)one)->one;
    uint32_t b = ((const struct anchor *)other)->one;

    return (a > b) - (a < b);
}

static size_t
find_anchors(const struct aligning *aligning, struct anchor *anchor)
{
    const struct story *one = aligning->one;
    const struct story *other = aligning->other;
    size_t count = 0;

    for (size_t i = 0, j = 0; i < one->lones && j < other->lones;) {
        uint32_t a = one->lone[i].hash;
        uint32_t b = other->lone[j].hash;

        if (a == b)
            anchor[count++] =
                (struct anchor){one->lone[i].word, other->lone[j].word};
        i += a <= b;
        j += b <= a;
    }
    qsort(anchor, count, sizeof(*anchor), by_place);
    return count;
}

/* Keep the longest sequence that rises in both texts, by patience sorting. */
static size_t
keep_rising(struct anchor *anchor, size_t count)
{
    uint32_t *top = mem_resize(NULL, count + 1, sizeof(*top)); /* of a pile */
    uint32_t *below = mem_resize(NULL, count + 1, sizeof(*below));
    size_t piles = 0;
    size_t at;

    for (size_t i = 0; i < count; i++) {
        struct bisect half = bisect_between(0, piles);

        while (bisect_next(&half))
            bisect_go(&half, anchor[top[half.middle]].other < anchor[i].other);
        below[i] = half.low ? top[half.low - 1] : UINT32_MAX;
        top[half.low] = (uint32_t)i;
        piles += half.low == piles;
    }
    at = piles ? top[piles - 1] : 0;
    for (size_t i = piles; i > 0; i--) {
        top[i - 1] = (uint32_t)at;
        at = below[at];
    }
    for (size_t i = 0; i < piles; i++)
        anchor[i] = anchor[top[i]];
    free(top);
    free(below);
    return piles;
}

/* --- between two anchors --- */

/* Words [from, to) of both texts. */
struct gap {
    size_t from;
    size_t to;
    size_t other_from;
    size_t other_to;
};

static void
pair_subsequence(struct aligning *aligning, const struct gap *gap)
{
    uint8_t length[GAP + 1][GAP + 1] = {{0}};
    size_t ones = gap->to - gap->from;
    size_t others = gap->other_to - gap->other_from;
    size_t i;
    size_t j;

    if (ones > GAP || others > GAP)
        return;
    for (i = ones; i-- > 0;)
        for (j = others; j-- > 0;) {
            uint8_t down = length[i + 1][j];
            uint8_t across = length[i][j + 1];

            length[i][j] = down > across ? down : across;
            if (is_same(aligning, gap->from + i, gap->other_from + j))
                length[i][j] = (uint8_t)(length[i + 1][j + 1] + 1);
        }
    for (i = 0, j = 0; i < ones && j < others;) {
        if (is_same(aligning, gap->from + i, gap->other_from + j))
            pair(aligning, gap->from + i++, gap->other_from + j++, true);
        else if (length[i + 1][j] >= length[i][j + 1])
            i++;
        else
            j++;
    }
}

static void
pair_gap(struct aligning *aligning, struct gap gap)
{
    while (gap.from < gap.to && gap.other_from < gap.other_to &&
           pair_in_step(aligning, gap.from, gap.other_from)) {
        gap.from++;
        gap.other_from++;
    }
    while (gap.from < gap.to && gap.other_from < gap.other_to &&
           pair_in_step(aligning, gap.to - 1, gap.other_to - 1)) {
        gap.to--;
        gap.other_to--;
    }
    pair_subsequence(aligning, &gap);
}

struct story_place *
story_align(const struct story *one, const struct story *other)
{
    struct aligning aligning = {
        one, other, mem_resize(NULL, one->words + 1, sizeof(*aligning.place))};
    struct anchor *anchor = mem_resize(NULL, one->words + 1, sizeof(*anchor));
    struct gap gap = {0};
    size_t anchors;

    for (size_t i = 0; i < one->words; i++)
        aligning.place[i] = (struct story_place){STORY_NO_WORD, false};
    anchors = keep_rising(anchor, find_anchors(&aligning, anchor));
    for (size_t i = 0; i < anchors; i++) {
        gap.to = anchor[i].one;
        gap.other_to = anchor[i].other;
        pair_gap(&aligning, gap);
        pair(&aligning, gap.to, gap.other_to, true);
        gap = (struct gap){.from = gap.to + 1, .other_from = gap.other_to + 1};
    }
    gap.to = one->words;
    gap.other_to = other->words;
    pair_gap(&aligning, gap);
    free(anchor);
    return aligning.place;
}
