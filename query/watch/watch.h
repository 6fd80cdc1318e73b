/*
 * query/watch/watch.h - what a saved search has told already.
 *
 *     watch_open()      its folder, locked
 *     watch_recover()   what a killed process left half told
 *     watch_add()       each article that matches: is it new?
 *     watch_tell()      those that are, as text, and from now on they are not
 *     watch_close()
 *
 * An article is known by the SHA-256 of its key, so that merges, upgrades, and
 * archives that were made again or moved change nothing.
 *
 * Telling is in two steps, that a kill at any point neither loses an article
 * nor tells it twice.  First the batch is written down, the text and where it
 * goes to; then it goes there; then its articles count as told.  Who comes
 * after a kill finds the batch and looks at where it was to go:
 *
 *     a folder     the text was put there under a name with a dot before it;
 *                  taking that away is what tells it, and so whether it is
 *                  still there says all, even if the file is gone since
 *     a file       has the bytes at that place, or some of them, and the rest
 *                  is added
 *     a pipe or a  nobody can say: the batch is told again.  Only a kill
 *     terminal     between two system calls, writing and renaming, makes it
 *                  come twice; it has the same number then
 *
 * The folder has three files: `lock`, `told` and, between the steps, `batch`.
 */
#ifndef QUERY_WATCH_H
#define QUERY_WATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "corpus/base/buf.h"
#include "corpus/base/error.h"

struct watch;

/* Where batches go. */
struct watch_target {
    const char *spool;  /* a folder: each is a file of it; NULL: a descriptor */
    const char *name;   /* "quotas": of those files */
    const char *suffix; /* "txt" */
    int fd;
};

/* Open the notes in a folder, which is made.  STATUS_LOCKED: another process
 * has them open. */
enum status watch_open(struct watch **watch, const char *folder,
                       struct error *err);
void watch_close(struct watch *watch);

/* False until the first watch_settle() or watch_tell(). */
bool watch_has_begun(const struct watch *watch);

/* Was that archive, as `stamp` has it, looked through to its end? */
bool watch_is_settled(const struct watch *watch, const char *stamp);

/* True if the article was never told; it belongs to the next batch then. */
bool watch_add(struct watch *watch, const void *key, size_t size);

/* The number that the next batch has, from 1. */
uint64_t watch_batch(const struct watch *watch);

/* What was added counts as told, without being told; `stamp` may be empty. */
enum status watch_settle(struct watch *watch, const char *stamp,
                         struct error *err);

/* Tell what was added: `text` goes to the target. */
enum status watch_tell(struct watch *watch, const struct watch_target *target,
                       const char *stamp, const struct buf *text,
                       struct error *err);

/* Bring to its end what a killed process began.  `*told`: it was told only
 * now.  `*again`: it may have been told before. */
enum status watch_recover(struct watch *watch,
                          const struct watch_target *target, bool *told,
                          bool *again, struct error *err);

#endif
