/*
 * indexer/care/rebuild_ranked.h - making the ranked indexes of an archive
 * again.
 *
 * A ranked index holds nothing that the segment does not: it can be lost,
 * damaged or of another version, and is made again from the stored texts.
 * Until that is committed searches go on with what there is.
 */
#ifndef INDEXER_REBUILD_RANKED_H
#define INDEXER_REBUILD_RANKED_H

#include "corpus/base/error.h"
#include "indexer/writer/writer.h"

/* Make those of all segments and commit.  STATUS_DAMAGED if a segment cannot
 * be read; the ranked indexes of those before it are new by then. */
enum status rebuild_ranked_all(struct writer *writer, struct error *err);

#endif
