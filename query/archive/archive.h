/*
 * query/archive/archive.h - the segments of an archive, open for reading.
 *
 * The manifest is read once, and the files that it lists are opened; from then
 * on it is this generation that is searched, whatever a writer does meanwhile.
 * SQLite is let at a segment when something is wanted of it that the ranked
 * index does not have.
 *
 * The words of query/, each for one thing; in brackets what others call it.
 * Those of what is stored are indexer/'s (indexer/archive/manifest.h), those
 * of an article corpus/'s (corpus/article/article.h).
 *
 *     generation  what one manifest lists; a commit makes the next (snapshot)
 *     segment     a part of the archive, written once and searched by itself
 *     key         what an article (document) is called for good
 *     id          its number in its segment, from 1, by date of publication,
 *                 undated ones first: the rowid of SQLite and of FTS5
 *     docid       its number in the ranked index, 0 being the newest: so many
 *                 articles as the segment has, less the id
 *     row         of a table, as SQLite stores one
 *     position    the number of a word in its field, from 0
 *     place       the same counted through the article, field after field,
 *                 with a gap between them (position, too)
 *     posting     an article in the list of a term: docid, impact, places
 *     impact      what a term is worth in an article, 1 to 1023, before weight
 *     leaf        a word, phrase, pattern or fuzzy word of a query, where its
 *                 tree ends (query term)
 *     reading     a way in which a leaf may stand in an article, as terms side
 *                 by side (phrase); any of its readings will do (synonyms)
 *     unit        a leaf as topk/ is asked for it
 *     score       what an article is sorted by: weight times impact of every
 *                 leaf, and what nearness adds
 *     hit         an article that is shown
 *     rank        the number of a hit, from 1: the best
 */
#ifndef QUERY_ARCHIVE_H
#define QUERY_ARCHIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "corpus/base/error.h"
#include "corpus/base/list.h"
#include "indexer/analysis/analysis.h"
#include "indexer/archive/manifest.h"
#include "indexer/ranked/ranked_room.h"
#include "query/archive/deadline.h"

struct sqlite3;
struct sqlite3_stmt;

struct archive_segment {
    struct archive *archive;
    const struct manifest_segment *entry;
    const char *dir;       /* where it lies: of archive->dirs */
    size_t file;           /* number in archive->files */
    struct sqlite3 *db;    /* NULL until archive_prepare() or archive_db() */
    struct ranked *ranked; /* NULL: it has none that can be read */
    struct sqlite3_stmt *term;   /* articles and occurrences of a term */
    struct sqlite3_stmt *facts;  /* published, zone, words of an article */
    struct sqlite3_stmt *found;  /* published, key, words of an article */
    struct sqlite3_stmt *values; /* publication, section, authors of one */
    struct sqlite3_stmt *origin; /* key, file and offset of an article */
    struct unpacker *unpacker;   /* of its texts; the database's own */
    struct sqlite3_stmt *row;    /* all of an article as it is stored */
    struct sqlite3_stmt *texts;  /* the fields of an article, as indexed */
    struct sqlite3_stmt *aside;  /* those that the ranked index lacks */
};

/* What else a database needs that is opened now. */
typedef enum status (*archive_opened)(void *context, size_t segment,
                                      struct sqlite3 *db, struct error *err);

struct archive {
    struct list dirs; /* the folders: several are searched as one */
    struct manifest
        manifest; /* of all of them, with the first one's language */
    struct archive_segment *segment; /* manifest.segments of them */
    struct list languages;           /* the default first */
    struct analyzer *analyzer;
    struct segment_files *files;
    struct ranked_room room;
    archive_opened opened; /* may be NULL */
    void *opened_context;
    uint64_t articles;        /* in all segments, dead ones included */
    struct deadline deadline; /* of the search that is going on */
};

/* As search_open(). */
enum status archive_open(struct archive **archive, const char *dir,
                         struct error *err);
enum status archive_open_all(struct archive **archive, const struct list *dirs,
                             struct error *err);
void archive_close(struct archive *archive);

/*
 * How many articles have a term, all segments together.  `aside`: in any
 * field; else what the ranked index says is enough.
 */
enum status archive_count_term(struct archive *archive, const char *term,
                               bool aside, uint64_t *articles,
                               struct error *err);

/*
 * The ids of the articles that may have been published on these days:
 * days differ by zone, so those at the ends are to be looked at one by one.
 */
struct id_range {
    int64_t first; /* candidates: first .. last */
    int64_t last;
    int64_t sure_first; /* of those, surely in range */
    int64_t sure_last;
};

enum status archive_days(struct archive_segment *segment, int64_t first_day,
                         int64_t last_day, struct id_range *range,
                         struct error *err);

/* Let no more than about so many bytes of the archive count as memory of the
 * process at a time. */
void archive_limit(struct archive *archive, size_t bytes);

/* The segment's database; NULL if it cannot be opened. */
struct sqlite3 *archive_db(struct archive_segment *segment);

/* Prepare a statement once. */
enum status archive_prepare(struct archive_segment *segment,
                            struct sqlite3_stmt **statement, const char *sql,
                            struct error *err);

#endif
