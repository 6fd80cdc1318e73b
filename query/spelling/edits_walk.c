#include <string.h>

#include "corpus/base/utf8.h"
#include "query/spelling/edits.h"

void
edits_walk_init(struct edits_walk *walk, const char *word, size_t size,
                int most)
{
    memset(walk, 0, sizeof(*walk));
    edits_init(&walk->word, word, size);
    walk->most = most;
    for (size_t j = 0; j <= walk->word.size; j++)
        walk->row[0][j] = (unsigned char)j;
}

/* Forget the characters that the next word does not begin with. */
static void
go_back(struct edits_walk *walk, const char *other, size_t size)
{
    size_t least = size < walk->last_size ? size : walk->last_size;
    size_t same = 0;

    while (same < least && other[same] == walk->last[same])
        same++;
    while (walk->depth > 0 && walk->end[walk->depth] > same)
        walk->depth--;
}

static unsigned char
least_of(unsigned char a, unsigned a_more, unsigned char b)
{
    unsigned sum = a + a_more;

    return sum < b ? (unsigned char)sum : b;
}

/* One row of the usual table, of one character more; returns the least in
 * it, below which no later row can come. */
static unsigned char
add_row(struct edits_walk *walk, uint32_t character)
{
    size_t i = ++walk->depth;
    const uint32_t *word = walk->word.character;
    unsigned char *now = walk->row[i];
    const unsigned char *up = walk->row[i - 1];
    unsigned char least = now[0] = (unsigned char)i;

    walk->character[i] = character;
    for (size_t j = 1; j <= walk->word.size; j++) {
        unsigned char best = least_of(up[j - 1], word[j - 1] != character, 255);

        best = least_of(up[j], 1, best);
        best = least_of(now[j - 1], 1, best);
        if (i > 1 && j > 1 && word[j - 2] == character &&
            word[j - 1] == walk->character[i - 1])
            best = least_of(walk->row[i - 2][j - 2], 1, best);
        now[j] = best;
        least = best < least ? best : least;
    }
    return least;
}

bool
edits_walk_to(struct edits_walk *walk, const char *other, size_t size,
              size_t *hopeless)
{
    size_t at;

    *hopeless = 0;
    if (size > sizeof(walk->last))
        return false;
    go_back(walk, other, size);
    memcpy(walk->last, other, size);
    walk->last_size = size;
    at = walk->depth ? walk->end[walk->depth] : 0;
    while (at < size) {
        uint32_t character;
        size_t length = utf8_decode(other + at, size - at, &character);

        if (walk->depth == EDITS_SIZE_MAX)
            return false;
        at += length ? length : 1;
        walk->end[walk->depth + 1] = (unsigned char)at;
        if (add_row(walk, character) > walk->most) {
            *hopeless = at;
            return false;
        }
    }
    return walk->row[walk->depth][walk->word.size] <= walk->most;
}
