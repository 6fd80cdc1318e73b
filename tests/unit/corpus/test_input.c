#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <zlib.h>

#include "corpus/base/count.h"
#include "corpus/input/input.h"

static const size_t mib = (size_t)1024 * 1024;

/* One gzip member of `text`. */
static void
add_member(struct buf *out, const char *text, size_t size)
{
    z_stream zip = {0};
    unsigned char some[4096];
    int result;

    assert_int_equal(deflateInit2(&zip, 9, Z_DEFLATED, 16 + MAX_WBITS, 8,
                                  Z_DEFAULT_STRATEGY),
                     Z_OK);
    zip.next_in = (unsigned char *)(uintptr_t)text;
    zip.avail_in = (uInt)size;
    do {
        zip.next_out = some;
        zip.avail_out = sizeof(some);
        result = deflate(&zip, Z_FINISH);
        buf_add(out, some, sizeof(some) - zip.avail_out);
    } while (result == Z_OK);
    assert_int_equal(result, Z_STREAM_END);
    deflateEnd(&zip);
}

static enum status
read_all(const struct buf *file, const struct input_limits *limits,
         struct buf *out, struct error *err)
{
    struct input *input = NULL;
    enum status status;

    assert_int_equal(
        input_open_memory(&input, file->data, file->size, "file", limits, err),
        STATUS_OK);
    status = input_all(input, out, err);
    input_close(input);
    return status;
}

static void
gzip_of_any_number_of_members_is_undone(void **state)
{
    struct buf file = BUF_INIT;
    struct buf out = BUF_INIT;

    (void)state;
    add_member(&file, "one ", 4);
    for (int i = 0; i < 1000; i++)
        add_member(&file, "", 0);
    add_member(&file, "two", 3);
    buf_add(&file, "\0\0\0", 3); /* padding of a tape */
    assert_int_equal(read_all(&file, NULL, &out, NULL), STATUS_OK);
    assert_string_equal(out.data, "one two");
    buf_release(&file);
    buf_release(&out);
}

static void
what_came_before_the_damage_is_delivered(void **state)
{
    static const struct {
        const char *what;
        size_t cut; /* bytes off the end */
        long flip;  /* this byte, counted from the end, becomes another */
        const char *behind;
        const char *says;
    } cases[] = {
        {"truncated in the trailer", 4, 0, "", "ends in the middle"},
        {"truncated in the header of a member", 0, 0, "\x1f\x8b\x08",
         "ends in the middle"},
        {"a bad check sum", 0, 8, "", "damaged gzip data"},
        {"garbage behind it", 0, 0, "garbage", "no gzip data"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct buf file = BUF_INIT;
        struct buf out = BUF_INIT;
        struct error err = {0};

        add_member(&file, "some text", 9);
        if (cases[i].flip)
            file.data[(long)file.size - cases[i].flip] ^= 1;
        buf_cut(&file, file.size - cases[i].cut);
        buf_add_text(&file, cases[i].behind);
        if (read_all(&file, NULL, &out, &err) != STATUS_FORMAT ||
            !strstr(err.text, cases[i].says) ||
            strcmp(out.data, "some text") != 0)
            fail_msg("%s: \"%s\", \"%s\"", cases[i].what, out.data, err.text);
        buf_release(&file);
        buf_release(&out);
    }
}

static void
a_bomb_and_too_long_a_file_meet_their_limits(void **state)
{
    static const struct input_limits cases[] = {
        {.ratio = 100}, {.inflated = 2 << 20}, {.whole = 1 << 20}};
    struct buf zeros = BUF_INIT;
    struct buf file = BUF_INIT;

    (void)state;
    buf_reserve(&zeros, 8 * mib);
    memset(zeros.data, 0, 8 * mib);
    add_member(&file, zeros.data, 8 * mib);
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct buf out = BUF_INIT;
        struct error err = {0};

        assert_int_equal(read_all(&file, &cases[i], &out, &err), STATUS_LIMIT);
        assert_true(out.size < 4 * mib);
        buf_release(&out);
    }
    buf_release(&zeros);
    buf_release(&file);
}

