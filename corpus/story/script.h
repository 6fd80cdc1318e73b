/*
 * corpus/story/script.h - which script is a letter of, and which scripts is a
 * language written in?
 *
 * Those that newspapers are printed in.
 */
#ifndef CORPUS_SCRIPT_H
#define CORPUS_SCRIPT_H

#include <stdbool.h>
#include <stdint.h>

enum script {
    SCRIPT_NONE, /* no letter, or of a script that is not known here */
    SCRIPT_LATIN,
    SCRIPT_GREEK,
    SCRIPT_CYRILLIC,
    SCRIPT_ARMENIAN,
    SCRIPT_HEBREW,
    SCRIPT_ARABIC,
    SCRIPT_DEVANAGARI,
    SCRIPT_BENGALI,
    SCRIPT_GURMUKHI,
    SCRIPT_GUJARATI,
    SCRIPT_ORIYA,
    SCRIPT_TAMIL,
    SCRIPT_TELUGU,
    SCRIPT_KANNADA,
    SCRIPT_MALAYALAM,
    SCRIPT_SINHALA,
    SCRIPT_THAI,
    SCRIPT_LAO,
    SCRIPT_MYANMAR,
    SCRIPT_GEORGIAN,
    SCRIPT_HANGUL,
    SCRIPT_ETHIOPIC,
    SCRIPT_KHMER,
    SCRIPT_KANA,
    SCRIPT_HAN,
    SCRIPT_COUNT
};

enum script script_of(uint32_t code);

/* The only language of a script, as far as newspapers go; NULL if there are
 * several. */
const char *script_language(enum script script);

/* Is a language, an ISO 639-1 code, never written in this script?  Of one that
 * is not known here nothing is said. */
bool script_is_foreign(enum script script, const char *language);

#endif
