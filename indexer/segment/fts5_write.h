/*
 * indexer/segment/fts5_write.h - an FTS5 index written in one go.
 *
 * FTS5 takes one token at a time, hashes it, writes what it has when memory
 * is full and merges that in the end.  A segment collects its postings
 * anyway, sorted by term; so they are put straight into the tables behind
 * article_fts, as one finished FTS5 segment.  What is written is what FTS5's
 * own "optimize" would have left; its integrity-check is the judge.
 *
 *     struct fts5_write *write = fts5_write_new(db, path);
 *
 *     for each article, in order of its number
 *         fts5_write_lengths(write, number, length);
 *     for each term, in byte order
 *         fts5_write_term(write, term, size);
 *         for each article that has it, in order of its number
 *             fts5_write_article(write, number, places, size);
 *     status = fts5_write_end(write, err);
 *     fts5_write_free(write);
 *
 * Until the end nothing fails; what did go wrong is told there.  The
 * connection must not have looked at article_fts before, for FTS5 remembers
 * what it saw.
 *
 * The tables
 * ----------
 * A number is a varint as SQLite writes it: seven bits a byte, the highest
 * first, the top bit says that more follow, nine bytes at most.
 *
 *     article_fts_docsize   id, and as a blob a number for each column: how
 *                           many positions the article has in it
 *     article_fts_data      id, block:
 *         1                 articles, then for each column all its positions
 *         10                u32 cookie of the configuration, big-endian;
 *                           levels (1); segments (1); how often was written;
 *                           segments that a merge works on (0); segments of
 *                           the level (1); number of the segment (1), its
 *                           first leaf, its last leaf
 *         1 << 37 | leaf    leaf 1, 2, ... of segment 1
 *         1 << 37 | 1 << 36 | leaf   the skip list of the last term on a leaf
 *     article_fts_idx       segid (1); term: no more of the first term on a
 *                           leaf than it takes to tell it from the term
 *                           before, empty for leaf 1; pgno: the leaf times 2,
 *                           plus 1 if its last term has a skip list
 *
 *     leaf      u16 where the first article number is that belongs to a term
 *                 of an earlier leaf, 0 if there is none
 *               u16 where the footer begins (both big-endian)
 *               terms, one behind the other
 *               footer: for each term, where it begins less where the one
 *                 before did
 *
 *     term      bytes shared with the term before, and of its own; the first
 *                 one on a leaf shares nothing and does not say so
 *               its own bytes; every term begins with a '0' of FTS5's
 *               for each article
 *                 its number, or behind the first the distance from the one
 *                   before; the first one on a leaf is a number, too
 *                 twice the bytes of its places
 *                 places: the distance from the one before, plus 2; a 1 and
 *                   a column begin another column, from place 0
 *
 * A term with many articles goes on for many leaves.  A leaf ends in front
 * of an article or of any number in its places.
 *
 *     skip list   0; first leaf on which an article number begins behind the
 *                   leaf of the term; that number
 *                 for each leaf after it the distance of its first number
 *                   from the one before, or 0 if none begins there
 *
 * It is there if at least SKIP_LEAVES leaves hold no term but this.
 */
#ifndef INDEXER_FTS5_WRITE_H
#define INDEXER_FTS5_WRITE_H

#include <stddef.h>
#include <stdint.h>

#include "corpus/base/error.h"
#include "indexer/archive/field.h"

struct sqlite3;
struct fts5_write;

/* Both are borrowed; `path` is for the sentence. */
struct fts5_write *fts5_write_new(struct sqlite3 *db, const char *path);
void fts5_write_free(struct fts5_write *write);

/* How many positions each column of the article has.  SQLite's code of the
 * first thing that has failed, which fts5_write_end() puts in words. */
int fts5_write_lengths(struct fts5_write *write, int64_t number,
                       const uint32_t length[FIELD_COUNT]);

void fts5_write_term(struct fts5_write *write, const char *term, size_t size);

/* `places` is what the drawing calls places, whole. */
void fts5_write_article(struct fts5_write *write, int64_t number,
                        const unsigned char *places, size_t size);

/* The positions of each column in all articles so far. */
const uint64_t *fts5_write_totals(const struct fts5_write *write);

enum status fts5_write_end(struct fts5_write *write, struct error *err);

/* Is this the index of so many articles, with so many positions in each column
 * of them all?  STATUS_DAMAGED: no; no other segment of an archive is likely to
 * have all these numbers. */
enum status fts5_expect_totals(struct sqlite3 *db, const char *path,
                               uint64_t articles,
                               const uint64_t total[FIELD_COUNT],
                               struct error *err);

#endif
