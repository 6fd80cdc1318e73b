/*
 * indexer/analysis/analysis_parts.h - what the files of the analysis share.
 *
 *     analysis.c         the analyzer: languages, marks, running a text
 *     analysis_chars.c   what a character is, and folding
 *     analysis_han.h     one form of Chinese characters
 *     analysis_words.c   text -> pieces and what links them
 *     analysis_tokens.c  pieces -> words, joined forms and twins
 *     analysis_stems.c   stemmers and their caches
 *     analysis_query.c   what one typed word means
 *     analysis_fts5.c    the FTS5 tokenizer
 *
 * Nothing here allocates while it reads a text, except for the first use of
 * a language; all lengths are bounded, so that FTS5 can call it and see a
 * lack of memory as a return value.
 */
#ifndef INDEXER_ANALYSIS_PARTS_H
#define INDEXER_ANALYSIS_PARTS_H

#include "indexer/analysis/analysis.h"

/* Interface to analysis.c */

/* analyzer_new() for a known language or "none"; NULL: no memory. */
struct analyzer *analyzer_try(const char *language);

/* "\x02fr\x02": copy the language and return the length of the mark, or 0 if
 * there is none. */
size_t analysis_mark(const char *text, size_t size, char language[16]);

/* The terms that a word has in every other language than the one that the
 * token is of, and in those without a stemmer; `sink` as in analysis.h. */
int analyzer_elsewhere(struct analyzer *analyzer, const struct token *token,
                       token_sink sink, void *context);

/* Interface to analysis_chars.c */

enum char_class {
    CHAR_LOWER = 1,
    CHAR_UPPER = 2,
    CHAR_LETTER = 4, /* a letter of a script without case */
    CHAR_DIGIT = 8,
    CHAR_MARK = 16,   /* belongs to the word it stands in, begins none */
    CHAR_BIGRAM = 32, /* of a script written without spaces */
    CHAR_ALPHA = CHAR_LOWER | CHAR_UPPER | CHAR_LETTER,
    CHAR_START = CHAR_ALPHA | CHAR_DIGIT,
    CHAR_WORD = CHAR_START | CHAR_MARK
};

/* The classes of the ASCII characters. */
extern const unsigned char char_ascii[128];

/* The class of the character at `text`, which has at least one byte; its
 * length and code point.  A byte that is no UTF-8 is U+FFFD of class 0. */
unsigned char_look(const char *text, size_t size, size_t *length,
                   uint32_t *code);

/* Where the character at `at` ends, with what makes one with it, if it is of a
 * script without spaces; else 0. */
size_t char_character(const char *text, size_t size, size_t at);

/*
 * NFKC, case and diacritics folded, cut to WORD_SIZE_MAX bytes; what is not
 * part of a word is dropped.  Returns the number of bytes in `out`, which has
 * room for WORD_SIZE_MAX.
 */
size_t char_fold(char *out, const char *text, size_t size);

/* The same of a word that may be longer: the end of it is then a hash. */
size_t char_fold_long(char *out, const char *text, size_t size);

/* Of a folded word of more than WORD_SIZE_MAX bytes, put the beginning and a
 * hash of the rest, which keeps different ones apart; `out` may be `word`. */
size_t char_shorten(char *out, const char *word, size_t size);

/* The same as char_fold() with the diacritics kept, as a stemmer wants it. */
size_t char_lower(char *out, const char *text, size_t size, bool turkish);

/* The same as char_fold() in upper case: the twin of a folded word. */
size_t char_raise(char *out, const char *folded, size_t size);

/* Interface to analysis_stems.c */

struct stems;

/* Row of the language in the table, or -1. */
int stems_find(const char *name);
int stems_count(void);
const char *stems_code(int language);

/* NULL: no memory. */
struct stems *stems_new(int language);
void stems_free(struct stems *stems);

/* The stem of a word, folded, with the mark of its language; good until the
 * next call, as are the notes; NULL: no memory. */
const char *stems_get(struct stems *stems, const char *word, size_t size,
                      size_t *stem_size, struct token_notes **notes);

/* Notes on a term that is not stemmed; NULL: none are kept of it. */
struct token_notes *stems_keep(struct stems *stems, const char *term,
                               size_t size);

/* stems_get() or stems_keep() will be asked for this word: let its place come
 * from memory. */
void stems_expect(const struct stems *stems, const char *word, size_t size);

/* Interface to analysis_words.c */

/* The longest chain of pieces that is looked at as one; the rest of a longer
 * one is a chain of its own. */
#define PIECES_MAX 12

/* A run of letters and digits, a number, or an acronym with its dots. */
struct piece {
    size_t start;
    size_t end;
    size_t size; /* of `folded` */
    unsigned letters;
    unsigned lowers;
    bool capital;
    bool digits;          /* has any */
    bool number;          /* begins with one */
    size_t accented_size; /* 0: the same */
    char folded[WORD_SIZE_MAX];
    char accented[WORD_SIZE_MAX]; /* before the diacritics went */
};

/* A word of which what is known is on its way from memory. */
struct late {
    struct token token;
    bool as_is;       /* never stemmed */
    size_t twin_size; /* 0: it has none */
    char folded[WORD_SIZE_MAX];
    char accented[WORD_SIZE_MAX];
    char twin[WORD_SIZE_MAX];
};

#define LATE 8

struct scan {
    const char *text;
    size_t size;
    size_t at;
    struct stems *stems; /* NULL: no stemming */
    bool elides;         /* l'homme is homme */
    bool turkish;        /* I is a capital of the dotless i */
    bool unaccented;     /* the stemmer knows no accents */
    bool spells_out;     /* a with dots is also written ae */
    token_sink sink;
    void *context;
    int result;

    uint32_t position;
    uint32_t sentence;
    uint32_t paragraph;
    bool any;            /* there was a token */
    bool ends_sentence;  /* if what comes is not in lower case */
    bool ends_paragraph; /* a line ended */
    size_t last_end;     /* the last word, to know abbreviations by */
    size_t last_size;
    bool last_capital;
    char last[8];

    size_t waiting; /* of `late`: so many from `late_first` */
    size_t late_first;

    size_t prefix_start; /* a sign directly before the chain: "#", "$" */
    size_t prefix_end;
    size_t suffix_end; /* and behind: "%", "++" */
    size_t pieces;
    char link[PIECES_MAX]; /* before each piece but the first, as ASCII */
    struct piece piece[PIECES_MAX];
    struct late late[LATE]; /* a ring */
};

/* Read the whole text. */
void scan_run(struct scan *scan);

/* Interface to analysis_tokens.c */

/* Hand out what the chain of pieces in `scan` means. */
void tokens_of_chain(struct scan *scan);

/* The same for the usual case: one piece with nothing around it, or with a
 * dot behind it that may end the sentence. */
void tokens_of_piece(struct scan *scan, bool dot);

/* Hand out the words that wait still. */
void tokens_end(struct scan *scan);

/* One word of its own: a bigram, or the last character of a run of them.  False
 * if there is nothing in it that is kept. */
bool tokens_of_bigram(struct scan *scan, size_t start, size_t end, bool last);

#endif
