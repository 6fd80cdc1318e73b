/*
 * indexer/segment/vocabulary.h - the words of a segment as people write them.
 *
 * The index knows stems, "elect"; who mistypes wants to be offered a word,
 * "election".  So the words are counted before they are stemmed, in the pass
 * that feeds the index, and stored so that all of them can be compared with
 * a mistyped one in a few milliseconds: by their number of characters, the
 * frequent ones first, in rows that fit half a page,
 *
 *     table spelling     id     65536 * characters + number of the row
 *                        words  as drawn here
 *
 *     u16 N              little-endian, as are all; then N of each
 *     u32 occurrences
 *     u32 letters        a bit for each of a-z, six for all other characters
 *     u16 sound          phonetic_number()
 *     u8  bytes          of the word
 *     the words, one behind the other
 *
 * Two words that are E edits apart differ in at most 2 * E bits of their
 * letters, which dismisses nearly all without looking at the words.
 *
 * In a large segment what occurs once is more often a slip than a word, and
 * is left out.  When segments are merged their tables are added up; what was
 * left out of one stays out.
 */
#ifndef INDEXER_VOCABULARY_H
#define INDEXER_VOCABULARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "corpus/base/error.h"
#include "indexer/bits/little_endian.h"

/* Shorter and longer words, in characters, are not worth correcting. */
#define VOCABULARY_SHORTEST 3
#define VOCABULARY_LONGEST 32

/* A segment with more words than this drops those that occur once. */
#define VOCABULARY_SMALL 50000

/* The number of a row is below it. */
#define VOCABULARY_ROWS 65536

struct sqlite3;
struct vocabulary;

struct vocabulary *vocabulary_new(void);
void vocabulary_free(struct vocabulary *vocabulary);

/* Count a folded word.  What is no word (digits, signs) does no harm.
 * `note` (may be NULL) is a token's note on the word. */
void vocabulary_add(struct vocabulary *vocabulary, const char *word,
                    size_t size, uint32_t *note);

/* Count all the words of another segment's table; and take back a word of an
 * article that is not merged with the others. */
enum status vocabulary_add_table(struct vocabulary *vocabulary,
                                 struct sqlite3 *db, const char *path,
                                 struct error *err);
void vocabulary_take(struct vocabulary *vocabulary, const char *word,
                     size_t size);

/* Fill the table of a new segment; `path` is for the sentence. */
enum status vocabulary_write(struct vocabulary *vocabulary, struct sqlite3 *db,
                             const char *path, struct error *err);

/* --- reading --- */

/* The letters of a folded word.  Returns its number of characters, or
 * VOCABULARY_LONGEST + 1 if there are more; 0 if it is not valid UTF-8. */
size_t vocabulary_letters(const char *word, size_t size, uint32_t *letters);

/* A row taken apart; it points into `words`. */
struct vocabulary_row {
    size_t words;
    const unsigned char *occurrences;
    const unsigned char *letters;
    const unsigned char *sound;
    const unsigned char *bytes;
    const char *text;
};

/* False if it is damaged. */
bool vocabulary_row(struct vocabulary_row *row, const void *words, size_t size);

static inline uint32_t
vocabulary_u32(const unsigned char *column, size_t i)
{
    return le_u32(column + 4 * i);
}

static inline uint16_t
vocabulary_u16(const unsigned char *column, size_t i)
{
    return (uint16_t)le_u16(column + 2 * i);
}

#endif
