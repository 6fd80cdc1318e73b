#include "query/spelling/edits.h"

#include <string.h>

#include "corpus/base/count.h"
#include "corpus/base/utf8.h"

static size_t
characters_of(uint32_t out[EDITS_SIZE_MAX], const char *word, size_t size)
{
    size_t count = 0;
    size_t at = 0;

    while (at < size && count < EDITS_SIZE_MAX) {
        size_t length = utf8_decode(word + at, size - at, &out[count++]);

        at += length ? length : 1;
    }
    return count;
}

void
edits_init(struct edits *edits, const char *word, size_t size)
{
    memset(edits, 0, sizeof(*edits));
    edits->size = characters_of(edits->character, word, size);
    for (size_t i = 0; i < edits->size; i++)
        if (edits->character[i] < 128)
            edits->ascii[edits->character[i]] |= (uint64_t)1 << i;
}

static uint64_t
bits_of(const struct edits *edits, uint32_t character)
{
    uint64_t bits = 0;

    if (character < 128)
        return edits->ascii[character];
    for (size_t i = 0; i < edits->size; i++)
        if (edits->character[i] == character)
            bits |= (uint64_t)1 << i;
    return bits;
}

/*
 * Hyyrö's bit-parallel form of the usual table: a column of it is kept as the
 * differences of neighbours, each 1 (a bit of `up`), -1 (`down`) or 0, and
 * one step computes the next column whole.  `same` are the cells that equal
 * the one diagonally before them, with the swaps among them.
 */
int
edits_to(const struct edits *edits, const char *other, size_t size)
{
    uint64_t up = ~(uint64_t)0;
    uint64_t down = 0;
    uint64_t same = 0;
    uint64_t before = 0;
    uint64_t last = edits->size ? (uint64_t)1 << (edits->size - 1) : 0;
    int distance = (int)edits->size;
    size_t at = 0;
    size_t count = 0;

    while (at < size && count++ < EDITS_SIZE_MAX) {
        uint32_t character = (unsigned char)other[at];
        size_t length = 1;
        uint64_t bits;
        uint64_t swaps;
        uint64_t right;
        uint64_t left;

        if (character >= 128)
            length = utf8_decode(other + at, size - at, &character);
        at += length ? length : 1;
        bits = bits_of(edits, character);
        swaps = ((~same & bits) << 1) & before;
        same = (((bits & up) + up) ^ up) | bits | down | swaps;
        right = down | ~(same | up);
        left = same & up;
        distance += (right & last) != 0;
        distance -= (left & last) != 0;
        right = right << 1 | 1;
        up = left << 1 | ~(same | right);
        down = right & same;
        before = bits;
    }
    return edits->size ? distance : (int)count;
}

bool
edits_within(const char *a, size_t a_size, const char *b, size_t b_size,
             int most)
{
    struct edits edits;

    edits_init(&edits, a, a_size);
    return edits_to(&edits, b, b_size) <= most;
}

static bool
is_vowel(uint32_t c)
{
    return c < 128 && c && strchr("aeiouy", (int)c);
}

/* Letters that are heard alike. */
static bool
sound_alike(uint32_t a, uint32_t b)
{
    static const char *const groups[] = {"ckq", "szc", "gj", "fv",
                                         "dt",  "bp",  "mn", "vw"};

    if (a >= 128 || b >= 128 || !a || !b)
        return false;
    for (size_t i = 0; i < COUNT(groups); i++)
        if (strchr(groups[i], (int)a) && strchr(groups[i], (int)b))
            return true;
    return false;
}

/* Keys that are neighbours in a row of the usual keyboard. */
static bool
keys_touch(uint32_t a, uint32_t b)
{
    static const char keys[] = "qwertyuiop asdfghjkl zxcvbnm";
    const char *key;

    if (a >= 128 || b >= 128 || !a || !b || a == ' ' || b == ' ')
        return false;
    key = strchr(keys, (int)a);
    return key &&
           ((uint32_t)key[1] == b || (key > keys && (uint32_t)key[-1] == b));
}

static int
cost_of_replacing(uint32_t a, uint32_t b)
{
    if (a == b)
        return 0;
    if (is_vowel(a) && is_vowel(b))
        return 85;
    if (sound_alike(a, b))
        return 85;
    return keys_touch(a, b) ? 92 : 108;
}

#define FIRST_LETTER 15
#define SWAP 86

/* What it costs that only one of the words has the character: for each of
 * them, from 1. */
static void
costs_of_gaps(int *gap, const uint32_t *word, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        gap[i + 1] = i && word[i] == word[i - 1] ? 80 : 100;
        gap[i + 1] += i ? 0 : FIRST_LETTER;
    }
}

static int
least(int a, int b)
{
    return a < b ? a : b;
}

/* The words up to characters i and j, the last ones taken for each other. */
static int
cost_of_pair(const uint32_t *a, size_t i, const uint32_t *b, size_t j)
{
    int cost = cost_of_replacing(a[i - 1], b[j - 1]);

    return cost && (i == 1 || j == 1) ? cost + FIRST_LETTER : cost;
}

static bool
are_swapped(const uint32_t *a, size_t i, const uint32_t *b, size_t j)
{
    return i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
}

int
edits_cost(const struct edits *edits, const char *other, size_t size)
{
    uint32_t b[EDITS_SIZE_MAX] = {0};
    int gap_a[EDITS_SIZE_MAX + 1];
    int gap_b[EDITS_SIZE_MAX + 1];
    int row[3][EDITS_SIZE_MAX + 1];
    const uint32_t *a = edits->character;
    size_t columns = characters_of(b, other, size);

    costs_of_gaps(gap_a, a, edits->size);
    costs_of_gaps(gap_b, b, columns);
    row[0][0] = 0;
    for (size_t j = 1; j <= columns; j++)
        row[0][j] = row[0][j - 1] + gap_b[j];
    for (size_t i = 1; i <= edits->size; i++) {
        int *now = row[i % 3];
        const int *up = row[(i + 2) % 3];
        const int *two_up = row[(i + 1) % 3];

        now[0] = up[0] + gap_a[i];
        for (size_t j = 1; j <= columns; j++) {
            now[j] = up[j - 1] + cost_of_pair(a, i, b, j);
            now[j] = least(now[j], up[j] + gap_a[i]);
            now[j] = least(now[j], now[j - 1] + gap_b[j]);
            if (are_swapped(a, i, b, j))
                now[j] = least(now[j], two_up[j - 2] + SWAP +
                                           (i == 2 ? FIRST_LETTER : 0));
        }
    }
    return row[edits->size % 3][columns];
}
