/*
 * query/language/parse_parts.h - what the files of the parser share; nobody
 * else includes it.
 *
 *     parse.c       the grammar, and what the operators become
 *     parse_leaf.c  words, quotes and ranges: where the tree ends
 *
 * A function that reads a part moves parser->at past it, and returns NULL
 * if nothing is left of it.
 */
#ifndef QUERY_PARSE_PARTS_H
#define QUERY_PARSE_PARTS_H

#include "query/language/expr.h"
#include "query/language/lex.h"

struct parser {
    const struct lexeme *at;
    const struct expr_limits *limits;
    struct list *notes;
    size_t depth;
    size_t words;
    size_t patterns;
    bool words_full;
    bool patterns_full;
    bool deep;
    bool unpaired;
};

/* Leave a note, unless it was `*said` already. */
static inline void
parse_note(const struct parser *parser, bool *said, const char *sentence)
{
    if (!*said)
        list_add_text(parser->notes, sentence);
    *said = true;
}

/* --- parse_leaf.c --- */

/* A word or pattern; of `flags`, EXPR_EXACT if it stands after "=". */
struct expr *parse_word(struct parser *parser, unsigned flags);

/* A quote; of `flags`, EXPR_EXACT and EXPR_STEMMED. */
struct expr *parse_quote(struct parser *parser, unsigned flags);

/* A date or a length. */
struct expr *parse_range(struct parser *parser);

#endif
