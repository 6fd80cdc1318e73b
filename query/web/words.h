/*
 * query/web/words.h - what the pages say, in the languages they speak.
 *
 * A language is one table, words_LANGUAGE.c: every sentence and every name of
 * the interface, the months, how dates and numbers are written, and which form
 * a count takes.  A place for what is filled in is "{}".  A new language is one
 * file and one row in the table of words.c; a new sentence is one row in the
 * list here, and one in each language: a test finds what is missing.
 *
 * What the search itself has to say of a query stays English, and is marked so.
 */
#ifndef QUERY_WORDS_H
#define QUERY_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "corpus/base/list.h"

/* clang-format off */
#define WORDS(USE)                                                            \
    USE(SEARCH_ARCHIVE) USE(SEARCH) USE(FROM) USE(TO) USE(DATE_FORM)          \
    USE(HELP) USE(SKIP) USE(NO_ARTICLES) USE(AT_LEAST) USE(COUNT_FOR)         \
    USE(SOURCE) USE(BYLINE) USE(SECTION) USE(YEAR) USE(MONTH) USE(DAY)        \
    USE(NARROWED_TO) USE(REMOVE) USE(DID_YOU_MEAN) USE(WITH_INSTEAD)          \
    USE(WITH_ALONE) USE(WITHOUT) USE(WITHOUT_DATE) USE(CUT_SHORT) USE(ORDER)  \
    USE(BY_RANK) USE(NEWEST) USE(OLDEST) USE(LONGEST) USE(NO_HEADLINE)        \
    USE(PAGES) USE(PREVIOUS) USE(NEXT) USE(TO_FILTERS) USE(NARROW)            \
    USE(ABOUT) USE(NO_VALUE) USE(TOO_FEW_PAGES) USE(FIRST_PAGE) USE(NOTHING)  \
    USE(HOW_TO_ASK) USE(IN_ARCHIVE) USE(SUBSCRIBE) USE(THIS_PAGE)             \
    USE(ALL_HITS) USE(FIRST_HITS) USE(SHARE) USE(SHARE_MOST)                  \
    USE(BACK_TO) USE(BACK) USE(PREVIOUS_HIT) USE(NEXT_HIT) USE(HIT_OF)        \
    USE(SAME_DAY) USE(CITE) USE(PERMALINK) USE(ORIGINAL) USE(COPY_MADE)       \
    USE(PICTURES) USE(PARTS) USE(UNDATED)                                     \
    USE(BY_WIRE) USE(BY_FEED) USE(BY_JSONLD) USE(BY_META) USE(BY_DATELINE)    \
    USE(BY_URL) USE(BY_TEXT) USE(BY_FILENAME)                                 \
    USE(BROWSE) USE(LATEST) USE(HINT_ALL) USE(HINT_PHRASE) USE(HINT_NOT)      \
    USE(HINT_FIELD) USE(EVERYTHING)                                           \
    USE(DID_NOT_WORK) USE(NOT_FOUND) USE(NEW_SEARCH) USE(BAD_DATE)            \
    USE(BAD_ORDER) USE(NO_ARTICLE) USE(BEING_BUILT) USE(CANNOT_READ)          \
    USE(TAKES_TOO_LONG) USE(TREND) USE(TREND_LINES) USE(HELD) USE(LIKE)       \
    USE(COPIES)
/* clang-format on */

#define WORD_NUMBERED(name) WORD_##name,
enum word {
    WORDS(WORD_NUMBERED) WORD_COUNT
};

/* What a count of things takes, by its number. */
enum {
    FORMS_MOST = 5
};

struct words {
    const char *code; /* ISO 639-1 */
    bool right_to_left;
    const char *month[12];
    const char *date[3];            /* of year, month and day: "{d} {m} {y}" */
    const char *thousands;          /* between three digits */
    const char *point;              /* before a fraction */
    size_t (*form)(uint64_t count); /* which of these: */
    const char *articles[FORMS_MOST];
    const char *length[FORMS_MOST]; /* "{} words" */
    const char *word[WORD_COUNT];
};

extern const struct words words_ar;
extern const struct words words_de;
extern const struct words words_en;
extern const struct words words_es;
extern const struct words words_fr;
extern const struct words words_ko;

/* By numbers from 0; NULL after the last. */
const struct words *words_table(size_t number);

/* The table of a code; NULL if there is none. */
const struct words *words_find(const char *code, size_t size);

/* The best of what the header Accept-Language asks for; English if it asks for
 * nothing that there is. */
const struct words *words_accepted(const char *accept);

/* Which form of a noun stands after a count. */
size_t words_one_and_others(uint64_t count);
size_t words_zero_as_one(uint64_t count);
size_t words_always_same(uint64_t count);

#endif
