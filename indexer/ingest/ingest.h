/*
 * indexer/ingest/ingest.h - bring an archive up to date with files and folders.
 *
 * The folders are walked once to see what is new, changed or gone, which
 * costs a look at each file's size and time.  Only if there is something to
 * do they are walked again to do it.  A file that was only touched is told
 * by the digest of its bytes and not parsed again; one that failed is tried
 * again when it changes, or with the next run if it was the system that refused
 * to read it or ended its reader.  One that met a limit is tried again when the
 * limit is higher, or when another version of the program may do better; one
 * that was given up for want of patience with others, with the next run.
 *
 * A run of hours writes down on the way what it has read, so that a run that is
 * killed loses minutes.  One that drops files does not: between a file that is
 * gone and the same one under another name, articles would be missing.
 */
#ifndef INDEXER_INGEST_H
#define INDEXER_INGEST_H

#include <stdbool.h>
#include <stdint.h>

#include "corpus/article/article.h"
#include "corpus/base/error.h"
#include "corpus/base/list.h"
#include "corpus/intake/intake.h"
#include "indexer/writer/writer.h"

#define INGEST_KINDS (ARTICLE_NOT_FOUND + 1)

struct ingest_counts {
    uint64_t files;        /* seen on the disk */
    uint64_t unchanged;    /* of them, as they were noted */
    uint64_t touched;      /* another time, the same bytes */
    uint64_t new_files;    /* to be read for the first time */
    uint64_t changed;      /* to be read again */
    uint64_t gone;         /* dropped by --prune */
    uint64_t moved;        /* read under another name than before */
    uint64_t bytes;        /* in the files to be read */
    uint64_t read;         /* files that have been read */
    uint64_t read_bytes;   /* in them */
    uint64_t at_hand;      /* bytes of text in the file that is being read */
    uint64_t failed_files; /* that could not be read, or not to their end */
    uint64_t interrupted;  /* of them, by the system or by somebody */
    uint64_t left;         /* for the next run, for want of patience */
    uint64_t articles;     /* that were found, with those left out */
    uint64_t text;         /* bytes of headline, captions and body in them */
    uint64_t failed;       /* articles that could not be read */
    uint64_t kind[INGEST_KINDS]; /* pages that are no stories, left out */
    uint64_t commits;            /* on the way */
    bool stopped; /* before all was read, because the watch said so */
};

/* Who is told.  Each member may be NULL. */
struct ingest_watch {
    /* Something is wrong with a file: a sentence that begins with its name. */
    void (*problem)(void *context, const char *text);
    /* Something has moved on; called often. */
    void (*progress)(void *context, const struct ingest_counts *counts);
    /* An article was read, before it is added; stories and others alike. */
    void (*article)(void *context, const char *path,
                    const struct article *article);
    /* A file was read to its end, or as far as it could be. */
    void (*file)(void *context, const struct intake_event *end);
    /* Is the run to end here?  Asked between articles. */
    bool (*stop)(void *context);
    void *context;
};

struct ingest_options {
    const struct list *paths; /* files and folders, or "-" for the standard
                                 input */
    bool prune;               /* drop what is gone from these folders */
    bool prune_all;           /* ... even if nothing at all is left of one */
    bool all_pages;           /* index listings, players and stubs, too */
    bool again;               /* read unchanged files, too */
    bool names_only;          /* look no further than whether the paths exist */
    bool told_once; /* say nothing of what is wrong with a file as before */
    unsigned commit_every; /* seconds; 0: nothing is committed on the way */
    const char *program;   /* its version */
    struct intake_options intake;
};

/*
 * Look only.  `writer` may be NULL: there is no archive yet.  `counts` comes
 * zeroed, here and below.
 *
 * STATUS_ABSENT for a path that does not exist.
 */
enum status ingest_look(struct writer *writer,
                        const struct ingest_options *options,
                        const struct ingest_watch *watch,
                        struct ingest_counts *counts, struct error *err);

/*
 * Look, and read what there is to read, but add nothing to anything: what the
 * watch is told is all that comes of it.  `writer` may be NULL.
 */
enum status ingest_try(struct writer *writer,
                       const struct ingest_options *options,
                       const struct ingest_watch *watch,
                       struct ingest_counts *counts, struct error *err);

/* Look, and read what there is to read.  What was read since the last commit
 * on the way is to be committed by the caller, after a stop, too. */
enum status ingest_run(struct writer *writer,
                       const struct ingest_options *options,
                       const struct ingest_watch *watch,
                       struct ingest_counts *counts, struct error *err);

#endif
