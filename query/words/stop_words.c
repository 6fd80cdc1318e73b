#include "query/words/stop_words.h"

#include <stdlib.h>
#include <string.h>

/* Sorted, for bsearch. */
static const char *const stop_words[] = {
    "a",    "about", "an",    "and",  "any",  "are",   "as",     "at",
    "be",   "been",  "but",   "by",   "can",  "could", "did",    "do",
    "does", "for",   "from",  "had",  "has",  "have",  "how",    "i",
    "if",   "in",    "into",  "is",   "it",   "its",   "me",     "my",
    "no",   "not",   "of",    "on",   "or",   "our",   "should", "such",
    "that", "the",   "their", "them", "then", "there", "these",  "they",
    "this", "those", "to",    "us",   "was",  "we",    "were",   "what",
    "when", "where", "which", "who",  "whom", "whose", "why",    "will",
    "with", "would", "you",   "your"};

static int
compare(const void *key, const void *word)
{
    return strcmp(key, *(const char *const *)word);
}

bool
is_stop_word(const char *folded)
{
    return bsearch(folded, stop_words,
                   sizeof(stop_words) / sizeof(stop_words[0]),
                   sizeof(stop_words[0]), compare) != NULL;
}
