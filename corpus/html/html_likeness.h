/*
 * corpus/html/html_likeness.h - how alike two texts are by their words: what
 * tells a headline that is said twice, or a description that is shown.
 *
 *     "Ferry & port reopen"  "Port and ferry reopen"     85
 *
 * A page may hold a hundred thousand texts to be compared with one that it
 * states, however long that is.  So what is compared is made of each once, and
 * is of the first 200 words.
 */
#ifndef CORPUS_HTML_LIKENESS_H
#define CORPUS_HTML_LIKENESS_H

#include <stddef.h>
#include <stdint.h>

enum {
    HTML_WORDING_MOST = 200
};

/* The words of a text, hashed, letters folded where that is one byte; in order
 * of their hashes. */
struct html_wording {
    uint32_t word[HTML_WORDING_MOST];
    size_t count;
};

void html_wording_of(struct html_wording *wording, const char *text,
                     size_t size);

/* 0 to 100; 0 if one has no words. */
int html_likeness(const struct html_wording *a, const struct html_wording *b);

/* The same of a text. */
int html_text_likeness(const struct html_wording *a, const char *text,
                       size_t size);

#endif
