/*
 * query/nsearch/nsearch_read.h - one article: to be read, or to be opened
 * where it came from.
 */
#ifndef QUERY_NSEARCH_READ_H
#define QUERY_NSEARCH_READ_H

#include "corpus/base/error.h"
#include "query/nsearch/nsearch_options.h"
#include "query/search/search.h"

/*
 * Make `result` the one article that options->article names, with its texts:
 * the hit of that rank, or the article of that key or address, with what
 * options->query asks for marked.  STATUS_ABSENT: there is none.
 */
enum status read_article(struct search *search, struct options *options,
                         struct search_result *result, struct error *err);

/*
 * Open its address, else its file, with $BROWSER or xdg-open(1), and wait for
 * that.  STATUS_USAGE: the file holds other articles as well.
 */
enum status open_article(const struct hit *hit, struct error *err);

#endif
