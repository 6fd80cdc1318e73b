/*
 * corpus/paper/mets_issue.h - a METS file and its pages, read: which pieces of
 * which pages make an article.
 *
 *     structMap LOGICAL / div ISSUE / div ARTICLE / div TITLE / fptr / area
 *                                                      FILEID, BEGIN, END
 *     structLink / smLink from="article" to="a place of the physical map"
 *
 * Both ways from a division to its text are in use.  A division that is a
 * story is an article; those in it say what their text is.
 */
#ifndef CORPUS_METS_ISSUE_H
#define CORPUS_METS_ISSUE_H

#include <stdbool.h>
#include <stddef.h>

#include "corpus/article/article.h"
#include "corpus/base/list.h"
#include "corpus/base/seen.h"
#include "corpus/date/date.h"
#include "corpus/paper/mets_page.h"
#include "corpus/syntax/xml.h"

struct input;

/* Two divisions that belong together. */
struct mets_link {
    const xmlNode *from;
    const xmlNode *to;
    size_t number; /* in the order of the file */
};

struct mets_id {
    char *id;
    const xmlNode *node;
    size_t page; /* that a file is; SIZE_MAX for everything else */
};

struct mets_issue {
    xmlDoc *doc;
    size_t doc_size; /* bytes */
    const xmlNode *root;
    const xmlNode *map; /* the logical one, or NULL */
    struct mets_page *page;
    size_t pages;
    size_t page_room;
    struct mets_id *id; /* of elements, in order */
    size_t ids;
    size_t id_room;
    struct mets_link *link; /* in the order of `from`, then of the file */
    size_t links;
    size_t link_room;
    struct list problems; /* sentences about pages that cannot be read */
    struct buf identity;  /* of the issue; empty if it has none */
    struct buf title;     /* of the newspaper */
    struct date date;

    struct seen abouts; /* descriptions of stories, by number */
    struct article *about;
    size_t about_room;

    /* Bytes of text that may still be given out.  An issue is given out once,
     * or twice where captions stand in stories too; one of a few bytes in which
     * each of a million divisions leads to all the others is not. */
    uint64_t budget;
    bool over;
};

#define METS_ISSUE_INIT \
    ((struct mets_issue){.identity = BUF_INIT, .title = BUF_INIT})

/* Read what corpus/input/issue.h has put together. */
enum status mets_issue_read(struct mets_issue *issue, struct input *input,
                            struct error *err);
void mets_issue_release(struct mets_issue *issue);

/* The element of this name, with '#' before it or not; NULL if there is
 * none. */
const xmlNode *mets_issue_find(const struct mets_issue *issue, const char *id);

/* The page that a file of this name is; NULL if there is none. */
const struct mets_page *mets_issue_page_of(const struct mets_issue *issue,
                                           const char *id);

/* The links from a division: from `*first` to before `*end`. */
void mets_issue_links(const struct mets_issue *issue, const xmlNode *from,
                      size_t *first, size_t *end);

/* The division that is a story behind `story` in the logical map; the first if
 * that is NULL; NULL at the end. */
const xmlNode *mets_issue_story(const struct mets_issue *issue,
                                const xmlNode *story);

/* Fill `article` with a story, or with a whole page.  When the budget does not
 * suffice, `over` comes true and what is left of the text is left out. */
void mets_issue_article(struct mets_issue *issue, const xmlNode *story,
                        struct article *article);
void mets_issue_page(struct mets_issue *issue, size_t page,
                     struct article *article);

#endif
