/* Packed pages: what a server calls a coding, and what it sends. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <zlib.h>

#include "corpus/base/count.h"
#include "corpus/input/content_coding.h"

static const char page[] =
    "<p>Three boats lie in the harbour, and three boats lie off it.</p>";

/* The page above, packed. */
static const char zlib_page[] =
    "\x78\xda\xb3\x29\xb0\x0b\xc9\x28\x4a\x4d\x55\x48\xca\x4f\x2c\x29"
    "\x56\xc8\xc9\x4c\x55\xc8\xcc\x53\x28\xc9\x48\x55\xc8\x48\x2c\x4a"
    "\xca\x2f\x2d\xd2\x51\x48\xcc\x4b\x01\x0a\xa0\xaa\xc9\x4f\x4b\x53"
    "\xc8\x2c\xd1\xb3\xd1\x2f\xb0\x03\x00\x07\xf6\x16\xca";
static const char bare_page[] =
    "\xb3\x29\xb0\x0b\xc9\x28\x4a\x4d\x55\x48\xca\x4f\x2c\x29\x56\xc8"
    "\xc9\x4c\x55\xc8\xcc\x53\x28\xc9\x48\x55\xc8\x48\x2c\x4a\xca\x2f"
    "\x2d\xd2\x51\x48\xcc\x4b\x01\x0a\xa0\xaa\xc9\x4f\x4b\x53\xc8\x2c"
    "\xd1\xb3\xd1\x2f\xb0\x03\x00";
static const char gzip_page[] =
    "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xb3\x29\xb0\x0b\xc9\x28"
    "\x4a\x4d\x55\x48\xca\x4f\x2c\x29\x56\xc8\xc9\x4c\x55\xc8\xcc\x53"
    "\x28\xc9\x48\x55\xc8\x48\x2c\x4a\xca\x2f\x2d\xd2\x51\x48\xcc\x4b"
    "\x01\x0a\xa0\xaa\xc9\x4f\x4b\x53\xc8\x2c\xd1\xb3\xd1\x2f\xb0\x03"
    "\x00\x1b\x86\x04\xf6\x42\x00\x00\x00";
static const char brotli_page[] =
    "\x1b\x41\x00\x10\x2d\x0e\x78\x93\xa1\x97\x2d\x5c\xff\x0c\xd0\x8f"
    "\x50\xe9\xc9\xe3\x03\xd7\x69\x6f\x6c\x62\xd3\xcc\x8d\xae\x41\xc2"
    "\xca\xe8\x24\x88\xd9\x1c\x4c\xe4\x84\x20\xb1\x80\xda\xd9\x1f\x8a"
    "\x3d\x23\x07\x18\x09\xa7\x87\xbb\x7c\x17\xfa\x63\xa6\xc4\x2f\x28"
    "\xb1\x28\x00";

#define PACKED(array) array, sizeof(array) - 1

static void
every_coding_gives_the_page(void **state)
{
    static const struct {
        const char *coding, *data;
        size_t size;
    } cases[] = {
        {"gzip", PACKED(gzip_page)},
        {"X-GZIP", PACKED(gzip_page)},
        {"deflate", PACKED(zlib_page)},
        {"deflate", PACKED(bare_page)},
        {"br", PACKED(brotli_page)},
        {"BR", PACKED(brotli_page)},
        /* the wrong name, and no coding at all */
        {"deflate", PACKED(gzip_page)},
        {"what", PACKED(gzip_page)},
        {"gzip", PACKED(page)},
        {"br", PACKED(page)},
        {"deflate", PACKED(page)},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct buf out = BUF_INIT;
        struct error err = {0};

        assert_int_equal(content_coding_undo(&out, cases[i].coding,
                                             cases[i].data, cases[i].size,
                                             "a.warc", &err),
                         STATUS_OK);
        assert_string_equal(out.data, page);
        buf_release(&out);
    }
}

