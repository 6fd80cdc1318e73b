/*
 * corpus/html/html_traits.h - what an element says about itself.
 *
 * Newsrooms' templates differ, the words in their classes and ids hardly do:
 * "related", "share", "byline".  A name is cut into words at '-', '_' and
 * inner capitals, and each word, and each two neighbours as one, is looked
 * up in a table:
 *
 *     class="ArticleBody__related-links"
 *       article body related links articlebody bodyrelated relatedlinks
 *
 * Whole words only: "shared" is not "share".
 */
#ifndef CORPUS_HTML_TRAITS_H
#define CORPUS_HTML_TRAITS_H

#include <stdint.h>

struct html_node;

enum {
    TRAIT_NAV = 1U << 0,        /* menus, breadcrumbs, paging */
    TRAIT_FOOTER = 1U << 1,     /* copyright, imprint */
    TRAIT_SHARE = 1U << 2,      /* buttons of social networks, print, mail */
    TRAIT_RELATED = 1U << 3,    /* links to other stories */
    TRAIT_ADVERT = 1U << 4,     /* advertising */
    TRAIT_NEWSLETTER = 1U << 5, /* subscribe, sign up, donate */
    TRAIT_COMMENTS = 1U << 6,   /* what readers wrote */
    TRAIT_CAPTION = 1U << 7,    /* the text of a picture */
    TRAIT_CREDIT = 1U << 8,     /* who took it */
    TRAIT_FIGURE = 1U << 9,     /* a picture, gallery or player */
    TRAIT_BYLINE = 1U << 10,    /* who wrote it */
    TRAIT_DATE = 1U << 11,      /* when */
    TRAIT_TAGS = 1U << 12,      /* keywords */
    TRAIT_BIO = 1U << 13,       /* about the author */
    TRAIT_BODY = 1U << 14,      /* the text of the article */
    TRAIT_ARTICLE = 1U << 15,   /* the article with all that belongs to it */
    TRAIT_DEK = 1U << 16,       /* the standfirst */
    TRAIT_HEADLINE = 1U << 17,
    TRAIT_HIDDEN = 1U << 18, /* not shown */
    TRAIT_ASIDE = 1U << 19,  /* sidebars, info boxes */
    TRAIT_META = 1U << 20,   /* byline, date and the like in one */
    TRAIT_EMBED = 1U << 21   /* a post from elsewhere */
};

/* What is no part of an article's text. */
#define HTML_BOILERPLATE                                                  \
    ((uint32_t)(TRAIT_NAV | TRAIT_FOOTER | TRAIT_SHARE | TRAIT_RELATED |  \
                TRAIT_ADVERT | TRAIT_NEWSLETTER | TRAIT_COMMENTS |        \
                TRAIT_CAPTION | TRAIT_CREDIT | TRAIT_HIDDEN | TRAIT_BIO | \
                TRAIT_ASIDE | TRAIT_FIGURE | TRAIT_TAGS))

uint32_t html_traits_of(const struct html_node *node);

#endif
