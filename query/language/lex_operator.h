/*
 * query/language/lex_operator.h - does a text begin with an operator?
 *
 * For prose.h, which asks this of a text before it is cut into lexemes.
 */
#ifndef QUERY_LEX_OPERATOR_H
#define QUERY_LEX_OPERATOR_H

#include <stdbool.h>
#include <stddef.h>

/* AND, OR, NOT, NEAR, SAME, &&: exactly this run. */
bool lex_is_capital_operator(const char *run, size_t size);

/* and, or, not, same */
bool lex_is_small_operator(const char *run, size_t size);

/* w/5, near5, /s, adj3 ... in any case */
bool lex_is_proximity(const char *run, size_t size);

/* A name and its sign with a value beside it: "hd:x", "by=kim". */
bool lex_is_field(const char *text, size_t size);

/* A name and a parenthesis: "hlead(", "atleast5(". */
bool lex_is_function(const char *text, size_t size);

#endif