static void
what_is_cut_off_gives_its_beginning(void **state)
{
    static const struct {
        const char *coding, *data;
        size_t size;
    } cases[] = {
        {"gzip", PACKED(gzip_page)},
        {"deflate", PACKED(zlib_page)},
        {"br", PACKED(brotli_page)},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        for (size_t size = 0; size < cases[i].size; size++) {
            struct buf out = BUF_INIT;
            struct error err = {0};
            char *copy = malloc(size + 1); /* its end is watched */

            memcpy(copy, cases[i].data, size);
            if (content_coding_undo(&out, cases[i].coding, copy, size, "a.warc",
                                    &err) == STATUS_OK)
                assert_true(out.size > 0);
            assert_memory_equal(out.data, page, out.size);
            free(copy);
            buf_release(&out);
        }
}

/* `size` bytes of which `fresh` in each 1,000 were not there before. */
static void
make_page(struct buf *text, size_t size, size_t fresh)
{
    uint32_t seed = 1;

    buf_clear(text);
    while (text->size < size) {
        for (size_t i = 0; i < fresh; i++) {
            seed = seed * 1664525u + 1013904223u;
            buf_add_byte(text, (char)('a' + (seed >> 24) % 26));
        }
        for (size_t i = fresh; i < 1000; i++)
            buf_add_byte(text, ' ');
    }
}

static size_t
pack(const struct buf *text, unsigned char *packed, size_t room)
{
    uLongf size = room;

    assert_int_equal(
        compress2(packed, &size, (const Bytef *)text->data, text->size, 9),
        Z_OK);
    return size;
}

static void
a_bomb_is_left_out_and_a_large_page_is_not(void **state)
{
    enum {
        SIZE = 4 << 20
    };
    static const struct {
        size_t fresh;
        enum status status;
    } cases[] = {{0, STATUS_LIMIT}, {1, STATUS_LIMIT}, {30, STATUS_OK}};
    unsigned char *packed = malloc(SIZE);
    struct buf text = BUF_INIT;
    struct buf out = BUF_INIT;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct error err = {0};
        size_t size;

        make_page(&text, SIZE, cases[i].fresh);
        size = pack(&text, packed, SIZE);
        buf_set_text(&out, "before");
        assert_int_equal(content_coding_undo(&out, "deflate",
                                             (const char *)packed, size,
                                             "a.warc", &err),
                         cases[i].status);
        if (cases[i].status) {
            assert_non_null(strstr(err.text, "a.warc: a page unpacks to more"));
            assert_string_equal(out.data, "before");
        } else {
            assert_true(SIZE / size > 20);
            assert_int_equal(out.size, 6 + text.size);
        }
    }
    free(packed);
    buf_release(&text);
    buf_release(&out);
}

static void
what_cannot_be_unpacked_is_named(void **state)
{
    static const struct {
        const char *coding, *data, *sentence;
    } cases[] = {
        {"zstd", "\x28\xb5\x2f\xfd",
         "a.warc: a page is packed with \"zstd\", "
         "which is not read"},
        {"br", "\x01\x02\x03",
         "a.warc: a page is said to be packed with "
         "\"br\", and cannot be unpacked"},
        {"gzip", "",
         "a.warc: a page is said to be packed with \"gzip\", and "
         "cannot be unpacked"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct buf out = BUF_INIT;
        struct error err = {0};

        assert_int_equal(
            content_coding_undo(&out, cases[i].coding, cases[i].data,
                                strlen(cases[i].data), "a.warc", &err),
            STATUS_FORMAT);
        assert_string_equal(err.text, cases[i].sentence);
        assert_int_equal(out.size, 0);
        buf_release(&out);
    }
}

static void
a_bomb_fills_its_room_and_no_more(void **state)
{
    enum {
        BOMB = 8 << 20,
        ROOM = 100000
    };
    struct buf out = BUF_LIMITED(ROOM);
    struct error err = {0};
    Bytef *zeros = calloc(1, BOMB);
    uLongf size = compressBound(BOMB);
    Bytef *packed = malloc(size);

    (void)state;
    assert_int_equal(compress(packed, &size, zeros, BOMB), Z_OK);
    content_coding_undo(&out, "deflate", (const char *)packed, size, "a.warc",
                        &err);
    assert_true(out.over);
    assert_true(out.size <= ROOM);
    free(packed);
    free(zeros);
    buf_release(&out);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_coding_gives_the_page),
        cmocka_unit_test(what_is_cut_off_gives_its_beginning),
        cmocka_unit_test(a_bomb_is_left_out_and_a_large_page_is_not),
        cmocka_unit_test(what_cannot_be_unpacked_is_named),
        cmocka_unit_test(a_bomb_fills_its_room_and_no_more),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
