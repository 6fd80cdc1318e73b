#include <stdlib.h>
#include <string.h>

#include "corpus/base/mem.h"
#include "indexer/analysis/analysis_parts.h"

/* One token, kept. */
struct kept {
    enum token_kind kind;
    uint32_t position;
    size_t start;
    size_t end;
    struct query_term term;
};

struct gathering {
    struct kept *token;
    size_t count;
    size_t room;
    char twin[TERM_SIZE_MAX + 1];
};

static void
copy_term(char *out, const char *term, size_t size)
{
    memcpy(out, term, size);
    out[size] = '\0';
}

static int
gather(void *context, const struct token *token)
{
    struct gathering *all = context;
    struct kept *kept;

    if (token->kind == TOKEN_CAPS) {
        copy_term(all->twin, token->term, token->term_size);
        return 0;
    }
    all->token =
        mem_grow(all->token, all->count, &all->room, sizeof(*all->token));
    kept = &all->token[all->count++];
    kept->kind = token->kind;
    kept->position = token->position;
    kept->start = token->start;
    kept->end = token->end;
    copy_term(kept->term.term, token->term, token->term_size);
    copy_term(kept->term.folded, token->folded, token->folded_size);
    return 0;
}

static void
word_add(struct query_word *word, const struct query_term *term)
{
    word->term =
        mem_grow(word->term, word->terms, &word->room, sizeof(*word->term));
    word->term[word->terms++] = *term;
    word->reading[word->readings].terms++;
}

static void
reading_begin(struct query_word *word)
{
    word->reading[word->readings].first = word->terms;
    word->reading[word->readings].terms = 0;
}

/* Was a sign typed that the joined form keeps? */
static bool
has_sign(const char *term)
{
    size_t size = strlen(term);

    while (size > 0) {
        size_t length;
        uint32_t code;

        if (!char_look(term, size, &length, &code))
            return true;
        term += length;
        size -= length;
    }
    return false;
}

/* The joined form at the position of token `first` that covers most. */
static const struct kept *
widest(const struct gathering *all, size_t first)
{
    const struct kept *word = &all->token[first];
    const struct kept *best = NULL;

    for (size_t i = first + 1; i < all->count; i++) {
        const struct kept *token = &all->token[i];

        if (token->position != word->position)
            break;
        if (token->kind == TOKEN_JOINED && token->start <= word->start &&
            token->end >= word->end && (!best || token->end > best->end))
            best = token;
    }
    return best;
}

/*
 * The reading with every joined form taken.  Returns whether the words may
 * also stand apart: if there was a joined form and no sign was typed.
 */
static bool
read_joined(const struct gathering *all, struct query_word *word)
{
    bool joined = false;
    bool sign = false;
    size_t covered = 0;

    reading_begin(word);
    for (size_t i = 0; i < all->count; i++) {
        const struct kept *token = &all->token[i];
        const struct kept *whole;

        if (token->kind != TOKEN_WORD || token->start < covered)
            continue;
        whole = widest(all, i);
        word_add(word, whole ? &whole->term : &token->term);
        if (whole) {
            joined = true;
            covered = whole->end;
            sign = sign || has_sign(whole->term.term);
        }
    }
    word->readings++;
    return joined && !sign;
}

static void
read_apart(const struct gathering *all, struct query_word *word)
{
    reading_begin(word);
    for (size_t i = 0; i < all->count; i++) {
        if (all->token[i].kind == TOKEN_WORD)
            word_add(word, &all->token[i].term);
    }
    word->readings++;
}

void
analysis_query(struct analyzer *analyzer, const char *language,
               const char *text, size_t size, struct query_word *word)
{
    struct gathering all = {0};

    word->terms = 0;
    word->readings = 0;
    word->twin[0] = '\0';
    if (analyzer_run(analyzer, language, text, size, gather, &all))
        mem_got(NULL);
    if (all.count > 0) {
        if (read_joined(&all, word))
            read_apart(&all, word);
        if (word->readings == 1 && word->terms == 1)
            memcpy(word->twin, all.twin, sizeof(word->twin));
    }
    free(all.token);
}

void
query_word_release(struct query_word *word)
{
    free(word->term);
    *word = QUERY_WORD_INIT;
}
