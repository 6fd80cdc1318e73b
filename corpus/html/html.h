/*
 * corpus/html/html.h - from a web page, or a piece of one, to an article.
 *
 * What a page states about itself is believed in this order: JSON-LD, meta
 * and Open Graph, microdata, what the page shows.  Each member's origin
 * names the rule that gave it and the place.
 *
 *     html_scan   the bytes, less scripts and bombs
 *     html_tree   parsed, as a flat array
 *     html_block  cut into blocks of text
 *     html_jsonld, html_meta            what the page states
 *     html_headline, html_authors, html_date, html_caption, html_body,
 *     html_keywords
 *                                       one decision each
 */
#ifndef CORPUS_HTML_H
#define CORPUS_HTML_H

#include <stddef.h>

#include "corpus/base/error.h"

struct article;

/*
 * Fill `article`, which comes cleared, from a page.  `charset` (may be NULL)
 * is what an HTTP header or a person said, `url` (may be NULL) where the page
 * was fetched; the page's own canonical address goes before it.
 *
 * article->kind says whether it is an article at all.  STATUS_LIMIT for a
 * page above HTML_SIZE_MOST of html_scan.h.  The caller calls article_tidy().
 */
enum status html_article(struct article *article, const char *bytes,
                         size_t size, const char *charset, const char *url,
                         struct error *err);

/*
 * Append the paragraphs and captions of a fragment, such as a feed's
 * <content:encoded>, to `article`.  All of the fragment is taken to be the
 * article: only pictures, sharing, links to other stories and the like are
 * left out.  `text` is valid UTF-8.
 */
enum status html_fragment(struct article *article, const char *text,
                          size_t size, struct error *err);

#endif
