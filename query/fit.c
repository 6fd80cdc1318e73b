#include <stdlib.h>
#include <string.h>

#include "query/leaf.h"

/* Bytes of the character at `text`; terms are valid UTF-8. */
static size_t
character(const char *text, size_t size)
{
    size_t step = 1;

    while (step < size && ((unsigned char)text[step] & 0xc0) == 0x80)
        step++;
    return step;
}

/*
 * One '*' remembers where it stands; on a mismatch it takes one character
 * more.  Earlier stars never need another try, so this is never worse than
 * pattern times text.
 */
bool
glob_fits(const char *pattern, const char *text, size_t size)
{
    const char *star = NULL;
    size_t at = 0;
    size_t retry = 0;

    while (at < size) {
        if (*pattern == '*') {
            star = ++pattern;
            retry = at;
        } else if (*pattern == '?') {
            pattern++;
            at += character(text + at, size - at);
        } else if (*pattern == text[at]) {
            pattern++;
            at++;
        } else if (star) {
            pattern = star;
            retry += character(text + retry, size - retry);
            at = retry;
        } else {
            return false;
        }
    }
    while (*pattern == '*')
        pattern++;
    return *pattern == '\0';
}

/* Split a term into characters; terms are at most TERM_SIZE_MAX bytes. */
static size_t
decode(const char *text, size_t size, uint32_t *out)
{
    size_t count = 0;

    for (size_t at = 0; at < size && count < TERM_SIZE_MAX;) {
        size_t step = character(text + at, size - at);
        uint32_t code = 0;

        for (size_t i = 0; i < step; i++)
            code = code << 8 | (unsigned char)text[at + i];
        out[count++] = code;
        at += step;
    }
    return count;
}

static int
least(int a, int b)
{
    return a < b ? a : b;
}

bool
edits_within(const char *a, size_t a_size, const char *b, size_t b_size,
             int most)
{
    uint32_t left[TERM_SIZE_MAX];
    uint32_t right[TERM_SIZE_MAX];
    int row[3][TERM_SIZE_MAX + 1];
    size_t rows = decode(a, a_size, left);
    size_t columns = decode(b, b_size, right);
    size_t gap = rows > columns ? rows - columns : columns - rows;

    if (gap > (size_t)most)
        return false;
    for (size_t j = 0; j <= columns; j++)
        row[0][j] = (int)j;
    for (size_t i = 1; i <= rows; i++) {
        int *now = row[i % 3];
        const int *last = row[(i + 2) % 3];
        const int *before = row[(i + 1) % 3];
        int best = now[0] = (int)i;

        for (size_t j = 1; j <= columns; j++) {
            int cost = left[i - 1] != right[j - 1];

            now[j] =
                least(least(last[j] + 1, now[j - 1] + 1), last[j - 1] + cost);
            if (i > 1 && j > 1 && left[i - 1] == right[j - 2] &&
                left[i - 2] == right[j - 1])
                now[j] = least(now[j], before[j - 2] + 1);
            best = least(best, now[j]);
        }
        if (best > most)
            return false;
    }
    return row[rows % 3][columns] <= most;
}

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
