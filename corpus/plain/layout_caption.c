#include "corpus/plain/layout_caption.h"

#include <stdbool.h>
#include <string.h>

#include "corpus/base/ascii.h"
#include "corpus/date/date.h"
#include "corpus/plain/block.h"
#include "corpus/story/byline.h"

/*
 * In most dumps a picture leaves two lines, its caption and its credit:
 *
 *     A paragraph of the story.
 *     The bridge on Monday, before the water rose.     caption
 *     © Halden Ledger | Jane Doe                       credit
 *     The next paragraph.
 *
 * Some put the credit first.  Others leave a label instead ("Enlarge
 * image"), and the caption is what comes after it.
 */

enum {
    CAPTION_LEAST = 3, /* words */
    CAPTION_MOST = 45,
    CAPTION_LOOSE = 30, /* with what only looks like a credit below it */
    CAPTION_BELOW = 6,  /* words at least, below its credit */
    SENTENCES_MOST = 2,
    CREDIT_WORDS = 8,
    CREDIT_BYTES = 90,
    DOUBLE_WORDS = 5,
    DOUBLE_BYTES = 15,
    DATE_WORDS = 8,
    REACH = 12 /* blocks without words between a caption and its credit */
};

static bool
is_capital(char byte)
{
    return ascii_is_upper(byte) || (unsigned char)byte >= 0x80;
}

static bool
is_date_line(const struct block *block)
{
    struct date date;

    return block->words <= DATE_WORDS &&
           date_find(block->text, block->size, true, &date, NULL) > 0;
}

/* A sentence ends where a capital follows its mark. */
static size_t
count_sentences(const struct block *block)
{
    size_t sentences = 1;

    for (size_t at = 1; at + 2 < block->size; at++)
        sentences += strchr(".!?", block->text[at]) != NULL &&
                     block->text[at + 1] == ' ' &&
                     is_capital(block->text[at + 2]);
    return sentences;
}

static bool
may_be_caption(const struct block *block, size_t least, size_t most)
{
    return (block->kind == BLOCK_SHORT || block->kind == BLOCK_PROSE) &&
           block->words >= least && block->words <= most && !block->bullet &&
           byline_look(block->text, block->size) != BYLINE_SURE &&
           !is_date_line(block);
}

/* "Jane Doe/Wire", "Halden Ledger | Jane Doe": two names and their mark. */
static bool
joins_names(const char *text, size_t size)
{
    bool joined = false;

    for (size_t at = 1; at + 1 < size; at++) {
        size_t next = at + 1;

        if (text[at] != '/' && text[at] != '|')
            continue;
        if (text[at - 1] == '/' || text[at - 1] == ':')
            return false; /* an address */
        while (next < size && (text[next] == ' ' || text[next] == '('))
            next++;
        joined = joined || (next < size && is_capital(text[next]));
    }
    return joined && is_capital(*text);
}

/* A name in brackets is a credit, "(AP, DPA)" the end of an agency's text. */
/* Does the block look like a credit, though it has no word of one? */
static bool
looks_like_credit(const struct block *block)
{
    const char *text = block->text;
    const size_t size = block->size;

    if (block->kind != BLOCK_SHORT || block->words > CREDIT_WORDS ||
        size > CREDIT_BYTES || size < 2 || is_date_line(block))
        return false;
    if (*text == '(' && text[size - 1] == ')')
        return is_capital(text[1]) && ascii_has_lower(text, size) &&
               !memchr(text + 1, '(', size - 1);
    return !block->ends && joins_names(text, size);
}

/* The block `step` away that holds words; `blocks->count` if none is in
 * reach. */
static size_t
neighbour(const struct blocks *blocks, size_t at, int step, size_t first,
          size_t end)
{
    size_t i = at;

    for (int steps = 0; steps < REACH; steps++) {
        if (step > 0 ? i + 1 >= end : i <= first)
            break;
        i = step > 0 ? i + 1 : i - 1;
        if (blocks->item[i].words)
            return i;
    }
    return blocks->count;
}

/* The caption of the credit at `at`: above it, or if there is none, below. */
static void
find_caption(struct blocks *blocks, size_t at, size_t first, size_t end)
{
    struct block *item = blocks->item;
    const bool sure = item[at].kind == BLOCK_CREDIT;
    const size_t above = neighbour(blocks, at, -1, first, end);
    const size_t below = neighbour(blocks, at, 1, first, end);

    if (above < blocks->count && item[above].kind == BLOCK_CAPTION) {
        item[at].kind = BLOCK_CREDIT;
    } else if (above < blocks->count &&
               may_be_caption(&item[above], CAPTION_LEAST,
                              sure ? CAPTION_MOST : CAPTION_LOOSE) &&
               count_sentences(&item[above]) <= SENTENCES_MOST) {
        item[above].kind = BLOCK_CAPTION;
        item[at].kind = BLOCK_CREDIT;
    } else if (sure && below < blocks->count &&
               may_be_caption(&item[below], CAPTION_BELOW, CAPTION_LOOSE) &&
               count_sentences(&item[below]) == 1) {
        item[below].kind = BLOCK_CAPTION;
    }
}

static void
find_labelled(struct blocks *blocks, size_t at, size_t first, size_t end)
{
    const size_t below = neighbour(blocks, at, 1, first, end);

    if (below < blocks->count &&
        may_be_caption(&blocks->item[below], CAPTION_LEAST, CAPTION_MOST))
        blocks->item[below].kind = BLOCK_CAPTION;
}

/* Is `b` the text of `a` with a credit behind it, or without? */
static bool
extends(const struct block *a, const struct block *b)
{
    return a->size >= DOUBLE_BYTES && b->size > a->size &&
           b->size - a->size <= CREDIT_BYTES &&
           memcmp(a->text, b->text, a->size) == 0;
}

/* A picture's description for those who do not see it is often its caption
 * word for word, and dumps print both. */
static void
find_double(struct blocks *blocks, size_t at, size_t end)
{
    struct block *item = blocks->item;

    if (!may_be_caption(&item[at], CAPTION_LEAST, CAPTION_MOST))
        return;
    for (size_t i = at + 1; i < end && i <= at + 2; i++) {
        if (extends(&item[at], &item[i]) || (item[at].words >= DOUBLE_WORDS &&
                                             block_same(&item[at], &item[i]))) {
            item[at].kind = BLOCK_CAPTION;
            item[i].kind = BLOCK_CAPTION;
        }
    }
}

/* The same where both came to stand on one line: keep one of the two. */
static void
find_repeated(struct block *block)
{
    const char *text = block->text;
    const size_t size = block->size;

    for (size_t half = DOUBLE_BYTES; 2 * half + 1 <= size; half++) {
        if (text[half] == ' ' && memcmp(text, text + half + 1, half) == 0) {
            block->kind = BLOCK_CAPTION;
            block->text += half + 1;
            block->size -= half + 1;
            find_repeated(block);
            return;
        }
    }
}

void
layout_captions(struct blocks *blocks, size_t first, size_t end)
{
    for (size_t i = first; i < end && i < blocks->count; i++) {
        struct block *block = &blocks->item[i];

        if (may_be_caption(block, CAPTION_LEAST, 3 * (size_t)CAPTION_MOST))
            find_repeated(block);
        if (block->kind == BLOCK_PICTURE)
            find_labelled(blocks, i, first, end);
        else if (block->kind == BLOCK_CREDIT || looks_like_credit(block))
            find_caption(blocks, i, first, end);
        else
            find_double(blocks, i, end);
    }
}
