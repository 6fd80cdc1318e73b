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
 * every match.  If the time is up before all of them have been looked at, or
 * if there are more than request->facet_looks, the counts are what a part of
 * them, spread evenly over the years, comes to in all, and say so; only the
 * years and months, which the ranked index knows, are then counted in full, by
 * the day in UTC.
 */
enum status facets_count(struct archive *archive,
                         const struct collection *collection,
                         const struct search_request *request,
                         struct facet facet[FACET_COUNT], struct error *err);

/* Put in the dates between the first and the last that no match has, and how
 * many articles the archive has of each year or month. */
void facets_complete(const struct archive *archive, enum search_facet which,
                     struct facet *facet);

#endif
