/*
 * corpus/html/html_jsonld.h - what a page states about itself in JSON-LD.
 *
 *     <script type="application/ld+json">
 *     {"@type": "NewsArticle", "headline": ..., "author": [{"name": ...}],
 *      "datePublished": ..., "articleBody": ..., "image": {"caption": ...}}
 *
 * The article may stand alone, in an array, in an "@graph", or be the
 * "mainEntity" of a page.  Of several the page's own counts, which has its
 * address or its title, else the first, one with a headline before one
 * without.  What is said by "@id" is looked up in all scripts.  Where there is
 * none a WebPage or the like may know when it was published.  Scripts that are
 * not quite JSON (comments around it, raw line ends in strings, a comma too
 * many) are mended before they are given up.
 */
#ifndef CORPUS_HTML_JSONLD_H
#define CORPUS_HTML_JSONLD_H

#include <stdbool.h>

#include "corpus/base/buf.h"
#include "corpus/base/list.h"

struct html_jsonld {
    bool found;      /* there was an article */
    unsigned script; /* in which script, from 1 */
    bool video;      /* the page's main thing is a VideoObject */
    bool listing;    /* ... or a CollectionPage, an ItemList */
    bool paywalled;  /* "isAccessibleForFree": false */

    struct buf headline;
    struct buf published; /* as written */
    struct buf body;
    struct buf description;
    struct buf publisher;
    struct buf section;
    struct buf language;
    struct buf url;
    struct list authors;
    struct list organisations; /* authors that say they are one */
    struct list captions;      /* as many credits, by the same number */
    struct list credits;
    struct list keywords; /* each one, or a line of them */
};

#define HTML_JSONLD_INIT                           \
    ((struct html_jsonld){.headline = BUF_INIT,    \
                          .published = BUF_INIT,   \
                          .body = BUF_INIT,        \
                          .description = BUF_INIT, \
                          .publisher = BUF_INIT,   \
                          .section = BUF_INIT,     \
                          .language = BUF_INIT,    \
                          .url = BUF_INIT})

void html_jsonld_release(struct html_jsonld *stated);

/* Read all scripts of a page; its address and its title, where they are known,
 * tell its own article from others. */
void html_jsonld_read(struct html_jsonld *stated, const struct list *scripts,
                      const char *url, const char *title);

#endif
