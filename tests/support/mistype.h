/*
 * tests/support/mistype.h - slips of the finger, for the test of suggestions
 * and for the bench that counts how many are put right.
 */
#ifndef TESTS_MISTYPE_H
#define TESTS_MISTYPE_H

#include <string.h>

#define MISTYPE_EDITS 4

/* One edit at the letter `at`: it is left out (0), `letter` slips in before it
 * (1) or stands in its place (2), or it changes places with the next (3).  The
 * word needs room for one more. */
static inline void
mistype(char *word, unsigned edit, size_t at, char letter)
{
    size_t size = strlen(word);

    switch (edit) {
    case 0:
        memmove(word + at, word + at + 1, size - at);
        break;
    case 1:
        memmove(word + at + 1, word + at, size - at + 1);
        word[at] = letter;
        break;
    case 2:
        word[at] = letter;
        break;
    default:
        if (at + 1 < size) {
            letter = word[at];
            word[at] = word[at + 1];
            word[at + 1] = letter;
        }
        break;
    }
}

#endif
