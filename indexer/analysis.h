/*
 * indexer/analysis.h - from running text to index terms.
 *
 * Analysis is what makes "Elections" in an article and "election" in a query
 * the same term.  Both sides of the search run the very same chain:
 *
 *     UTF-8, repaired
 *       -> NFKC, full case folding, diacritics folded  (utf8proc)
 *       -> words, as news writes them
 *       -> stem of the article's language              (libstemmer)
 *       -> term
 *
 * A word may give several terms at one position.  What is written together
 * or with hyphens gives its parts at positions of their own and, at the
 * position of the first part, the joined form:
 *
 *     text          position 0        position 1
 *     Tae-gyu       tae, taegyu       gyu
 *     KF-21         kf, kf21          21
 *     O'Brien       obrien, brien
 *     U.S. US U. S. us, US            (the second only for all-capitals)
 *     AT&T          at&t
 *     50%           50, 50%
 *     #opcon        opcon, #opcon
 *
 * A term in capitals is the unfolded twin of an all-capitals word; no folded
 * term has an upper-case letter, so the two cannot meet.
 *
 * The chain is also an FTS5 tokenizer, "news", whose argument is the default
 * language:  tokenize = 'news english'.  Two bytes that no article contains
 * steer it:
 *
 *     \x02fr\x02text...    this text is in French (written by article_text)
 *     \x01term term...     query side: these are terms, do not analyse
 *
 * Changing anything here changes what old segments mean: raise
 * ANALYSIS_VERSION with it.
 */
#ifndef INDEXER_ANALYSIS_H
#define INDEXER_ANALYSIS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "corpus/error.h"

#define ANALYSIS_VERSION 1

/* The longest term in bytes; longer words are cut at a character. */
#define TERM_SIZE_MAX 64

struct sqlite3;

enum token_kind {
    TOKEN_WORD,   /* one for each position: the stem */
    TOKEN_JOINED, /* parts written together: "taegyu", "kf21", "50%" */
    TOKEN_CAPS    /* the twin of an all-capitals word: "US" */
};

struct token {
    enum token_kind kind;
    const char *term; /* not NUL-terminated; valid during the call */
    size_t term_size;
    const char *folded; /* the same before stemming */
    size_t folded_size;
    size_t start; /* bytes of the text that it stands for: [start, end) */
    size_t end;
    uint32_t position;  /* word number in this text, from 0 */
    uint32_t sentence;  /* sentence number, from 0 */
    uint32_t paragraph; /* paragraph number ('\n' ends one), from 0 */
    bool capital;       /* the word as written begins with a capital */
    bool capitals;      /* ... and has no lower-case letter, two or more */
};

/* Gets each token in order of position, TOKEN_WORD first at each.  Anything
 * but 0 stops the analysis and is returned by it. */
typedef int (*token_sink)(void *context, const struct token *token);

struct analyzer;

/*
 * An analyzer for one default language: an ISO 639-1 code or a Snowball
 * name ("en", "english"), or "none" for no stemming.  Texts of other
 * languages are welcome: stemmers are made as they are needed and each has
 * its own stem cache.  Not to be shared between threads.
 *
 * STATUS_USAGE for a language that libstemmer does not know.
 */
enum status analyzer_new(struct analyzer **analyzer, const char *language,
                         struct error *err);
void analyzer_free(struct analyzer *analyzer);

/* Run the chain over `text`.  `language` is NULL or empty for the default;
 * an unknown one gets no stemming.  Returns 0 or what the sink returned. */
int analyzer_run(struct analyzer *analyzer, const char *language,
                 const char *text, size_t size, token_sink sink, void *context);

/* The languages that can be asked for, Snowball names, NULL-terminated.
 * Borrowed: it lives as long as the program. */
const char *const *analysis_languages(void);

/* The ISO 639-1 code of a code, a tag ("en-GB") or a Snowball name, as a
 * literal; NULL if libstemmer has no stemmer for it. */
const char *analysis_language_code(const char *name);

/*
 * Make the tokenizer "news" known to `db`.  Do this on every connection
 * before it touches article_fts, writing or reading.
 *
 * STATUS_INDEX if this SQLite was built without FTS5.
 */
enum status analysis_register(struct sqlite3 *db, struct error *err);

/*
 * See every token that FTS5 gets from this connection while it indexes:
 * one pass feeds both indexes.  `begin` is called before each text with its
 * column unknown (FTS5 does not say); texts come in the order of the
 * columns.  NULL ends it.
 */
struct analysis_tap {
    void (*begin)(void *context);
    token_sink token;
    void *context;
};
void analysis_set_tap(struct sqlite3 *db, const struct analysis_tap *tap);

#endif
