/*
 * indexer/catalog/catalog.h - the writer's own notes: what was read, and where
 * it is.
 *
 * catalog.db is an SQLite database that no reader opens:
 *
 *     file   one row a source file: size, time, digest, counts, last failure
 *     held   which keys were found in which file; where the article stands
 *     link   which article has which URL, if the URL is not its key
 *     lately which files the last run has read
 *     met_limit  which files met a limit, and what it was
 *
 * One key may be held by several files; the article of one of them stands in
 * the archive, the others are remembered, so that a file that goes away
 * gives room to another that says the same.
 *
 * Everything can be made again from the segments.  The catalog names the
 * manifest that it belongs to; if it is not the present one (a run was killed
 * between the two, or a copy was restored), it is put right when it is
 * opened.  What is not certain is forgotten: the file is read once more.
 *
 * Keys are kept as hashes, so that nothing of a deleted article stays.
 * A failure sticks: later calls do nothing and catalog_status() tells.
 */
#ifndef INDEXER_CATALOG_H
#define INDEXER_CATALOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "corpus/base/buf.h"
#include "corpus/base/error.h"
#include "indexer/archive/manifest.h"

#define CATALOG_KEY_SIZE 16

struct catalog;

struct catalog_key {
    unsigned char hash[CATALOG_KEY_SIZE];
};

/* The first half of the SHA-256 of a key; all of it as hex, if wanted. */
struct catalog_key catalog_key_of(const char *key, size_t size, char hex[65]);

/* The same of a key whose SHA-256 is known: 64 hex digits. */
struct catalog_key catalog_key_of_hex(const char *hex);

struct catalog_file {
    int64_t id; /* 0: not known */
    uint64_t size;
    int64_t mtime_ns;
    uint64_t digest;   /* of its bytes */
    bool stale;        /* to be read again, whatever its time says */
    char format[16];   /* that it was read as; "" after a failure */
    uint64_t articles; /* that were found in it */
    uint64_t failed;   /* articles that could not be read */
    uint64_t skipped;  /* pages that are no articles */
    uint64_t refused;  /* articles that have been deleted by hand */
    struct buf reason; /* why it or some of it failed */
};

#define CATALOG_FILE_INIT ((struct catalog_file){.reason = BUF_INIT})

/* Who holds a key. */
struct catalog_held {
    int64_t file;
    int64_t segment; /* number of the segment; 0: on its way, or not there */
    int64_t id;      /* article in it; < 0: -serial, on its way; 0: another
                        file's article stands */
    uint64_t digest; /* row_digest() */
    char version[40];
};

/* Open or make DIR/catalog.db for this state of the archive.  With `repair`,
 * segments that cannot be read are passed over if it must be made again. */
enum status catalog_open(struct catalog **catalog, const char *dir,
                         const struct manifest *manifest, bool repair,
                         struct error *err);

/* Without a commit nothing has happened. */
void catalog_close(struct catalog *catalog);

/* Write down everything as belonging to this manifest.  Writes nothing if
 * nothing was changed. */
enum status catalog_commit(struct catalog *catalog,
                           const struct manifest *manifest, struct error *err);

/* STATUS_OK, or the first failure with its sentence. */
enum status catalog_status(struct catalog *catalog, struct error *err);

/* --- files --- */

/* False if it is not known. */
bool catalog_find_file(struct catalog *catalog, const char *path,
                       struct catalog_file *file);

/* What a file's size and time are compared with. */
struct catalog_state {
    int64_t id;
    uint64_t size;
    int64_t mtime_ns;
    bool stale;
};

/*
 * Files looked up one after the other in the order of their paths: rows are
 * read ahead, so that a look costs a comparison.  Any order is right, this
 * one is fast.  What is changed meanwhile about files further on may go
 * unseen until catalog_order_clear().
 */
struct catalog_order {
    struct catalog_state *state; /* `count` of them, by path */
    size_t *path;                /* their places in `paths` */
    size_t count;
    size_t next;
    bool last;  /* no more rows behind these */
    bool known; /* `state` covers all from `from` to its last one */
    struct buf from;
    struct buf paths;
};

#define CATALOG_ORDER_INIT \
    ((struct catalog_order){.from = BUF_INIT, .paths = BUF_INIT})

void catalog_order_clear(struct catalog_order *order);
void catalog_order_release(struct catalog_order *order);

/* False if it is not known. */
bool catalog_find_next(struct catalog *catalog, struct catalog_order *order,
                       const char *path, struct catalog_state *state);

/* Insert (id 0) or update.  Returns the file's id. */
int64_t catalog_put_file(struct catalog *catalog, const char *path,
                         const struct catalog_file *file);
