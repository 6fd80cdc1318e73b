/*
 * query/spelling/suggest.h - what a mistyped word was meant to be.
 *
 * A word that the archive does not have, or hardly, is compared with all the
 * words of its segments (indexer/segment/vocabulary.h): those one or two edits
 * away, and those that sound the same, weighed by how often they occur.
 *
 *     struct guesses guesses;
 *
 *     suggest_words(&guesses, segments, count, "presdient", 9);
 *     if (suggest_is_better(&guesses))
 *         ... guesses.guess[0].word is "president" ...
 *
 * It is a guess to be offered, never to be applied.  A segment that cannot
 * be read offers nothing; the search itself will say what is wrong with it.
 */
#ifndef QUERY_SUGGEST_H
#define QUERY_SUGGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "corpus/base/buf.h"
#include "indexer/analysis/analysis.h"

#define GUESSES_MAX 8

struct sqlite3;

struct guess {
    char word[TERM_SIZE_MAX + 1]; /* folded, not stemmed */
    uint64_t occurrences;
    int edits;
    bool sounds; /* the same as what was typed */
    double score;
};

struct guesses {
    uint64_t occurrences; /* of the word as it was typed */
    size_t count;
    struct guess guess[GUESSES_MAX]; /* best first */
};

/* `word` is folded (query_term.folded); the segments are open. */
void suggest_words(struct guesses *guesses, struct sqlite3 *const *segment,
                   size_t segments, const char *word, size_t size);

/* Is the best guess so much likelier than what was typed that a person wants
 * to see it? */
bool suggest_is_better(const struct guesses *guesses);

/*
 * The query with `better` instead of `word` as it was typed, wherever it
 * stands as a word of its own; where it began with a capital, `better` does.
 * Returns false, and nothing in `out`, if it stands nowhere.
 */
bool suggest_query(struct buf *out, const char *query, const char *word,
                   const char *better);

#endif
