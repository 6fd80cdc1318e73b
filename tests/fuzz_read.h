/*
 * tests/fuzz_read.h - any bytes through a reader, and what must hold of what
 * comes out, whatever they are.
 */
#ifndef TESTS_FUZZ_READ_H
#define TESTS_FUZZ_READ_H

#include <assert.h>

#include "corpus/article.h"
#include "corpus/reader.h"
#include "corpus/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Valid UTF-8, no control characters but '\n' where lines are allowed. */
static inline void
fuzz_check_text(const struct buf *text, bool lines)
{
    assert(utf8_valid(text->data, text->size));
    for (size_t i = 0; i < text->size; i++) {
        unsigned char byte = (unsigned char)text->data[i];

        assert((byte >= 0x20 && byte != 0x7f) || (lines && byte == '\n'));
    }
}

static inline size_t
fuzz_check_article(const struct article *article)
{
    size_t size = article->headline.size + article->body.size;
    struct buf json = BUF_INIT;

    fuzz_check_text(&article->headline, false);
    fuzz_check_text(&article->byline, false);
    fuzz_check_text(&article->key, false);
    fuzz_check_text(&article->url, false);
    fuzz_check_text(&article->section, false);
    fuzz_check_text(&article->publication, false);
    fuzz_check_text(&article->dateline, false);
    fuzz_check_text(&article->body, true);
    for (size_t i = 0; i < article->captions; i++) {
        fuzz_check_text(&article->caption[i].text, false);
        fuzz_check_text(&article->caption[i].credit, false);
        size += article->caption[i].text.size;
    }
    article_print_json(article, &json);
    assert(utf8_valid(json.data, json.size));
    assert(json.size > 2 && json.data[json.size - 1] == '\n');
    buf_release(&json);
    return size;
}

/* The size of all text that came out. */
static inline size_t
fuzz_read_once(const uint8_t *data, size_t size, const char *format)
{
    struct reader_options options = {.format = format};
    struct input_limits limits = {.inflated = 1 << 20};
    struct input *input = NULL;
    struct reader *reader = NULL;
    struct article article;
    struct error err = {0};
    bool more = true;
    size_t total = 0;
    size_t articles = 0;

    article_init(&article);
    input_open_memory(&input, (const char *)data, size, "fuzz", &limits, &err);
    if (reader_open(&reader, input, &options, &err))
        assert(err.text[0] != '\0');
    while (reader && more) {
        err = (struct error){0};
        if (reader_next(reader, &article, &more, &err))
            assert(err.text[0] != '\0');
        else if (more)
            total += fuzz_check_article(&article);
        /* Every article and every error has used up some input. */
        assert(articles++ <= (1 << 20) + size);
    }
    reader_close(reader);
    input_close(input);
    article_release(&article);
    return total;
}

static inline int
fuzz_read(const uint8_t *data, size_t size, const char *format)
{
    size_t first = fuzz_read_once(data, size, format);

    assert(fuzz_read_once(data, size, format) == first);
    return 0;
}

#endif
