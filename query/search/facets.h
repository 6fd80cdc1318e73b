/*
 * query/search/facets.h - how many of the matching articles have which value.
 */
#ifndef QUERY_FACETS_H
#define QUERY_FACETS_H

#include "corpus/base/error.h"
#include "query/archive/archive.h"
#include "query/search/collect.h"
#include "query/search/request.h"
#include "query/search/result.h"

/*
 * Count request->facets over everything in `collection`, which remembers
 * every match.  If these are more than request->facet_looks, as many of them
 * are looked at, spread evenly over the years, and the counts are what that
 * comes to in all; only the years and months, which the ranked index knows,
 * are counted in full, by the day in UTC.
 */
enum status facets_count(struct archive *archive,
                         const struct collection *collection,
                         const struct search_request *request,
                         struct facet facet[FACET_COUNT], struct error *err);

#endif
