/*
 * indexer/ranked/ranked_sentences.h - where the sentences and paragraphs of an
 * article begin.
 */
#ifndef INDEXER_RANKED_SENTENCES_H
#define INDEXER_RANKED_SENTENCES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ranked;

/* The places where one begins, rising, which count as ranked_format.h says;
 * those where a field begins are among them. */
struct ranked_sentences {
    uint32_t *start; /* `sentences` of them */
    bool *paragraph; /* whether a paragraph begins there, too */
    size_t sentences;
    size_t room;
};

/* False if they are damaged. */
bool ranked_sentences(struct ranked *ranked, uint32_t docid,
                      struct ranked_sentences *sentences);

/* As they are in the file, for another one. */
bool ranked_sentence_bytes(struct ranked *ranked, uint32_t docid,
                           const unsigned char **bytes, size_t *size);
void ranked_sentences_release(struct ranked_sentences *sentences);

#endif
