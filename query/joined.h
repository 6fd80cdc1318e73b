/*
 * query/joined.h - a phrase whose words are written in two parts elsewhere.
 *
 * What an article writes with a hyphen takes two places in it, and its joined
 * form stands at the first (indexer/analysis.h).  So a phrase that was typed
 * without the hyphen is not a row of neighbours there:
 *
 *     typed      "Kim Taegyu said"
 *     article    Kim Tae-gyu said     kim, tae + taegyu, gyu, said
 *
 * Such a phrase gets one more reading, with the two parts in the place of the
 * word, that holds only where the joined form stands, too: "not able" is not
 * "notable".
 */
#ifndef QUERY_JOINED_H
#define QUERY_JOINED_H

#include "corpus/error.h"
#include "query/archive.h"
#include "query/leaf.h"

/* Add those readings that stand somewhere in the archive. */
enum status joined_readings(struct archive *archive, struct leaf *leaf,
                            struct error *err);

#endif
