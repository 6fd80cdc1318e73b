/*
 * query/facets.h - how many of the matching articles have which value.
 */
#ifndef QUERY_FACETS_H
#define QUERY_FACETS_H

#include "corpus/error.h"
#include "query/archive.h"
#include "query/collect.h"
#include "query/search.h"

/* Count over everything in `collection`, which remembers every match. */
enum status facets_count(struct archive *archive,
                         const struct collection *collection, unsigned facets,
                         struct facet facet[FACET_COUNT], struct error *err);

#endif
