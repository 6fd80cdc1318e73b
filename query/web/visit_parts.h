/*
 * query/web/visit_parts.h - what the files of visit.h share; nobody else
 * includes it.
 *
 *     visit.c          who answers what
 *     visit_results.c  hits: the page, other formats, all of them at once
 *     visit_article.c  one article
 *     visit_trend.c    searches over time
 */
#ifndef QUERY_VISIT_PARTS_H
#define QUERY_VISIT_PARTS_H

#include "query/web/page.h"
#include "query/web/visit.h"

struct render_options;

/* The archive failed us: the visitor is told that, not how. */
void visit_fail_archive(struct visit *visit, enum status status);

/* What every page is made from. */
struct page visit_page(const struct visit *visit);

/* The page becomes the reply's body. */
void visit_take_page(struct visit *visit, struct markup *markup);

/* Limits, order and place of what is searched. */
void visit_search_request(struct visit *visit, struct search_request *request);

/* Of several archives, a hit says which it is from: by the name of the folder,
 * not by the path. */
void visit_name_archive(struct hit *hit);

/* How many articles there are; a search that fails or is late finds none. */
uint64_t visit_count(struct visit *visit, const struct cgi_request *request,
                     unsigned milliseconds);

/* Hits in another format, but not in which files of ours they are. */
void visit_render(struct visit *visit, struct search_result *result,
                  struct render_options *options);

enum status visit_results(struct visit *visit, struct error *err);
enum status visit_start(struct visit *visit, struct error *err);
enum status visit_trend(struct visit *visit, struct error *err);
enum status visit_article(struct visit *visit, struct error *err);

#endif
