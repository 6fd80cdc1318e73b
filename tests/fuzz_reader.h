/*
 * tests/fuzz_reader.h - any bytes through the reader of one format: it ends,
 * and what it gives is an article in the form that corpus/article.h promises.
 */
#ifndef TESTS_FUZZ_READER_H
#define TESTS_FUZZ_READER_H

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "corpus/reader.h"
#include "corpus/utf8.h"

static inline void
fuzz_reader(const char *format, const uint8_t *data, size_t size)
{
    struct input *input = NULL;
    struct reader *reader = NULL;
    struct reader_options options = {.format = format};
    struct error err = {0};
    struct article article;
    bool more = true;
    uint64_t rounds = 0;

    article_init(&article);
    if (!input_open_memory(&input, (const char *)data, size, "fuzz", NULL,
                           &err) &&
        !reader_open(&reader, input, &options, &err))
        while (more) {
            struct buf line = BUF_INIT;

            reader_next(reader, &article, &more, &err);
            assert(utf8_valid(article.headline.data, article.headline.size));
            assert(utf8_valid(article.body.data, article.body.size));
            article_print_json(&article, &line);
            buf_release(&line);
            assert(++rounds <= size + 1);
        }
    reader_close(reader);
    input_close(input);
    article_release(&article);
}

#endif
