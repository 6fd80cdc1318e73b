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

#include "corpus/base/list.h"
#include "corpus/date/date.h"
#include "corpus/paper/mets_page.h"
#include "corpus/syntax/xml.h"

struct article;
struct input;

/* Two divisions that belong together. */
struct mets_link {
    const xmlNode *from;
    const xmlNode *to;
};

struct mets_id {
    char *id;
    const xmlNode *node;
};

struct mets_issue {
    xmlDoc *doc;
    const xmlNode *root;
    const xmlNode *map; /* the logical one, or NULL */
    struct mets_page *page;
    size_t pages;
    size_t page_room;
    struct mets_id *id; /* of elements, in order */
    size_t ids;
    size_t id_room;
    struct mets_link *link;
    size_t links;
    size_t link_room;
    struct list problems; /* sentences about pages that cannot be read */
    struct buf identity;  /* of the issue; empty if it has none */
    struct buf title;     /* of the newspaper */
    struct date date;
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

/* The division that is a story behind `story` in the logical map; the first if
 * that is NULL; NULL at the end. */
const xmlNode *mets_issue_story(const struct mets_issue *issue,
                                const xmlNode *story);

/* Fill `article` with a story, or with a whole page. */
void mets_issue_article(const struct mets_issue *issue, const xmlNode *story,
                        struct article *article);
void mets_issue_page(const struct mets_issue *issue, size_t page,
                     struct article *article);

#endif
