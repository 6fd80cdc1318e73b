/*
 * query/edits.h - how far apart two words are.
 *
 * An edit inserts, drops or replaces a character or swaps two neighbours; no
 * place is edited twice.  The word that is compared with many is prepared
 * once, then each comparison costs a few instructions a character.
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

#include <stddef.h>
#include <stdint.h>

/* Characters behind these do not count. */
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
 * least 70 and at most 130.
 */
int edits_cost(const struct edits *edits, const char *other, size_t size);

#endif
