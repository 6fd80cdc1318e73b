/*
 * query/copies/story_parts.h - what the files of story.h share.
 *
 *     story.c         words and the sketch of a text
 *     story_align.c   which words of one are which of another
 *     story_judge.c   what that says
 */
#ifndef QUERY_STORY_PARTS_H
#define QUERY_STORY_PARTS_H

#include "query/copies/story.h"

enum {
    STORY_WORD_SIZE = 60,           /* bytes of a word; what is longer is two */
    STORY_BYTES = 64 * STORY_WORDS, /* of a text that are looked at */
    STORY_SHARE = 4 /* of the smaller sketch one in so many is shared */
};

enum story_kind {
    STORY_PLAIN,
    STORY_NAME, /* begins with a capital */
    STORY_FIGURE
};

struct story_word {
    uint32_t hash; /* of its small letters */
    uint32_t at;   /* in the text */
    uint16_t size;
    uint8_t characters;
    uint8_t kind; /* enum story_kind */
    bool alone;   /* an ideograph */
};

/* A word that the text has once. */
struct story_lone {
    uint32_t hash;
    uint32_t word;
};

struct story {
    char *text;
    size_t size;
    bool cut; /* there is more than was looked at */
    struct story_word *word;
    size_t words;
    struct story_lone *lone; /* by their hashes */
    size_t lones;
    uint32_t *feature; /* the sketch, rising */
    size_t features;
};

#define STORY_NO_WORD UINT32_MAX

/* Where a word of one text stands in the other. */
struct story_place {
    uint32_t word; /* STORY_NO_WORD */
    bool same;     /* and not only nearly the same */
};

/* The place of each word of `one` in `other`; they rise.  free(3) it. */
struct story_place *story_align(const struct story *one,
                                const struct story *other);

#endif
