/*
 * indexer/archive/manifest.h - which segments make up the archive.
 *
 * The archive is a folder (nindex(5)); the manifest is its table of
 * contents, a small text file.  Renaming a new manifest into place is the
 * commit of a run: before it nothing has happened, after it everything has.
 * Readers read it once and then open what it lists; they never lock.  This is
 * what it says; manifest_file.h is about the file.
 *
 *     nsearch archive 2
 *     generation 12
 *     language en
 *     next 2                              (number of the next segment)
 *     segment seg-000001.db bytes 1234 sha256 <64 hex digits>
 *     articles 10 first 123 last 456      (of the segment above)
 *     lengths 12 3 4 567 0 1 1 30         (tokens per field)
 *     languages en fr                     (that occur in it)
 *     ranked bytes 999 sha256 <64 hex digits>  (its ranked index, if any)
 *     dead 4 7-9                          (ids in it)
 *     deleted <64 hex digits> 2026-11-24 at the author's wish
 *     end <crc32 of all lines above, 8 hex digits>
 *
 * The ranked index of seg-000001.db (ranked_format.h) is the file
 * seg-000001.rank: it comes, is checked and goes with its segment.  A segment
 * without one is complete; it is only slower.
 *
 * A deleted article is remembered by the SHA-256 of its key, so that reading
 * its source again does not bring it back, and nothing of it is kept.
 *
 * The words of indexer/, each for one thing; in brackets what others call it.
 * query/archive/archive.h has those of a search.
 *
 *     segment     articles and their indexes, written once, then only read
 *     generation  what one manifest lists; a commit makes the next (snapshot)
 *     run         a writer at work, from its lock to its commit
 *     key         what an article (document) is called for good; here mostly
 *                 as a digest
 *     id          its number in its segment, from 1, by date of publication,
 *                 undated ones first: the rowid of SQLite and of FTS5
 *     docid       its number in the ranked index, 0 being the newest
 *     dead        replaced or deleted, though its segment still has it
 *     row         of a table, as SQLite stores one
 *     field       a part of an article whose words are indexed (field.h)
 *     token       a word of a text, as analysis finds it
 *     term        what it is looked for by: folded and stemmed
 *     position    the number of a word in its field, from 0
 *     place       the same counted through the article, field after field
 *     list        the articles that have a term (posting list)
 *     posting     one of them: docid, impact, places
 *     impact      what the term is worth there: how often, in which fields
 */
#ifndef INDEXER_MANIFEST_H
#define INDEXER_MANIFEST_H

#include <stdbool.h>
#include <stdint.h>

#include "corpus/base/buf.h"
#include "corpus/base/error.h"
#include "corpus/base/list.h"
#include "indexer/archive/field.h"

/* Sorted, not overlapping: ids [first, last]. */
struct dead_range {
    int64_t first;
    int64_t last;
};

struct manifest_segment {
    char name[32]; /* "seg-000001.db" */
    uint64_t bytes;
    char sha256[65];
    int64_t articles; /* rows, dead ones included */
    int64_t dead;     /* how many of them are dead */
    int64_t first;    /* earliest and latest publication, UTC seconds; */
    int64_t last;     /* first > last if no article has a date */
    uint64_t length[FIELD_COUNT]; /* tokens per field, dead ones included */
    struct list languages;        /* ISO 639-1 codes that occur */
    uint64_t ranked_bytes;        /* of the ranked index; 0: there is none */
    char ranked_sha256[65];
    struct dead_range *range; /* `ranges` of them */
    size_t ranges;
    size_t range_room;
};

/* An article that was taken down by nindex delete. */
struct manifest_deleted {
    char sha256[65]; /* of its key */
    char *why;       /* the day and the reason: one line */
};

struct manifest {
    uint64_t generation;
    char language[16]; /* the archive's default, ISO 639-1 or "none" */
    uint64_t next_segment;
    struct manifest_segment *segment; /* `segments` of them, oldest first */
    size_t segments;
    size_t segment_room;
    struct manifest_deleted *deleted; /* `deletions` of them, sorted */
    size_t deletions;
    size_t deleted_room;
};

#define MANIFEST_INIT ((struct manifest){0})

void manifest_release(struct manifest *manifest);

/* Parse the text of a manifest; what manifest_read() and the fuzzer use. */
enum status manifest_parse(struct manifest *manifest, const char *text,
                           size_t size, struct error *err);

/* The same of this or an earlier version, which goes to `*version`: all but the
 * lengths, which count the fields of that version. */
enum status manifest_parse_older(struct manifest *manifest, const char *text,
                                 size_t size, int64_t *version,
                                 struct error *err);
void manifest_print(const struct manifest *manifest, struct buf *out);

/* Only the lines that tell of deletions. */
void manifest_print_deletions(const struct manifest *manifest, struct buf *out);

/* "seg-000001.db" */
void manifest_segment_name(char name[32], uint64_t number);

/* "seg-000001.rank" for "seg-000001.db". */
void manifest_ranked_name(char name[32], const char *segment_name);

/* Append an empty segment; the pointer is good until the next append. */
struct manifest_segment *manifest_add(struct manifest *manifest);

/* Mark one article dead.  Returns false if it was dead already. */
bool manifest_kill(struct manifest_segment *segment, int64_t id);
bool manifest_is_dead(const struct manifest_segment *segment, int64_t id);

/* Remove the segment with that name. */
void manifest_drop(struct manifest *manifest, const char *name);

struct manifest_segment *manifest_find(const struct manifest *manifest,
                                       const char *name);

/* The deletion of the article whose key has this SHA-256, or NULL. */
const struct manifest_deleted *
manifest_deletion(const struct manifest *manifest, const char *sha256);
void manifest_add_deletion(struct manifest *manifest, const char *sha256,
                           const char *why);
/* False if there was none. */
bool manifest_undelete(struct manifest *manifest, const char *sha256);

void manifest_copy(struct manifest *to, const struct manifest *from);

/* Live articles of the whole archive. */
int64_t manifest_live(const struct manifest *manifest);

#endif
