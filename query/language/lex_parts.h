/*
 * query/language/lex_parts.h - what the files of lex.h share; nobody else
 * includes it.
 *
 *     lex.c           the text, cut into runs; words, quotes and marks
 *     lexeme.c        the lexemes that are made of it
 *     lex_operator.c  the runs that are operators, functions, fields, ranges
 *     lex_prose.c     a text in which nothing is
 */
#ifndef QUERY_LEX_PARTS_H
#define QUERY_LEX_PARTS_H

#include "query/language/lex.h"
#include "query/language/prose.h"

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
    enum query_kind kind;
};

/* --- lexeme.c --- */

/* Append a lexeme with nothing but its kind; borrowed until the next one. */
struct lexeme *lex_emit(struct lexer *lexer, enum lexeme_kind kind);

/* The digits [at, end) as a number of at most `most`; -1 if they are not. */
int lex_run_number(const struct lexer *lexer, size_t at, size_t end, int most);

/* Does the lexeme before hold for one that comes after it? */
bool lex_is_prefixed(const struct lexer *lexer);

/* --- lex_operator.c --- */

/* Read what begins at lexer->at, in a run that ends at `end`, if it is more
 * than a word.  False if it is not: lexer->at stays where it is. */
bool lex_operator(struct lexer *lexer, size_t end);

/* --- lex_prose.c --- */

/* All words from lexer->at on. */
void lex_prose(struct lexer *lexer);

/* Read what begins at lexer->at if it is an address of the web, or as much as
 * that of "mailto:"; false if it is not. */
bool lex_address(struct lexer *lexer);

/* 1 if the sign at `at` parts two words that were typed without a blank:
 * "paso,texas", "winter/spring", but not "1,250" or "km/h"; else 0. */
size_t lex_parting(const char *text, size_t size, size_t at);

/* A text that is nothing but an address is looked for in the texts and among
 * the addresses of the articles; false if it is not that. */
bool lex_pasted_address(struct lexer *lexer);

/* Read "R & D" as the word that it is elsewhere; false if it is not that. */
bool lex_initials(struct lexer *lexer);

#endif
