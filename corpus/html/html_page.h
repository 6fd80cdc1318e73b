/*
 * corpus/html/html_page.h - what the rules of html_*.c share about one page.
 *
 * html.c fills it in this order: tree, blocks, stated (JSON-LD), meta; then
 * each rule reads it and writes its member of `article`.
 */
#ifndef CORPUS_HTML_PAGE_H
#define CORPUS_HTML_PAGE_H

#include "corpus/article/article.h"
#include "corpus/html/html_block.h"
#include "corpus/html/html_jsonld.h"
#include "corpus/html/html_likeness.h"
#include "corpus/html/html_scan.h"
#include "corpus/html/html_tree.h"

/* A name of a <meta> element, and what it says; borrowed from the tree. */
struct html_meta_name {
    const char *name;
    const char *content;
    uint32_t node;
};

struct html_page {
    struct html_scan scan;
    struct html_tree tree;
    struct html_blocks blocks;
    struct html_jsonld stated;
    struct article *article;      /* borrowed */
    uint32_t headline;            /* the node that shows it, or 0 */
    uint32_t body;                /* the node that holds the body, or 0 */
    uint32_t story;               /* the smallest node around both */
    struct html_wording said;     /* the headline, while the body is judged */
    struct html_meta_name *metas; /* what <meta> elements say, by name */
    size_t meta_count;
    size_t meta_room;
};

#define HTML_PAGE_INIT                              \
    ((struct html_page){.scan = HTML_SCAN_INIT,     \
                        .blocks = HTML_BLOCKS_INIT, \
                        .stated = HTML_JSONLD_INIT})

/* The first <meta> whose name, property or itemprop is `name`, with a content
 * that is not empty; NULL if there is none.  Borrowed from the tree. */
const char *html_meta(const struct html_page *page, const char *name);

/* The page's canonical address, or Open Graph's; NULL if it states none.
 * Borrowed from the tree. */
const char *html_address(const struct html_page *page);

/* The text of <title>. */
void html_title(const struct html_tree *tree, struct buf *out);

/* Members that are no more than stated: URL, publication, section, language;
 * `url` is where the page was fetched, or NULL. */
void html_stated(struct html_page *page, const char *url);

/* Find the <meta> elements, for html_meta(). */
void html_meta_find(struct html_page *page);

/* Append the letters and digits of a text, in lower case where that is one
 * byte, and nothing between them: what "the same text" is judged by. */
void html_letters(const char *text, size_t size, struct buf *out);

/* Is `name` a member of this element's itemprop? */
bool html_has_itemprop(const struct html_node *node, const char *name);

/* article_set_origin() with the element as the place. */
void html_origin(struct html_page *page, enum article_member member,
                 const char *rule, uint32_t node);

/* The decisions, one file each. */
void html_headline(struct html_page *page);
void html_authors(struct html_page *page);
void html_date(struct html_page *page, const char *url);
void html_captions(struct html_page *page);
void html_body(struct html_page *page);
void html_kind(struct html_page *page);
void html_keywords(struct html_page *page);

/* The first date with a year of two digits, "25.04.24", in a text. */
bool html_find_short_date(const char *text, size_t size, struct date *date);

/* Does a block speak of the site instead of the story: "Read more"? */
bool html_is_phrase(const char *text, size_t size);

/* Find `body` and `story`; needs the headline. */
void html_root(struct html_page *page);

/* All blocks that are text and not boilerplate, for html_fragment(). */
void html_body_whole(struct html_page *page);

#endif
