/*
 * query/spelling/edits.h - how far apart two words are.
 *
 * An edit inserts, drops or replaces a character or swaps two adjacent ones;
 * what was edited is not edited again.  The word that is compared with many is
 * prepared once, then each comparison costs a few instructions a character.
 *
 *     struct edits edits;
 *
 *     edits_init(&edits, "opcno", 5);
 *     edits_to(&edits, "opcon", 5)            1
 *     edits_cost(&edits, "opcon", 5)         86
 *
 * Words are folded, valid UTF-8.
 */
#ifndef QUERY_EDITS_H
#define QUERY_EDITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Characters after these do not count. */
#define EDITS_SIZE_MAX 64

struct edits {
    size_t size; /* characters */
    uint32_t character[EDITS_SIZE_MAX];
    uint64_t ascii[128]; /* where in the word each one stands, as bits */
};

void edits_init(struct edits *edits, const char *word, size_t size);

/* The number of edits between the word and `other`. */
int edits_to(const struct edits *edits, const char *other, size_t size);

/*
 * The same in hundredths, with what fingers and ears do often made cheaper
 * than the rest: swapped neighbours, one letter of a pair, vowels for each
 * other, keys side by side; the first letter is seldom wrong.  An edit is at
 * least EDITS_COST_LEAST and at most 130.
 */
#define EDITS_COST_LEAST 70
int edits_cost(const struct edits *edits, const char *other, size_t size);

/* Are two words at most `most` edits apart? */
bool edits_within(const char *a, size_t a_size, const char *b, size_t b_size,
                  int most);

/*
 * The word against many that come in order: what a word has in common with
 * the one before it is not looked at again.
 *
 *     edits_walk_init(&walk, "opcon", 5, 1);
 *     fits = edits_walk_to(&walk, "opcam", 5, &hopeless);
 *     fits = edits_walk_to(&walk, "opcan", 5, &hopeless);
 */
struct edits_walk {
    struct edits word;
    int most;
    char last[4 * EDITS_SIZE_MAX]; /* the word before */
    size_t last_size;
    size_t depth;                          /* characters of it */
    unsigned char end[EDITS_SIZE_MAX + 1]; /* where each of them ends */
    uint32_t character[EDITS_SIZE_MAX + 1];
    unsigned char row[EDITS_SIZE_MAX + 1][EDITS_SIZE_MAX + 1];
};

void edits_walk_init(struct edits_walk *walk, const char *word, size_t size,
                     int most);

/*
 * Is `other` at most `most` edits away?  `hopeless` becomes the number of its
 * bytes with which no word near enough begins, or 0.  Words of more than
 * EDITS_SIZE_MAX characters are not near.
 */
bool edits_walk_to(struct edits_walk *walk, const char *other, size_t size,
                   size_t *hopeless);

#endif
