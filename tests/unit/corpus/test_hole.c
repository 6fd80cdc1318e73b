/* Files with holes, and what is read of them. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "corpus/base/count.h"
#include "corpus/input/hole.h"
#include "corpus/input/input.h"

/* A piece of a file: so many KiB of letters, or a hole of that size. */
struct piece {
    unsigned kib;
    bool hole;
};

enum {
    PIECES = 8,
    KIB = 1024,
    MANY = 1024 /* KiB */
};

/* A file without a name of these pieces; the last one has no size. */
static int
make_file(const struct piece pieces[PIECES])
{
    char path[] = "/tmp/test_hole.XXXXXX";
    int fd = mkstemp(path);
    off_t size = 0;

    assert_true(fd >= 0);
    assert_int_equal(unlink(path), 0);
    for (size_t i = 0; i < PIECES && pieces[i].kib; i++) {
        char text[KIB];

        memset(text, 'a' + (int)i, sizeof(text));
        for (unsigned j = 0; !pieces[i].hole && j < pieces[i].kib; j++)
            assert_int_equal(pwrite(fd, text, KIB, size + (off_t)j * KIB), KIB);
        size += (off_t)pieces[i].kib * KIB;
        assert_int_equal(ftruncate(fd, size), 0);
    }
    return fd;
}

/* Does the file system keep holes at all? */
static void
need_holes(void)
{
    static const struct piece pieces[PIECES] = {{MANY, true}, {4, false}};
    struct hole hole;
    int fd = make_file(pieces);
    bool kept = hole_find(fd, 0, &hole);

    close(fd);
    if (!kept)
        skip();
}

static void
holes_are_found_and_counted(void **state)
{
    static const struct piece pieces[PIECES] = {
        {64, false}, {256, true}, {64, false}, {512, true}};
    static const struct piece solid[PIECES] = {{640, false}};
    struct hole hole;
    int fd;

    (void)state;
    need_holes();
    fd = make_file(pieces);
    assert_int_equal(lseek(fd, 77, SEEK_SET), 77);
    assert_true(hole_find(fd, 0, &hole));
    assert_int_equal(hole.start, 64 * KIB);
    assert_int_equal(hole.end, 320 * KIB);
    assert_true(hole_find(fd, 100 * (uint64_t)KIB, &hole));
    assert_int_equal(hole.end, 320 * KIB);
    assert_true(hole_find(fd, 320 * (uint64_t)KIB, &hole));
    assert_int_equal(hole.start, 384 * KIB);
    assert_int_equal(hole.end, 896 * KIB);
    assert_false(hole_find(fd, 896 * (uint64_t)KIB, &hole));
    assert_int_equal(hole_data_size(fd), 128 * KIB);
    /* And the reading goes on where it was. */
    assert_int_equal(lseek(fd, 0, SEEK_CUR), 77);
    close(fd);
    fd = make_file(solid);
    assert_false(hole_find(fd, 0, &hole));
    assert_int_equal(hole_data_size(fd), 640 * KIB);
    close(fd);
    assert_false(hole_find(-1, 0, &hole));
    assert_int_equal(hole_data_size(-1), 0);
}

static void
a_file_of_very_many_holes_is_not_counted_to_its_end(void **state)
{
    static const struct piece pieces[PIECES] = {{MANY, true}};
    enum {
        HOLES = 1500
    };
    int fd;

    (void)state;
    need_holes();
    fd = make_file(pieces);
    for (off_t i = 0; i < HOLES; i++)
        assert_int_equal(pwrite(fd, "x", 1, i << 20), 1);
    /* A terabyte more that nobody has written. */
    assert_int_equal(ftruncate(fd, (off_t)1 << 40), 0);
    assert_true(hole_data_size(fd) >= HOLES);
    assert_true(hole_data_size(fd) < (uint64_t)1 << 30);
    close(fd);
}

static void
a_file_ends_where_it_is_more_hole_than_text(void **state)
{
    static const struct {
        struct piece pieces[PIECES];
        unsigned kib; /* that are read */
        const char *said;
    } cases[] = {
        /* Zeros, as they are anywhere. */
        {{{4, false}, {MANY, true}, {4, false}}, MANY + 8, NULL},
        {{{2 * MANY, false}, {2 * MANY, true}, {4, false}}, 4 * MANY + 4, NULL},
        {{{4, false}, {MANY + 4, true}, {4, false}},
         4,
         "file has a hole of 1052672 bytes, which nobody has written, at byte "
         "4096; what came before was read"},
        {{{MANY + 4, true}, {4, false}},
         0,
         "file begins with a hole of 1052672 bytes"},
        /* It is the sum that counts. */
        {{{64, false},
          {MANY / 2, true},
          {64, false},
          {MANY / 2, true},
          {64, false},
          {4, true},
          {64, false}},
         MANY + 192,
         "file has a hole of 4096 bytes"},
        {{{4, false}, {8 * MANY, true}}, 4, "file has a hole of 8388608"},
    };

    (void)state;
    need_holes();
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct input *input = NULL;
        struct buf text = BUF_INIT;
        struct error err = {0};
        enum status status;

        assert_int_equal(input_open_fd(&input, make_file(cases[i].pieces),
                                       "file", NULL, &err),
                         STATUS_OK);
        status = input_all(input, &text, &err);
        if (text.size != (size_t)cases[i].kib * KIB ||
            (status != STATUS_OK) != (cases[i].said != NULL) ||
            (status &&
             strncmp(err.text, cases[i].said, strlen(cases[i].said)) != 0))
            fail_msg("case %zu: %zu bytes; %s", i, text.size, err.text);
        if (status)
            assert_int_equal(status, STATUS_FORMAT);
        input_close(input);
        buf_release(&text);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(holes_are_found_and_counted),
        cmocka_unit_test(a_file_of_very_many_holes_is_not_counted_to_its_end),
        cmocka_unit_test(a_file_ends_where_it_is_more_hole_than_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
