/*
 * corpus/formats/reader.h - from a file to its articles, whatever its format.
 *
 * A format is one file, reader_NAME.c, that defines one `const struct format`
 * and one row in the table of reader.c.  It is recognised by content; the
 * suffix only breaks ties.
 *
 *     struct reader *reader = NULL;
 *     struct article article;
 *     bool more = true;
 *
 *     status = reader_open(&reader, input, &options, err);
 *     while (!status && more) {
 *         status = reader_next(reader, &article, &more, err);
 *         if (status && more) { ... one article is bad: report, go on ... }
 *         else if (!status && more) { ... use article ... }
 *     }
 *     reader_close(reader);
 */
#ifndef CORPUS_READER_H
#define CORPUS_READER_H

#include <stdbool.h>
#include <stddef.h>

#include "corpus/article/article.h"
#include "corpus/base/error.h"
#include "corpus/input/input.h"

struct reader_options {
    const char *format;  /* a format's name instead of recognition, or NULL */
    const char *charset; /* instead of the declared one, or NULL */
    const char *map;     /* "column=name,...": what the columns of a table are
                            called, or NULL */
    int64_t latest;      /* UTC seconds: nothing was published after this,
                            unless its file is newer still; 0: not known */
};

struct reader {
    const struct format *format;
    struct input *input; /* borrowed */
    struct reader_options options;
    uint64_t items;      /* articles handed out so far */
    void *state;         /* the format's own */
    struct error damage; /* what to say behind the last article: that not all
                            could be read; empty if there is nothing */
};

struct format {
    const char *name;     /* "html": what --format takes and info prints */
    const char *about;    /* "a saved web page": for a person */
    const char *suffixes; /* "html htm xhtml": in lower case, no dots */

    /*
     * How sure the format is that `head`, the first up to 64 KiB of the
     * input, is of its kind: 0 certainly not, 100 certainly.  Text that
     * nobody claims falls to "text" at 1.
     */
    int (*sniff)(const char *head, size_t size);

    /* Set up `reader->state`.  May be NULL. */
    enum status (*open)(struct reader *reader, struct error *err);

    /*
     * Fill `article`, which comes cleared.  `*more` comes true.  At the end:
     * set it false and return STATUS_OK.  A bad article that can be passed
     * over: return its error with `*more` true.  If nothing behind the error
     * can be read: return it with `*more` false.
     */
    enum status (*next)(struct reader *reader, struct article *article,
                        bool *more, struct error *err);

    /* Release `reader->state`.  May be NULL. */
    void (*close)(struct reader *reader);
};

/* All formats, ended by NULL; for `nindex --formats` and the tests. */
const struct format *const *reader_formats(void);

/* STATUS_USAGE, with the names of all, if none is called that. */
enum status reader_format_named(const struct format **format, const char *name,
                                struct error *err);

/* The format that `head`, the first up to 64 KiB of the input, is of, and how
 * sure that is: 1 to 100.  NULL if none claims it. */
const struct format *reader_recognise(const char *head, size_t size,
                                      const char *name, int *sure);

/*
 * Recognise the input and make ready to read it.  STATUS_FORMAT if no reader
 * knows it: the sentence names what it seems to be ("a PDF document") and
 * what to do.  STATUS_ABSENT for an empty file.
 */
enum status reader_open(struct reader **reader, struct input *input,
                        const struct reader_options *options,
                        struct error *err);
void reader_close(struct reader *reader);

/* The next article, tidy and numbered; see the example above.  A key of a few
 * digits gives way to the address, or is marked as its file's own.  A date of
 * publication after options.latest is none: what looked like a date was a
 * number or a slip.  An article without headline, body and caption is
 * STATUS_FORMAT with `*more` true. */
enum status reader_next(struct reader *reader, struct article *article,
                        bool *more, struct error *err);

#endif
