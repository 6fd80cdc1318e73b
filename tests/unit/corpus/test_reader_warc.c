/* Archives whose pages are packed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <zlib.h>

#include "corpus/base/buf.h"
#include "tests/support/read_text.h"

enum {
    ROOM = 64 * 1024
};

/* A record with a page of a few words, and blanks in a comment. */
static void
add_record(struct buf *warc, size_t blanks, int level)
{
    static unsigned char packed[ROOM];
    uLongf size = sizeof(packed);
    struct buf page = BUF_INIT;
    struct buf head = BUF_INIT;

    buf_add_text(&page, "<title>A ferry</title><p>The ferry sails.<!-- ");
    for (size_t i = 0; i < blanks; i++)
        buf_add_byte(&page, i % 100 ? ' ' : (char)('a' + i / 100 % 26));
    buf_add_text(&page, "-->");
    assert_int_equal(
        compress2(packed, &size, (const Bytef *)page.data, page.size, level),
        Z_OK);
    buf_add_text(&head, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
                        "Content-Encoding: deflate\r\n\r\n");
    buf_printf(warc,
               "WARC/1.0\r\nWARC-Type: response\r\n"
               "WARC-Target-URI: http://a.example/%zu\r\n"
               "Content-Length: %zu\r\n\r\n",
               warc->size, head.size + size);
    buf_add(warc, head.data, head.size);
    buf_add(warc, packed, size);
    buf_add_text(warc, "\r\n\r\n");
    buf_release(&page);
    buf_release(&head);
}

static void
a_bomb_is_left_out_and_the_rest_is_read(void **state)
{
    struct buf warc = BUF_INIT;
    struct buf said = BUF_INIT;

    (void)state;
    add_record(&warc, 100, 9);
    add_record(&warc, 4 << 20, 9);
    add_record(&warc, 4 << 20, 9);
    add_record(&warc, 100, 9);
    read_text("a.warc", warc.data, warc.size, "warc", &said, NULL);
    assert_string_equal(said.data, "A ferry|||The ferry sails.\n!\n!\n"
                                   "A ferry|||The ferry sails.\n");
    buf_release(&warc);
    buf_release(&said);
}

static void
many_small_bombs_end_the_file(void **state)
{
    struct buf warc = BUF_INIT;
    struct buf said = BUF_INIT;
    int lines = 0;

    (void)state;
    for (int i = 0; i < 40; i++)
        add_record(&warc, 1000 * 1000, 9);
    assert_true(40 * 1000 * 1000 / warc.size > 40);
    read_text("a.warc", warc.data, warc.size, "warc", &said, NULL);
    for (const char *at = said.data; (at = strchr(at, '\n')); at++)
        lines++;
    assert_true(lines > 10 && lines < 30);
    assert_int_equal(strncmp(said.data, "A ferry|", 8), 0);
    assert_non_null(strstr(said.data, "!! a.warc: its pages unpack to more"));
    buf_release(&warc);
    buf_release(&said);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bomb_is_left_out_and_the_rest_is_read),
        cmocka_unit_test(many_small_bombs_end_the_file),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
