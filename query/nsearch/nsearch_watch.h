/*
 * query/nsearch/nsearch_watch.h - --save, --saved, --forget and --new of
 * nsearch(1).
 *
 * Saved searches are lines of $XDG_CONFIG_HOME/nsearch/saved.  What one has
 * told of an archive is noted in a folder of $XDG_STATE_HOME/nsearch, which is
 * named for the search, its query and the archive: who changes one of these
 * begins anew.
 */
#ifndef QUERY_NSEARCH_WATCH_H
#define QUERY_NSEARCH_WATCH_H

#include "corpus/base/buf.h"
#include "corpus/base/error.h"
#include "corpus/base/list.h"
#include "query/nsearch/nsearch_options.h"

struct watching {
    struct options *options;
    struct list dirs; /* the archives */
    void (*render)(struct buf *out, const struct search_result *result,
                   const struct options *options);
};

/* Append the path of the file of saved searches; nothing without a home. */
void watching_saved_path(struct buf *out);

/* Do what the options ask for; returns the exit status. */
int watching_run(struct watching *watching, struct error *err);

#endif
