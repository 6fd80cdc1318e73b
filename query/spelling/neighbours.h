/*
 * query/spelling/neighbours.h - the words of a segment that are near another.
 *
 * The vocabulary (indexer/segment/vocabulary.h) has words of one length
 * together, the frequent ones first.  Lengths that are nearest come first, and
 * whoever asks may have enough before the rare words of a length are read at
 * all.
 */
#ifndef QUERY_NEIGHBOURS_H
#define QUERY_NEIGHBOURS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "query/spelling/edits.h"

struct sqlite3;

struct neighbour {
    const char *text; /* valid during the call */
    size_t size;
    uint32_t occurrences;
    int edits;
    bool sounds; /* as the word that was asked for */
};

struct neighbour_ask {
    struct edits edits;
    size_t characters;
    uint32_t letters;
    uint16_t sound; /* 0: what it sounds like does not matter */
    int most;       /* edits */
    int most_sound; /* of words that sound the same */

    void (*see)(void *context, const struct neighbour *word);
    /* Are words that occur so often and less worth a look?  NULL: all.  The
     * word itself is seen in any case. */
    bool (*go_on)(void *context, uint32_t occurrences);
    void *context;
};

/* Fill in the word.  False if it is too short, too long or no word. */
bool neighbour_ask_init(struct neighbour_ask *ask, const char *word,
                        size_t size);

/* Look through a segment.  One that cannot be read (NULL) has no words. */
void neighbours_see(const struct neighbour_ask *ask, struct sqlite3 *segment);

#endif
