/*
 * query/language/lex_parts.h - what the files of lex.h share; nobody else
 * includes it.
 *
 *     lex.c           the text, cut into runs; words, quotes and marks
 *     lexeme.c        the lexemes that are made of it
 *     lex_operator.c  the runs that are operators, functions, fields, ranges
 */
#ifndef QUERY_LEX_PARTS_H
#define QUERY_LEX_PARTS_H

#include "query/language/lex.h"

enum {
    LEX_NEAR_MAX = 10000 /* words apart */
};

struct lexer {
    struct lexemes *out;
    const char *text;
    size_t size;
    size_t at;
    int64_t now;
    struct list *notes;
    bool shouting;
};

/* --- lexeme.c --- */

/* Append a lexeme with nothing but its kind; borrowed until the next one. */
struct lexeme *lex_emit(struct lexer *lexer, enum lexeme_kind kind);

/* The digits [at, end) as a number of at most `most`; -1 if they are not. */
int lex_run_number(const struct lexer *lexer, size_t at, size_t end, int most);

/* --- lex_operator.c --- */

/* Read what begins at lexer->at, in a run that ends at `end`, if it is more
 * than a word.  False if it is not: lexer->at stays where it is. */
bool lex_operator(struct lexer *lexer, size_t end);

#endif
