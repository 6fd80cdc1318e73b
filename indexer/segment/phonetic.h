/*
 * indexer/segment/phonetic.h - what a word sounds like, roughly.
 *
 * Names come to a newspaper in many spellings, and readers type them as they
 * heard them.  The key keeps the consonants, those that are mistaken for each
 * other as one, and of the vowels only whether the word begins with one:
 *
 *     gaddafi kadafi qadhafi    ktf
 *     philippe filipe           flp
 *     ahmadinejad               amtnxt
 *
 * It is made for Latin letters as English and its neighbours read them; words
 * of other scripts have no key.
 */
#ifndef INDEXER_PHONETIC_H
#define INDEXER_PHONETIC_H

#include <stddef.h>
#include <stdint.h>

#define PHONETIC_SIZE_MAX 16

/* The key of a folded word, NUL-terminated; returns its length, 0 if it has
 * none.  Longer keys are cut. */
size_t phonetic_key(char key[PHONETIC_SIZE_MAX + 1], const char *word,
                    size_t size);

/* A number that words of equal sound share and few others have; 0 is none. */
uint16_t phonetic_number(const char *word, size_t size);

#endif
