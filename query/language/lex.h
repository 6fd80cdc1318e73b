/*
 * query/language/lex.h - what was typed, cut into words, quotes and operators.
 *
 * Upper-case AND, OR, NOT, NEAR and SAME are operators, and so are NEAR/5,
 * near5, w/5, /5, pre/5, adj5, w/s, w/p in any case, and in an expert's query
 * lower-case and, or, not and same (prose.h); a backslash before a word
 * makes it a word.  In prose all are words.  Expert spellings of the news
 * databases are read here; from here on there is one of each.
 */
#ifndef QUERY_LEX_H
#define QUERY_LEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "corpus/base/buf.h"
#include "corpus/base/list.h"
#include "query/language/expr.h"
#include "query/language/prose.h"

enum lexeme_kind {
    LEX_END,
    LEX_WORD,    /* text */
    LEX_PATTERN, /* text */
    LEX_QUOTE,   /* text; n: within n words ("a b"~n), else 0 */
    LEX_OPEN,
    LEX_CLOSE,
    LEX_AND,
    LEX_OR,
    LEX_NOT,
    LEX_PLUS,
    LEX_NEAR, /* n, ordered */
    LEX_SENTENCE,
    LEX_PARAGRAPH,
    LEX_EXACT,   /* = before a word or quote */
    LEX_STEMMED, /* ~ before a quote */
    LEX_ZONE,    /* zone; n for ZONE_FIRST */
    LEX_ATLEAST, /* n */
    LEX_MAJOR,
    LEX_CASE,   /* letters */
    LEX_DATE,   /* from, to */
    LEX_LENGTH, /* from, to */
    LEX_BOOST,  /* boost, after what it belongs to */
    LEX_FUZZY   /* n, after a word */
};

struct lexeme {
    enum lexeme_kind kind;
    char *text;
    int n;
    bool ordered;
    enum expr_zone zone;
    enum expr_letters letters;
    double boost;
    int64_t from;
    int64_t to;
};

struct lexemes {
    struct lexeme *item; /* `count`, the last of them LEX_END */
    size_t count;
    size_t room;
};

/* A text as parse.c has prepared it, and how it is to be read. */
struct lex_text {
    const char *text; /* valid UTF-8 without control characters */
    size_t size;
    int64_t now;
    enum query_kind kind;
};

void lexemes_read(struct lexemes *lexemes, const struct lex_text *text,
                  struct list *notes);
void lexemes_release(struct lexemes *lexemes);

/* Append the text of a WORD, FUZZY or PATTERN so that it is read as such. */
void lexeme_print_word(const char *text, enum lexeme_kind kind,
                       struct buf *out);

#endif
