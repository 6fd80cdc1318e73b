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

    if (token->kind == TOKEN_LAST)
        return 0;
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

/* How many other ways there are to type the word of token `first`. */
static size_t
ways_of(const struct gathering *all, size_t first)
{
    size_t ways = 0;

    for (size_t i = first + 1;
         i < all->count && all->token[i].position == all->token[first].position;
         i++)
        ways += all->token[i].kind == TOKEN_PLAIN;
    return ways;
}

/* The word of token `first` in a way of typing it, as far as it has one. */
static const struct query_term *
typed_in_way(const struct gathering *all, size_t first, size_t way)
{
    size_t at = first;

    for (size_t i = first + 1;
         way && i < all->count &&
         all->token[i].position == all->token[first].position;
         i++) {
        if (all->token[i].kind != TOKEN_PLAIN)
            continue;
        at = i;
        way--;
    }
    return &all->token[at].term;
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
    /* What it ends in goes on: the counter of a number is part of a word. */
    for (size_t i = first + 1; best && i < all->count; i++)
        if (all->token[i].start < best->end && all->token[i].end > best->end)
            return NULL;
    return best;
}

/* Does a joined form stand for several words? */
static bool
is_of_words(const struct gathering *all, size_t first, const struct kept *whole)
{
    for (size_t i = first + 1; i < all->count; i++)
        if (all->token[i].kind == TOKEN_WORD &&
            all->token[i].start < whole->end)
            return true;
    return false;
}

/* Other joined forms of all that was typed: the figures of a number. */
static void
read_other_forms(const struct gathering *all, struct query_word *word)
{
    const struct kept *first = widest(all, 0);

    for (size_t i = 1; first && i < all->count; i++) {
        const struct kept *token = &all->token[i];

        if (token == first || token->kind != TOKEN_JOINED ||
            token->start != first->start || token->end != first->end ||
            first->end < all->token[all->count - 1].end ||
            word->readings == READINGS_MAX)
            continue;
        reading_begin(word);
        word_add(word, &token->term);
        word->readings++;
    }
}

/*
 * The reading with every joined form taken.  Returns whether the words may
 * also stand apart: if there was a joined form, and no sign was typed that
 * belongs to a word ("50%"); one between words is only that.
 */
static bool
read_joined(const struct gathering *all, size_t way, struct query_word *word)
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
        word_add(word, whole ? &whole->term : typed_in_way(all, i, way));
        if (whole) {
            joined = true;
            covered = whole->end;
            sign = sign ||
                   (has_sign(whole->term.term) && !is_of_words(all, i, whole));
        }
    }
    word->readings++;
    return joined && !sign;
}

static void
read_apart(const struct gathering *all, size_t way, struct query_word *word)
{
    reading_begin(word);
    for (size_t i = 0; i < all->count; i++) {
        if (all->token[i].kind == TOKEN_WORD)
            word_add(word, typed_in_way(all, i, way));
    }
    word->readings++;
}

void
analysis_query(struct analyzer *analyzer, const char *language,
               const char *text, size_t size, struct query_word *word)
{
    struct gathering all = {0};
    size_t ways = 0;

    word->terms = 0;
    word->readings = 0;
    word->single = false;
    word->twin[0] = '\0';
    if (analyzer_run(analyzer, language, text, size, gather, &all))
        mem_got(NULL);
    for (size_t i = 0; i < all.count; i++)
        if (all.token[i].kind == TOKEN_WORD && ways_of(&all, i) > ways)
            ways = ways_of(&all, i);
    for (size_t way = 0;
         all.count > 0 && way <= ways && word->readings + 2 <= READINGS_MAX;
         way++) {
        bool apart = read_joined(&all, way, word);

        word->single = !way ? !apart && word->terms == 1 : word->single;
        if (apart)
            read_apart(&all, way, word);
    }
    if (all.count > 0)
        read_other_forms(&all, word);
    if (word->single)
        memcpy(word->twin, all.twin, sizeof(word->twin));
    free(all.token);
}

void
query_word_release(struct query_word *word)
{
    free(word->term);
    *word = QUERY_WORD_INIT;
}
