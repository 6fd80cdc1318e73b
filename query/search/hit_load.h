/*
 * query/search/hit_load.h - from an article's id to the hit that people see.
 */
#ifndef QUERY_HIT_LOAD_H
#define QUERY_HIT_LOAD_H

#include <stdint.h>

#include "corpus/base/error.h"
#include "query/archive/archive.h"
#include "query/match/match.h"
#include "query/search/request.h"
#include "query/search/result.h"

/* Fill an initialised hit with what the request wants; marks are what
 * `match` finds. */
enum status hit_load(struct archive_segment *segment, int64_t id,
                     struct match *match, const struct search_request *request,
                     struct hit *hit, struct error *err);

/* Fill its key, path and offset only. */
enum status hit_load_origin(struct archive_segment *segment, int64_t id,
                            struct hit *hit, struct error *err);

#endif
