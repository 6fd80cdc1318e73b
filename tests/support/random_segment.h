/*
 * tests/support/random_segment.h - articles of random words, kept as plainly as
 * can be, and the ranked index of them.
 *
 * Words are "w0", "w1", ...: the first stand in most articles, the last in a
 * few.  Every eighth word has a second term at its position.  The same seed
 * makes the same articles.
 */
#ifndef TESTS_RANDOM_SEGMENT_H
#define TESTS_RANDOM_SEGMENT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "corpus/base/mem.h"
#include "indexer/archive/field.h"
#include "indexer/ranked/bm25f.h"
#include "indexer/ranked/ranked.h"
#include "indexer/ranked/ranked_writer.h"

enum {
    RANDOM_WORDS = 60
};

struct random_token {
    unsigned word;
    uint32_t position;
};

struct random_article {
    int64_t published;
    uint32_t length[FIELD_TEXT_COUNT];
    struct random_token *token[FIELD_TEXT_COUNT];
    size_t tokens[FIELD_TEXT_COUNT];
};

struct random_segment {
    struct random_article *article; /* number 1 first */
    size_t articles;
};

static inline uint32_t
random_next(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33);
}

static inline uint32_t
random_below(uint64_t *seed, uint32_t limit)
{
    return random_next(seed) % limit;
}

static inline void
random_word_name(char name[16], unsigned word)
{
    snprintf(name, 16, "w%u", word);
}

/* Common words far more often than rare ones. */
static inline unsigned
random_word(uint64_t *seed)
{
    uint32_t a = random_below(seed, RANDOM_WORDS);
    uint32_t b = random_below(seed, RANDOM_WORDS);
    uint32_t c = random_below(seed, RANDOM_WORDS);
    uint32_t least = a < b ? a : b;

    return least < c ? least : c;
}

static inline void
random_field(uint64_t *seed, struct random_article *article, size_t field,
             uint32_t length)
{
    struct random_token *token =
        mem_resize(NULL, (size_t)length * 2 + 1, sizeof(*token));
    size_t tokens = 0;

    for (uint32_t i = 0; i < length; i++) {
        unsigned word = random_word(seed);

        token[tokens++] = (struct random_token){word, i};
        if (word % 8 == 7)
            token[tokens++] = (struct random_token){RANDOM_WORDS + word / 8, i};
    }
    article->token[field] = token;
    article->tokens[field] = tokens;
    article->length[field] = length;
}

static inline void
random_segment_init(struct random_segment *segment, uint64_t *seed,
                    size_t articles)
{
    int64_t published = RANKED_UNDATED;

    segment->articles = articles;
    segment->article = mem_zero(articles + 1, sizeof(*segment->article));
    for (size_t i = 0; i < articles; i++) {
        struct random_article *article = &segment->article[i];

        if (i >= articles / 10 && published == RANKED_UNDATED)
            published = 1000;
        else if (published != RANKED_UNDATED && random_below(seed, 3) == 0)
            published += random_below(seed, 4) * 10;
        article->published = published;
        random_field(seed, article, FIELD_HEADLINE, random_below(seed, 6));
        random_field(seed, article, FIELD_BYLINE, random_below(seed, 3));
        random_field(seed, article, FIELD_CAPTIONS, random_below(seed, 4));
        random_field(seed, article, FIELD_BODY,
                     random_below(seed, 20) ? random_below(seed, 40)
                                            : random_below(seed, 600));
    }
}

static inline void
random_segment_release(struct random_segment *segment)
{
    for (size_t i = 0; i < segment->articles; i++)
        for (size_t j = 0; j < FIELD_TEXT_COUNT; j++)
            free(segment->article[i].token[j]);
    free(segment->article);
}

/* How often a word stands in each field; returns their sum. */
static inline uint32_t
random_frequency(const struct random_article *article, unsigned word,
                 uint32_t tf[FIELD_TEXT_COUNT])
{
    uint32_t sum = 0;

    for (size_t i = 0; i < FIELD_TEXT_COUNT; i++) {
        tf[i] = 0;
        for (size_t j = 0; j < article->tokens[i]; j++)
            tf[i] += article->token[i][j].word == word;
        sum += tf[i];
    }
    return sum;
}

static inline uint32_t
random_impact(const struct random_article *article,
              const uint32_t tf[FIELD_TEXT_COUNT])
{
    struct bm25f_norm norm;

    bm25f_norm_init(&norm, article->length);
    return bm25f_impact(&norm, tf);
}

/* Write the ranked index; `memory` as for ranked_writer_new(). */
static inline enum status
random_segment_write(const struct random_segment *segment, const char *path,
                     size_t memory, struct error *err)
{
    char runs[512];
    struct ranked_writer *writer;
    enum status status;

    snprintf(runs, sizeof(runs), "%s.runs", path);
    writer = ranked_writer_new(runs, memory);
    for (size_t i = 0; i < segment->articles; i++) {
        const struct random_article *article = &segment->article[i];

        ranked_writer_begin_article(writer, article->published);
        for (size_t j = 0; j < FIELD_TEXT_COUNT; j++) {
            ranked_writer_begin_field(writer, (enum field)j);
            for (size_t t = 0; t < article->tokens[j]; t++) {
                char name[16];

                random_word_name(name, article->token[j][t].word);
                ranked_writer_token(writer,
                                    &(struct ranked_token){
                                        name, strlen(name), name, strlen(name),
                                        article->token[j][t].position, 0},
                                    NULL);
            }
        }
    }
    status = ranked_writer_end(writer, path, NULL, err);
    ranked_writer_free(writer);
    return status;
}

static inline uint64_t
file_size(const char *path)
{
    FILE *file = fopen(path, "rbe");
    long size = -1;

    if (file && fseek(file, 0, SEEK_END) == 0)
        size = ftell(file);
    if (file)
        fclose(file);
    return size < 0 ? 0 : (uint64_t)size;
}

/* Write it and open what was written. */
static inline struct ranked *
random_segment_open(const struct random_segment *segment, const char *path,
                    size_t memory)
{
    struct ranked *ranked = NULL;
    struct error err = {0};

    if (random_segment_write(segment, path, memory, &err) ||
        ranked_open(&ranked, path, file_size(path), &err))
        fail_msg("%s", err.text);
    assert_int_equal(ranked_articles(ranked), segment->articles);
    return ranked;
}

#endif
