/*
 * indexer/writer/writer.h - one run: what is new goes in, what is gone goes
 * out.
 *
 * A writer holds the archive's lock.  Until writer_commit() nothing has
 * happened; after it everything has.
 *
 *     status = writer_open(&writer, &options, err);
 *     for each source file that is new or changed {
 *         source = writer_begin_file(writer, path);
 *         for each article in it
 *             status = writer_add(writer, source, &article, err);
 *         status = writer_end_file(writer, source, &file, true, err);
 *     }
 *     status = writer_commit(writer, &changed, err);
 *     writer_close(writer);
 *
 * The key of an article is its identity.  When it comes again,
 *
 *     and says the same                  nothing is written   unchanged
 *     from the same file, differently    it takes the place   changed
 *     from another file, differently     it takes the place   replaced
 *     with an older version number       it is left out       older
 *     after it was deleted by hand       it is left out       refused
 *
 * and when its file no longer has it, it goes (removed).
 */
#ifndef INDEXER_WRITER_H
#define INDEXER_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "corpus/article/article.h"
#include "corpus/base/error.h"
#include "indexer/archive/manifest.h"
#include "indexer/catalog/catalog.h"

struct writer;

struct writer_options {
    const char *dir;
    const char *language; /* of a new archive: ISO 639-1, a Snowball name or
                             "none"; NULL: "en", or what the archive has */
    size_t memory;        /* bytes for each thread; 0: 256 MiB */
    unsigned threads;     /* 0: 1 */
    bool make;            /* a folder and an archive, if there is none */
    bool repair;          /* go on with segments that cannot be read, and
                             without a manifest (restore.h) */
};

struct writer_counts {
    uint64_t added;
    uint64_t changed;
    uint64_t unchanged;
    uint64_t replaced;
    uint64_t older;
    uint64_t refused;
    uint64_t removed;
};

/*
 * Lock and open an archive, remove what a killed run left, put the catalog
 * right.
 *
 * STATUS_LOCKED, STATUS_ABSENT, STATUS_DAMAGED, STATUS_VERSION, STATUS_IO,
 * STATUS_FULL as their names say; STATUS_USAGE for a language that is not
 * known or not the archive's.
 */
enum status writer_open(struct writer **writer,
                        const struct writer_options *options,
                        struct error *err);

/* Without a commit nothing of this run is left.  NULL is fine. */
void writer_close(struct writer *writer);

/* What the archive is and will be, the writer's notes, and what happened
 * since writer_open().  Borrowed. */
/* What became of the manifest when the archive was opened with `repair`. */
enum writer_manifest_state {
    WRITER_MANIFEST_GOOD,
    WRITER_MANIFEST_COPIED,  /* it was lost; this is the catalog's copy */
    WRITER_MANIFEST_DRAWN_UP /* ... and this is made of the segments */
};
enum writer_manifest_state writer_manifest_state(const struct writer *writer);

const struct manifest *writer_manifest(const struct writer *writer);
struct catalog *writer_catalog(struct writer *writer);
const struct writer_counts *writer_counts(const struct writer *writer);

/* --- source files --- */

struct writer_source;

/* `path` is absolute.  End it by writer_end_file(). */
struct writer_source *writer_begin_file(struct writer *writer,
                                        const char *path);

/* Take over an article; it is empty after.  One without a key gets
 * PATH#item. */
enum status writer_add(struct writer *writer, struct writer_source *source,
                       struct article *article, struct error *err);

/*
 * All articles of the file have been added; `file` is what the catalog is to
 * remember (its id does not matter).  If not `whole`, it could not be read to
 * its end, and what was found in it before and not now stays.
 */
enum status writer_end_file(struct writer *writer, struct writer_source *source,
                            const struct catalog_file *file, bool whole,
                            struct error *err);

/* The file is gone, and its articles with it. */
enum status writer_drop_file(struct writer *writer, int64_t id,
                             struct error *err);

/* --- the end of it --- */

/* `*changed` (may be NULL): there is a new generation. */
enum status writer_commit(struct writer *writer, bool *changed,
                          struct error *err);

/* --- for merge.c and takedown.c --- */

/* Put `made` in the place of the segments in `old`; tidy up after the
 * commit.  Takes over made->languages; NULL: only drop. */
void writer_exchange(struct writer *writer, const struct list *old,
                     struct manifest_segment *made);

/* To be changed; asking for it counts as a change. */
struct manifest *writer_edit(struct writer *writer);
const char *writer_dir(const struct writer *writer);
size_t writer_memory(const struct writer *writer);

#endif