void catalog_remove_file(struct catalog *catalog, int64_t id);
void catalog_set_stale(struct catalog *catalog, int64_t id);

/* One more article of this file has been deleted by hand; a file that holds
 * nothing else is forgotten. */
void catalog_add_refused(struct catalog *catalog, int64_t id);

/* The limits by which a file is read. */
struct catalog_limits {
    uint32_t seconds;    /* of CPU time; those for its size come on top */
    uint64_t memory;     /* bytes */
    const char *program; /* its version: some limits are built in */
};

/* The file could not be read within these; NULL: it could. */
void catalog_note_limits(struct catalog *catalog, const char *path,
                         const struct catalog_limits *limits);

/* Was the file given up with no seconds at all for it? */
bool catalog_was_given_up(struct catalog *catalog, const char *path);

/* Every file that could not be read within lower limits, or by another
 * program, is to be read again. */
void catalog_set_limited_stale(struct catalog *catalog,
                               const struct catalog_limits *limits);

/* The file was read by this run: the first call forgets those of the run
 * before. */
void catalog_note_read(struct catalog *catalog, int64_t id);

/* Every file that has had articles refused is to be read again. */
void catalog_set_refused_stale(struct catalog *catalog);

/* Call `each` with every known file that is `path` or lies under it, in order
 * of their paths.  It must not change the catalog. */
void catalog_each_file(struct catalog *catalog, const char *path,
                       void (*each)(void *context, const char *path,
                                    const struct catalog_file *file),
                       void *context);

/* The same for the files that are stale. */
void catalog_each_stale(struct catalog *catalog,
                        void (*each)(void *context, const char *path,
                                     const struct catalog_file *file),
                        void *context);

/* --- keys --- */

/* The holder whose article stands, then the others: the first `room` go to
 * `held`; returns their number. */
size_t catalog_find_key(struct catalog *catalog, const struct catalog_key *key,
                        struct catalog_held *held, size_t room);

/* Insert or replace the holder held->file of this key. */
void catalog_put_held(struct catalog *catalog, const struct catalog_key *key,
                      const struct catalog_held *held);
void catalog_remove_held(struct catalog *catalog, const struct catalog_key *key,
                         int64_t file);

/* The article on its way as `serial` has arrived.  False if it is not wanted
 * any more. */
bool catalog_arrive(struct catalog *catalog, const struct catalog_key *key,
                    int64_t file, int64_t serial,
                    const struct catalog_held *where);

/* The article of this key has moved to another segment. */
void catalog_move(struct catalog *catalog, const struct catalog_key *key,
                  int64_t segment, int64_t id);

/* Articles that stand in this segment are lost, and their files are to be
 * read again. */
void catalog_lose_segment(struct catalog *catalog, int64_t segment);

/* The keys that a file holds, in order of their hashes: `*keys` is yours to
 * free.  Returns their number. */
size_t catalog_keys_of(struct catalog *catalog, int64_t file,
                       struct catalog_key **keys);

/* --- URLs --- */

/* The article of this key has this URL, which is not its key. */
void catalog_put_link(struct catalog *catalog, const struct catalog_key *url,
                      const struct catalog_key *key);

/* Forget the URL, whoever has it. */
void catalog_remove_link(struct catalog *catalog,
                         const struct catalog_key *url);

/* Are the URLs of all articles known?  Not to catalogs of older programs. */
bool catalog_has_links(struct catalog *catalog);

/* Keys of articles that have, or had, this URL: `*keys` is yours to free.
 * Returns their number. */
size_t catalog_find_link(struct catalog *catalog, const struct catalog_key *url,
                         struct catalog_key **keys);

/* --- for repair --- */

/* Every file is to be read again. */
void catalog_set_all_stale(struct catalog *catalog);

/* Append the manifest that the catalog in `dir` was committed with.  False if
 * there is no catalog, or none that has it. */
bool catalog_read_copy(const char *dir, struct buf *text);

/* --- for people --- */

struct catalog_format {
    const char *name; /* "" for files that no format knows */
    uint64_t files;
    uint64_t articles;
    uint64_t failed;
    uint64_t skipped;
    uint64_t refused;
    uint64_t with_reason; /* files of which all or something failed */
};

/* Each member may be NULL. */
struct catalog_viewer {
    void (*format)(void *context, const struct catalog_format *format);
    void (*failure)(void *context, const char *path, const char *reason);
    /* The files that the last run that read any has read. */
    void (*lately)(void *context, const char *path, uint64_t articles,
                   const char *reason);
    void *context;
};

/* Look into a catalog without locking anything.  Fails while a run is at
 * work. */
enum status catalog_view(const char *dir, const struct catalog_viewer *viewer,
                         struct error *err);

#endif
