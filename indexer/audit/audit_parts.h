/*
 * indexer/audit/audit_parts.h - what the files of audit.h share; nobody else
 * includes it.
 */
#ifndef INDEXER_AUDIT_PARTS_H
#define INDEXER_AUDIT_PARTS_H

#include "corpus/base/seen.h"
#include "indexer/audit/audit.h"

/* A dated article as it is kept. */
struct audit_article {
    int64_t day;
    uint32_t publication;
    uint32_t section; /* of a publication */
    float words;      /* their logarithm */
    bool byline;
};

struct audit_name {
    char *publication;
    char *section;
};

struct audit {
    struct audit_totals totals;
    struct seen publications;
    struct seen sections;
    struct audit_name *publication;
    size_t publication_room;
    struct audit_name *section;
    size_t section_room;
    struct audit_article *article;
    size_t articles;
    size_t room;
    struct audit_finding *finding;
    size_t findings;
    size_t finding_room;
};

/* Articles a day, from totals.first to totals.last. */
struct audit_series {
    uint32_t *count;
    size_t days;
    int64_t first; /* the day of count[0] */
    const char *publication;
    const char *section;
};

void audit_find(struct audit *audit, const struct audit_finding *finding);

/* Gaps and pauses of a series, into the findings. */
void audit_look_for_gaps(struct audit *audit,
                         const struct audit_series *series);

/* Sudden changes in the articles of one publication, by day. */
void audit_look_for_breaks(struct audit *audit,
                           const struct audit_article *article, size_t count);

#endif
