/*
 * indexer/nindex/origins.h - what was read from which part of which file, and
 * why.
 *
 * For one article as lines of a report, and for a whole run as counts: of
 * files and articles by format, and of the parts of articles by the rule that
 * found them.  A rule that suddenly finds nothing is how one sees that a
 * site has changed its template.
 */
#ifndef INDEXER_ORIGINS_H
#define INDEXER_ORIGINS_H

#include <stdint.h>

#include "corpus/article/article.h"
#include "corpus/base/buf.h"

/* --- one article --- */

/* The columns of origins_add_lines(), ended by '\n'. */
extern const char origins_header[];

/*
 * Append a line for each part of the article that was found: file, number of
 * the article in it (from 1), name of the part, rule, place, and the first
 * bytes of its value; separated by tabs, of which there is none inside.
 */
void origins_add_lines(const char *path, const struct article *article,
                       struct buf *out);

/* Append the value of a part, one line, at most `limit` bytes of it, cut
 * between characters; captions and paragraphs are parted by blanks. */
void origins_add_value(const struct article *article,
                       enum article_member member, size_t limit,
                       struct buf *out);

/* --- a run --- */

struct origins_row {
    char *name;     /* of a format or a rule */
    uint64_t files; /* of a format */
    uint64_t articles;
};

struct origins_table {
    struct origins_row *row;
    size_t rows;
    size_t room;
};

struct origins {
    struct origins_table format;
    struct origins_table rule[MEMBER_COUNT];
    uint64_t articles;
    uint64_t pending; /* of the file that is being read */
};

#define ORIGINS_INIT ((struct origins){0})

void origins_count_article(struct origins *origins,
                           const struct article *article);

/* The file whose articles came last is done; NULL: of no known format. */
void origins_count_file(struct origins *origins, const char *format);

/* Append both tables as text for a person, most frequent first. */
void origins_print(const struct origins *origins, struct buf *out);
void origins_release(struct origins *origins);

#endif
