/*
 * indexer/audit/audit.h - what an archive lacks, by its own rhythm.
 *
 *     struct audit *audit = audit_new();
 *
 *     for each article: audit_add(audit, &facts);
 *     audit_look(audit);
 *     ... audit_finding(audit, i) ...
 *     audit_free(audit);
 *
 * A paper has a rhythm: so many articles on a Monday, so many on a Sunday.  The
 * median of a weekday in the weeks around a day says how many to expect, and a
 * few days that are missing do not move it.  Days that follow each other and
 * have less than half of that are one gap, if by Poisson's law so few hardly
 * come by chance, and if they are far below by what the series spreads, too.
 * All papers together are looked at, each paper, and each section; what a whole
 * lacks is not told of its parts, nor what a part lacks of the whole.
 *
 * Three weeks and more without any article are a pause: it may never have been
 * published, or is not held.
 *
 * A template that broke shows in all articles from one day on: they have
 * several times fewer or more words, or no bylines, than those before.
 */
#ifndef INDEXER_AUDIT_H
#define INDEXER_AUDIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "corpus/base/buf.h"

struct audit;

/* Of an article.  The texts are copied. */
struct audit_facts {
    const char *publication;
    const char *section;
    bool dated;
    int64_t day;   /* since 1970-01-01 */
    bool inferred; /* the date was not stated by a record of its own */
    bool byline;
    uint64_t words;
    size_t captions;
    size_t credited; /* of them */
};

enum audit_kind {
    AUDIT_GAP,    /* far fewer articles than the rhythm promises */
    AUDIT_PAUSE,  /* none for weeks */
    AUDIT_LENGTH, /* articles have another length from one day on */
    AUDIT_BYLINES /* bylines come or go from one day on */
};

struct audit_finding {
    enum audit_kind kind;
    const char *publication; /* "" if it has none; NULL: all together */
    const char *section;     /* NULL: all of them */
    int64_t first;           /* days, both included */
    int64_t last;
    double there;    /* articles, words, or the share of bylines */
    double expected; /* instead */
};

/* What there is of each kind, of all articles. */
struct audit_totals {
    uint64_t articles;
    uint64_t undated;
    uint64_t inferred;
    uint64_t without_byline;
    uint64_t captions;
    uint64_t uncredited;
    int64_t first; /* day; > last if none is dated */
    int64_t last;
};

struct audit *audit_new(void);
void audit_free(struct audit *audit);
void audit_add(struct audit *audit, const struct audit_facts *facts);
void audit_look(struct audit *audit);

size_t audit_findings(const struct audit *audit);
const struct audit_finding *audit_finding(const struct audit *audit, size_t i);
const struct audit_totals *audit_totals(const struct audit *audit);

/* As lines for people, and as JSON. */
void audit_print(const struct audit *audit, struct buf *out);
void audit_print_json(const struct audit *audit, struct buf *out);

/* A calendar as SVG: a row of weeks for each year, a square a day, the darker
 * the more articles, with gaps outlined. */
void audit_draw(const struct audit *audit, struct buf *out);

#endif