static void
peeking_consumes_nothing(void **state)
{
    struct buf file = BUF_INIT;
    struct buf out = BUF_INIT;
    struct input *input = NULL;
    const char *data;
    size_t got;

    (void)state;
    add_member(&file, "abc", 3);
    input_open_memory(&input, file.data, file.size, "file", NULL, NULL);
    input_peek(input, 2, &data, &got);
    assert_memory_equal(data, "ab", 2);
    assert_int_equal(got, 2);
    input_peek(input, 1 << 20, &data, &got);
    assert_int_equal(got, 3);
    assert_int_equal(input_offset(input), 0);
    assert_int_equal(input_all(input, &out, NULL), STATUS_OK);
    assert_string_equal(out.data, "abc");
    assert_int_equal(input_offset(input), 3);
    assert_int_equal(input_bytes_read(input), file.size);
    input_close(input);
    buf_release(&file);
    buf_release(&out);
}

static void
lines_are_cut_at_the_limit_and_lose_their_ends(void **state)
{
    static const char text[] = "one\r\n\n"
                               "much longer\n"
                               "last";
    static const char *const lines[] = {"one", "", "much l", "last"};
    struct input *input = NULL;
    struct buf line = BUF_LIMITED(6);
    bool more = true;

    (void)state;
    input_open_memory(&input, text, sizeof(text) - 1, "text", NULL, NULL);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(input_line(input, &line, &more, NULL), STATUS_OK);
        assert_true(more);
        assert_string_equal(line.data, lines[i]);
        assert_int_equal(line.over, i == 2);
    }
    assert_int_equal(input_line(input, &line, &more, NULL), STATUS_OK);
    assert_false(more);
    input_close(input);
    buf_release(&line);
}

static void
a_line_longer_than_the_window_is_one_line(void **state)
{
    struct buf file = BUF_INIT;
    struct buf line = BUF_INIT;
    struct input *input = NULL;
    bool more;

    (void)state;
    for (int i = 0; i < 1000000; i++)
        buf_add_byte(&file, 'x');
    buf_add_text(&file, "\nnext\n");
    input_open_memory(&input, file.data, file.size, "text", NULL, NULL);
    assert_int_equal(input_line(input, &line, &more, NULL), STATUS_OK);
    assert_int_equal(line.size, 1000000);
    assert_int_equal(input_line(input, &line, &more, NULL), STATUS_OK);
    assert_string_equal(line.data, "next");
    input_close(input);
    buf_release(&file);
    buf_release(&line);
}

static void
only_regular_files_are_opened(void **state)
{
    char folder[] = "/tmp/test_input.XXXXXX";
    char path[64];
    struct input *input = NULL;
    struct error err = {0};

    (void)state;
    assert_non_null(mkdtemp(folder));
    assert_int_equal(input_open(&input, folder, NULL, &err), STATUS_USAGE);
    assert_non_null(strstr(err.text, "a folder"));
    snprintf(path, sizeof(path), "%s/x", folder);
    assert_int_equal(input_open(&input, path, NULL, &err), STATUS_ABSENT);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_int_equal(input_open(&input, path, NULL, &err), STATUS_USAGE);
    assert_non_null(strstr(err.text, "a named pipe"));
    unlink(path);
    assert_int_equal(symlink("/etc/passwd", path), 0);
    assert_int_equal(input_open(&input, path, NULL, &err), STATUS_USAGE);
    assert_non_null(strstr(err.text, "a link"));
    unlink(path);
    rmdir(folder);
    assert_int_equal(input_open(&input, "/dev/null", NULL, &err), STATUS_USAGE);
    assert_null(input);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gzip_of_any_number_of_members_is_undone),
        cmocka_unit_test(what_came_before_the_damage_is_delivered),
        cmocka_unit_test(a_bomb_and_too_long_a_file_meet_their_limits),
        cmocka_unit_test(peeking_consumes_nothing),
        cmocka_unit_test(lines_are_cut_at_the_limit_and_lose_their_ends),
        cmocka_unit_test(a_line_longer_than_the_window_is_one_line),
        cmocka_unit_test(only_regular_files_are_opened),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
