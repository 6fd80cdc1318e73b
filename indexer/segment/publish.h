/*
 * indexer/segment/publish.h - how a finished file of a segment gets its name.
 */
#ifndef INDEXER_PUBLISH_H
#define INDEXER_PUBLISH_H

#include <stdint.h>

#include "corpus/base/error.h"

/* Sync and hash a file that has been closed, take away the right to write,
 * and give it its name. */
enum status segment_publish(const char *temporary, const char *path,
                            char sha256[65], uint64_t *bytes,
                            struct error *err);

#endif
