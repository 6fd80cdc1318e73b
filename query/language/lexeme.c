/* The lexemes of a query, and the numbers in them. */
#include <stdlib.h>
#include <string.h>

#include "corpus/base/ascii.h"
#include "corpus/base/mem.h"
#include "query/language/lex_parts.h"

struct lexeme *
lex_emit(struct lexer *lexer, enum lexeme_kind kind)
{
    struct lexemes *out = lexer->out;
    struct lexeme *item;

    out->item = mem_grow(out->item, out->count, &out->room, sizeof(*out->item));
    item = &out->item[out->count++];
    memset(item, 0, sizeof(*item));
    item->kind = kind;
    return item;
}

void
lexemes_release(struct lexemes *lexemes)
{
    for (size_t i = 0; i < lexemes->count; i++)
        free(lexemes->item[i].text);
    free(lexemes->item);
    *lexemes = (struct lexemes){0};
}

bool
lex_is_prefixed(const struct lexer *lexer)
{
    if (!lexer->out->count)
        return false;
    switch ((int)lexer->out->item[lexer->out->count - 1].kind) {
    case LEX_NOT:
    case LEX_PLUS:
    case LEX_EXACT:
    case LEX_ZONE:
    case LEX_ATLEAST:
    case LEX_MAJOR:
    case LEX_CASE:
        return true;
    default:
        return false;
    }
}

int
lex_run_number(const struct lexer *lexer, size_t at, size_t end, int most)
{
    int value = 0;

    if (at == end)
        return -1;
    for (; at < end; at++) {
        if (!ascii_is_digit(lexer->text[at]))
            return -1;
        if (value <= most)
            value = value * 10 + (lexer->text[at] - '0');
    }
    return value > most ? most : value;
}
