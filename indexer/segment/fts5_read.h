/*
 * indexer/segment/fts5_read.h - an FTS5 index read from front to back, as
 * fts5_write.h has written and drawn it.
 *
 *     struct fts5_read *read = fts5_read_new(db, path);
 *
 *     while (fts5_read_term(read))
 *         while (fts5_read_article(read))
 *             ... read->term, read->number, read->places ...
 *     status = fts5_read_end(read, err);
 *     fts5_read_free(read);
 *
 * Nothing in it is believed: what leads out of it ends the reading, and is
 * told at the end.
 */
#ifndef INDEXER_FTS5_READ_H
#define INDEXER_FTS5_READ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "corpus/base/buf.h"
#include "corpus/base/error.h"
#include "indexer/archive/field.h"

struct sqlite3;
struct sqlite3_stmt;

struct fts5_read {
    /* to be looked at */
    const char *term; /* the present one, without FTS5's '0' */
    size_t term_size;
    int64_t number; /* the present article */
    const unsigned char *places;
    size_t places_size;

    /* its own */
    struct sqlite3 *db;
    const char *path;
    struct sqlite3_stmt *select;
    int code;
    bool damaged;
    const unsigned char *page;
    size_t end;         /* of what is before the footer */
    size_t size;        /* with the footer */
    size_t at;          /* the next byte */
    size_t footer_at;   /* the next number in the footer */
    size_t next_term;   /* where the next term begins; SIZE_MAX: no more here */
    bool no_term_yet;   /* none has begun on this leaf */
    bool no_number_yet; /* of a term of an earlier leaf */
    bool first_article;
    char spelled[257];
    size_t spelled_size;
    struct buf joined; /* places that go on on another leaf */
};

/* Both are borrowed. */
struct fts5_read *fts5_read_new(struct sqlite3 *db, const char *path);
void fts5_read_free(struct fts5_read *read);

/* Is the index of the one segment that fts5_write.h writes?  SQLite itself may
 * have made another one of it. */
bool fts5_read_can(struct sqlite3 *db);

/* The next term, the next article of it; false if there is none. */
bool fts5_read_term(struct fts5_read *read);
bool fts5_read_article(struct fts5_read *read);

enum status fts5_read_end(const struct fts5_read *read, struct error *err);

/* The positions of each column in an article's blob of article_fts_docsize;
 * false if it is damaged. */
bool fts5_read_lengths(const void *blob, size_t size,
                       uint32_t length[FIELD_COUNT]);

#endif
