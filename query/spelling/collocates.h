/*
 * query/spelling/collocates.h - the words that stand near certain others more
 * often than chance would have it.
 *
 * Words within a window at each side of a match are counted, each place once,
 * and compared with how often the archive has them (its vocabulary,
 * indexer/segment/vocabulary.h), by the log-likelihood ratio (likelihood.h).
 *
 *     collocates = collocates_new(analyzer, 5);
 *     for each text with its matches
 *         collocates_add(collocates, "en", &text);
 *     for each segment
 *         collocates_compare(collocates, db);
 *     count = collocates_rank(collocates, list, 20);
 *
 * The vocabulary has words of VOCABULARY_SHORTEST letters and more, so shorter
 * ones, and those of scripts without blanks, do not count.
 */
#ifndef QUERY_COLLOCATES_H
#define QUERY_COLLOCATES_H

#include <stddef.h>
#include <stdint.h>

struct analyzer;
struct collocates;
struct sqlite3;

/* From `start` to `end`, bytes of a text. */
struct collocates_match {
    size_t start;
    size_t end;
};

struct collocates_text {
    const char *text;
    size_t size;
    const struct collocates_match *match; /* in order */
    size_t matches;
};

struct collocate {
    char *word;       /* folded; yours to free */
    uint64_t near;    /* times that it stands there */
    uint64_t archive; /* times that the archive has it */
    double likelihood;
};

/* `window` words at each side.  The analyzer is borrowed. */
struct collocates *collocates_new(struct analyzer *analyzer, unsigned window);
void collocates_free(struct collocates *collocates);

void collocates_add(struct collocates *collocates, const char *language,
                    const struct collocates_text *text);

/* After all texts; once for each segment. */
void collocates_compare(struct collocates *collocates, struct sqlite3 *segment);

/* The `most` with the highest ratio, of those that come near more often than
 * elsewhere, and twice at least.  Returns their number. */
size_t collocates_rank(const struct collocates *collocates,
                       struct collocate *out, size_t most);

#endif
