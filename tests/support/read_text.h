/*
 * tests/support/read_text.h - a text through the readers, and back as lines
 * that a test can compare: "headline|byline|published|body", "!" for a bad
 * article,
 * "!!" for an error behind which nothing was read.
 */
#ifndef TESTS_READ_TEXT_H
#define TESTS_READ_TEXT_H

#include "corpus/article/article.h"
#include "corpus/formats/reader.h"

/* Says in `out`, after the articles, nothing more.  `format` may be NULL.
 * `print` may be NULL: then the line above. */
static inline void
read_text(const char *name, const char *text, size_t size, const char *format,
          struct buf *out,
          void (*print)(const struct article *article, struct buf *out))
{
    struct reader_options options = {.format = format};
    struct input *input = NULL;
    struct reader *reader = NULL;
    struct article article;
    struct error err = {0};
    bool more = true;
    enum status status;

    article_init(&article);
    status = input_open_memory(&input, text, size, name, NULL, &err);
    if (!status)
        status = reader_open(&reader, input, &options, &err);
    while (reader && more) {
        status = reader_next(reader, &article, &more, &err);
        if (!status && more && print) {
            print(&article, out);
        } else if (!status && more) {
            buf_printf(out, "%s|%s|", article.headline.data,
                       article.byline.data);
            date_print(&article.published, out);
            buf_printf(out, "|%s\n", article.body.data);
        } else if (status && more) {
            buf_add_text(out, "!\n");
        }
    }
    if (status)
        buf_printf(out, "!! %s\n", err.text);
    reader_close(reader);
    input_close(input);
    article_release(&article);
}

#endif
