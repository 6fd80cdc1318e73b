/*
 * indexer/care/takedown.h - articles that must go, and must not come back.
 *
 * The segments that hold an article, or held an earlier version of it, are
 * written anew at once; afterwards nothing that it says is in the folder.
 * What stays is the hash of its key, the day and the reason (deletions.h), so
 * that reading its source again does not bring it back.
 *
 *     struct takedown takedown = TAKEDOWN_INIT;
 *
 *     for (... each key ...)
 *         status = takedown_mark(&takedown, writer, key, why, err);
 *     status = takedown_finish(&takedown, writer, err);
 *     takedown_release(&takedown);
 *
 * However many articles of a segment are marked, it is written once.
 */
#ifndef INDEXER_TAKEDOWN_H
#define INDEXER_TAKEDOWN_H

#include <stdint.h>

#include "corpus/base/error.h"
#include "corpus/base/list.h"
#include "indexer/writer/writer.h"

struct takedown {
    struct list segments; /* to be written anew */
};

#define TAKEDOWN_INIT ((struct takedown){.segments = LIST_INIT})

/*
 * Find the article with this key or URL and let it die.  `why` is one line,
 * the day first.
 *
 * STATUS_ABSENT if the archive has no such article.
 */
enum status takedown_mark(struct takedown *takedown, struct writer *writer,
                          const char *key, const char *why, struct error *err);

/* Write the segments anew and commit; what only the file of deletions knows
 * goes with it. */
enum status takedown_finish(struct takedown *takedown, struct writer *writer,
                            struct error *err);

/*
 * What the file of deletions knows and the manifest does not is taken down,
 * and all that is known is in both.  For repair: the manifest may be one that
 * was put back from a backup.
 */
enum status takedown_again(struct writer *writer, struct error *err);

/* The same for a writer that was just opened, and nothing if the file knows no
 * more: it may have been put there, or a take-down was killed. */
enum status takedown_noted(struct writer *writer, struct error *err);

void takedown_release(struct takedown *takedown);

/*
 * Forget that the article was deleted; it comes back when its source is
 * read next.
 *
 * STATUS_ABSENT if it was not deleted.
 */
enum status takedown_undo(struct writer *writer, const char *key,
                          struct error *err);

#endif
