/*
 * indexer/analysis/analysis.h - from running text to index terms.
 *
 * Analysis is what makes "Elections" in an article and "election" in a query
 * the same term.  Both sides of the search run the very same chain:
 *
 *     UTF-8, repaired
 *       -> NFKC, full case folding                     (utf8proc)
 *       -> words, as news writes them
 *       -> stem of the article's language              (libstemmer)
 *       -> diacritics folded
 *       -> the mark of the language
 *       -> term
 *
 * A stem belongs to its language: "oper:es" is what Spanish makes of "opera",
 * and "oper:en" what English makes of "operating", and the two never meet.  A
 * word typed is looked for as each language of the archive has it.  What is
 * not stemmed (numbers, signs, words of languages without a stemmer) has no
 * mark, and is the same in all.
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
 * What is written without blanks between words, and Korean, gives pairs of
 * characters, and the last one of a run alone.  Against the words that ICU
 * finds in the same texts, no article is missed, and those that have a word of
 * three characters or more are .85 of what is found in Chinese, .92 in
 * Japanese, .95 in Korean, .86 in Thai, .73 in Khmer and .92 in Burmese; of two
 * characters .75, .88, .69, .27, .34 and .75.  The rest have it inside of a
 * longer word.  ICU's words would take half of the postings in Chinese and
 * Japanese and a third in Thai and Khmer, and find nothing where it cuts a text
 * and what is typed in different places.
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

#include "corpus/base/error.h"

#define ANALYSIS_VERSION 2

/* What analyzer_run() returns when there is no memory for a stemmer; it is
 * SQLITE_NOMEM. */
#define ANALYSIS_NO_MEMORY 7

/* The longest folded word in bytes.  Of a longer one the end is replaced by a
 * hash of it, so that different words stay different. */
#define WORD_SIZE_MAX 60

/* The longest term: a word and the mark of its language. */
#define TERM_SIZE_MAX (WORD_SIZE_MAX + 4)

/* Between a stem and the language that made it; in no word. */
#define TERM_MARK ':'

struct sqlite3;

enum token_kind {
    TOKEN_WORD,   /* one for each position: the stem */
    TOKEN_JOINED, /* parts written together: "taegyu", "kf21", "50%" */
    TOKEN_PLAIN,  /* the stem of the word as one types it without accents */
    TOKEN_CAPS,   /* the twin of an all-capitals word: "US" */
    TOKEN_LAST    /* the character that ends a run of pairs */
};

/*
 * What a listener may write beside a word, to find its own record of it the
 * next time without a search.  The analyzer forgets words and notes as it
 * likes; a note that is there belongs to the word.  An analyzer that keeps
 * notes has one listener in its life, or one after the other would find what
 * is not his.  Zero at first.
 */
struct token_notes {
    uint32_t word; /* of `folded` */
    uint32_t term;
};

struct token {
    enum token_kind kind;
    const char *term; /* not NUL-terminated; valid during the call */
    size_t term_size;
    const char *folded; /* the same before stemming */
    size_t folded_size;
    const char *accented; /* with the accents that folding dropped; */
    size_t accented_size; /* 0 if there were none */
    size_t start; /* bytes of the text that it stands for: [start, end) */
    size_t end;
    uint32_t position;  /* word number in this text, from 0 */
    uint32_t sentence;  /* sentence number, from 0 */
    uint32_t paragraph; /* paragraph number ('\n' ends one), from 0 */
    bool capital;       /* the word as written begins with a capital */
    bool capitals;      /* ... and has no lower-case letter, two or more */
    struct token_notes *notes; /* NULL: none are kept of this word */
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
 * an unknown one gets no stemming.  Returns 0, what the sink returned, or
 * ANALYSIS_NO_MEMORY. */
int analyzer_run(struct analyzer *analyzer, const char *language,
                 const char *text, size_t size, token_sink sink, void *context);

/* The same of a text that may begin with the mark of its language, as those
 * of article_text do. */
int analyzer_run_marked(struct analyzer *analyzer, const char *text,
                        size_t size, token_sink sink, void *context);

/*
 * What one typed word means.
 *
 * It is what the analyzer makes of it, put as readings: a document matches
 * if one of them stands in it, its terms side by side.
 *
 *     Tae-gyu     taegyu | tae gyu
 *     O'Brien     obrien
 *     50%         50%            as typed, for the sign was typed with care
 *     kim@a.kr    kim@a.kr
 *     opcon       opcon
 *     US, U.S.    us             twin "US"
 *
 * A word typed with accents is also looked for as it is typed without.
 *
 * `twin` is there if the word was typed in capitals.  The rule for it: where
 * the only reading is one word whose folded form is on the stop list, search
 * the twin instead ("US", "WHO", "IT"); else the twin only serves allcaps().
 */
struct query_term {
    char term[TERM_SIZE_MAX + 1];
    char folded[TERM_SIZE_MAX + 1]; /* for =word, which is not stemmed */
};

#define READINGS_MAX 6

struct query_word {
    bool single;     /* one word in one place: its readings are its spellings */
    size_t readings; /* 0 if nothing of the text is a word */
    struct {
        size_t first; /* in `term` */
        size_t terms;
    } reading[READINGS_MAX];
    struct query_term *term;
    size_t terms;
    size_t room;
    char twin[TERM_SIZE_MAX + 1]; /* empty if there is none */
};

#define QUERY_WORD_INIT ((struct query_word){0})

void query_word_release(struct query_word *word);

/* Replace `word` by the meaning of `text`; blanks in it do no harm, it is
 * then a phrase.  Without memory for a stemmer the program ends, as it does in
 * corpus/base/mem.h: a word without its meaning would find nothing. */
void analysis_query(struct analyzer *analyzer, const char *language,
                    const char *text, size_t size, struct query_word *word);

/* Is it one character of a script that is written without spaces? */
bool analysis_is_character(const char *text, size_t size);

/* How much of a term is not the mark of a language. */
size_t term_unmarked(const char *term, size_t size);

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

#endif
