/*
 * corpus/paper/mets_page.h - the words of one ALTO page, to be found by the
 * names of what they stand in: a block, a line, or a word itself.
 *
 *     TextBlock ID="b7" / TextLine / String ID="w31" CONTENT="Coal"
 *
 * A page's tree is large, and an issue has many; so only this is kept of it.
 */
#ifndef CORPUS_METS_PAGE_H
#define CORPUS_METS_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "corpus/base/buf.h"
#include "corpus/base/error.h"

struct mets_word {
    size_t at; /* in the page's text */
    size_t size;
    size_t block; /* the number of its block */
    bool goes_on; /* in the next: it is broken */
};

/* Something with a name, and the words in it. */
struct mets_mark {
    size_t id; /* where its name stands in `ids` */
    size_t first;
    size_t end;
};

struct mets_page {
    struct buf href;
    struct buf text;
    struct buf ids; /* each ended by a NUL */
    struct buf language;
    struct mets_word *word;
    size_t words;
    size_t word_room;
    struct mets_mark *mark; /* in the order of their names */
    size_t marks;
    size_t mark_room;
    size_t blocks;
};

#define METS_PAGE_INIT                    \
    ((struct mets_page){.href = BUF_INIT, \
                        .text = BUF_INIT, \
                        .ids = BUF_INIT,  \
                        .language = BUF_INIT})

/* Read ALTO.  `name` is the issue's, for the error. */
enum status mets_page_read(struct mets_page *page, const char *data,
                           size_t size, const char *name, struct error *err);
void mets_page_release(struct mets_page *page);

/* The words from the start of what is called `begin` to the end of what is
 * called `end`, or of `begin` if that is not there.  False if `begin` is not
 * there. */
bool mets_page_find(const struct mets_page *page, const char *begin,
                    const char *end, size_t *first, size_t *behind);

/* Append the words from `*first` on that are of one block, before `end`;
 * `*first` moves behind them. */
void mets_page_block(const struct mets_page *page, size_t *first, size_t end,
                     struct buf *out);

#endif
