/*
 * indexer/ingest/ingest_parts.h - what the files ingest*.c share; nobody
 * else includes it.
 */
#ifndef INDEXER_INGEST_PARTS_H
#define INDEXER_INGEST_PARTS_H

#include "corpus/input/issue.h"
#include "corpus/input/walk.h"
#include "indexer/ingest/ingest.h"

/* A file of the catalog that the walk has not met. */
struct lost_file {
    uint64_t digest;
    uint64_t size;
    int64_t id; /* 0: its articles are gone, too */
    char *path;
};

struct ingest {
    struct writer *writer; /* NULL: there is no archive yet */
    const struct ingest_options *options;
    const struct ingest_watch *watch;
    struct ingest_counts *counts;
    struct list roots; /* absolute, none within another */
    bool standard_input;
    struct buf archive;  /* the archive's own folder, never to be read */
    unsigned char *seen; /* a bit for each file of the catalog */
    size_t seen_size;
    struct catalog_order order; /* of the catalog along a walk */
    struct issues *issues;      /* which files are read together */
    struct list told;           /* of folders that could not be read */
    struct lost_file *lost;     /* by digest */
    size_t losts;
    size_t lost_room;
};

/* What a file may take; it is borrowed from the options. */
struct catalog_limits ingest_limits(const struct ingest *ingest);

/* What a file on the disk is, compared with the catalog. */
enum file_state {
    FILE_NEW,
    FILE_UNCHANGED,
    FILE_CHANGED
};

enum file_state ingest_state_of(struct ingest *ingest,
                                const struct walk_file *file, int64_t *id);

/* Was the file of the catalog met by the look? */
bool ingest_was_seen(const struct ingest *ingest, int64_t id);

/* Files that may turn up under another name, if there are new ones. */
void ingest_gather_lost(struct ingest *ingest);
void ingest_release_lost(struct ingest *ingest);

/* A file that is new was read: drop those that it was before. */
enum status ingest_settle_moved(struct ingest *ingest,
                                const struct catalog_file *file,
                                struct error *err);

/* Is `path` this folder or something in it? */
bool ingest_is_within(const char *path, const char *folder);

/* One walk over the files under a root. */
struct ingest_tour {
    enum status (*each)(struct ingest *ingest, const struct walk_file *file,
                        void *context, struct error *err);
    void *context;
    bool broken; /* comes back: a folder could not be read */
};

enum status ingest_walk(struct ingest *ingest, const char *root,
                        struct ingest_tour *tour, struct error *err);

void ingest_problem(const struct ingest *ingest, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* For paths that a walk has found. */
enum status ingest_open_intake(const struct ingest *ingest,
                               struct intake **intake, struct error *err);

/* Read all that is new or changed. */
enum status ingest_read(struct ingest *ingest, struct error *err);

/* The same, but only tell the watch. */
enum status ingest_try_read(struct ingest *ingest, struct error *err);

/* Tell the watch of an event, and count it. */
void ingest_tell(struct ingest *ingest, const struct intake_event *event);
void ingest_tell_bad(const struct ingest *ingest,
                     const struct intake_event *event);

#endif
