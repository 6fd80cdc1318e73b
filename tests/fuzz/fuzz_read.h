/*
 * tests/fuzz/fuzz_read.h - any bytes through a reader, and what must hold of
 * what comes out, whatever they are:
 *
 *     it ends           every article and every error uses up some input
 *     each article      see fuzz_reader.h
 *     size              see fuzz_size_most()
 *     the same again    a second reading says the same, error for error
 */
#ifndef TESTS_FUZZ_READ_H
#define TESTS_FUZZ_READ_H

#include "corpus/html/html_scan.h"
#include "tests/fuzz/fuzz_reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The most that is unpacked of an input; files that unpack to more are all
 * alike. */
#define FUZZ_INFLATED_MOST (1 << 20)

/*
 * What is read once is kept once, but for the beginning of a body or the title
 * of a page that has no text, which may be headline and body.  One byte becomes
 * three at most, where it is of an old charset or not valid (U+FFFD), and no
 * reference of HTML is shorter than its characters.  So the articles up to here
 * are at most six times as long as what was read for them, and 64 bytes each.
 *
 * A page in a WARC may be packed once more; it is bounded by the largest that
 * is kept.
 */
static inline uint64_t
fuzz_size_most(const struct reader *reader, uint64_t articles)
{
    uint64_t read = input_offset(reader->input);

    if (strcmp(reader->format->name, "warc") == 0)
        read = articles * HTML_SIZE_MOST;
    return 6 * read + 64 * articles;
}

/* All that a reader says of an input, which is taken over, into `said`. */
static inline void
fuzz_read_input(struct input *input, const char *format, size_t size,
                struct buf *said)
{
    struct reader_options options = {.format = format};
    struct reader *reader = NULL;
    struct article article;
    struct error err = {0};
    struct buf parcel = BUF_INIT;
    bool more = true;
    uint64_t rounds = 0;
    uint64_t articles = 0;
    uint64_t texts = 0;

    article_init(&article);
    if (reader_open(&reader, input, &options, &err))
        buf_printf(said, "%d %s\n", (int)err.status, err.text);
    while (reader && more) {
        enum status status;

        err = (struct error){0};
        status = reader_next(reader, &article, &more, &err);
        assert(!status == !err.text[0]);
        if (status)
            buf_printf(said, "%d %s\n", (int)err.status, err.text);
        if (!status && more) {
            buf_clear(&parcel);
            parcel_pack(&parcel, &article);
            fuzz_check_form(&article);
            texts += fuzz_size(&article);
            assert(texts <= fuzz_size_most(reader, ++articles));
            fuzz_check_parcel(&article, &parcel);
            fuzz_check_json(&article, &parcel);
            buf_add(said, parcel.data, parcel.size);
        }
        assert(rounds++ <= FUZZ_INFLATED_MOST + size);
    }
    reader_close(reader);
    input_close(input);
    article_release(&article);
    buf_release(&parcel);
}

static inline void
fuzz_read_memory(const uint8_t *data, size_t size, const char *format,
                 struct buf *said)
{
    struct input_limits limits = {.inflated = FUZZ_INFLATED_MOST};
    struct input *input = NULL;

    input_open_memory(&input, (const char *)data, size, "fuzz", &limits, NULL);
    fuzz_read_input(input, format, size, said);
}

static inline int
fuzz_read(const uint8_t *data, size_t size, const char *format)
{
    struct buf once = BUF_INIT;
    struct buf twice = BUF_INIT;

    fuzz_read_memory(data, size, format, &once);
    fuzz_read_memory(data, size, format, &twice);
    assert(buf_equal(&once, &twice));
    buf_release(&once);
    buf_release(&twice);
    return 0;
}

#endif
