/*
 * Every format by example: data/FORMAT/NAME.in is read and compared with
 * data/FORMAT/NAME.articles, a line of JSON for each article or
 *
 *     error: SENTENCE
 *
 * for what cannot be read, with the file's folder left out.  A case is added
 * by adding two files.  What is in data/broken/ must be refused or give
 * articles, and its README says what is wrong with each file.
 *
 * Members that are empty need not stand in an .articles file.
 */
#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "corpus/formats/reader.h"

/* What was told by the text is not the format's (test_language.c). */
static void
drop_detected(json_t *object)
{
    const char *from =
        json_string_value(json_object_get(object, "language_from"));

    if (from && !strcmp(from, "detected"))
        json_object_del(object, "language");
    json_object_del(object, "language_from");
}

/* Drop members that say nothing, so that an .articles file is short. */
static void
drop_empty(json_t *object)
{
    const char *name;
    json_t *value;
    void *next;

    json_object_foreach_safe(object, next, name, value)
    {
        if (json_is_null(value) ||
            (json_is_string(value) && !json_string_length(value)) ||
            (json_is_array(value) && !json_array_size(value)) ||
            !strcmp(json_string_value(value) ? json_string_value(value) : "",
                    "story"))
            json_object_del(object, name);
    }
}

/* One line of an .articles file as it is compared. */
static char *
normal_line(const char *line)
{
    json_t *object = json_loads(line, 0, NULL);
    char *text;

    if (!object)
        return strdup(line);
    drop_detected(object);
    drop_empty(object);
    text = json_dumps(object, JSON_COMPACT | JSON_SORT_KEYS);
    json_decref(object);
    return text;
}

static void
add_error(struct buf *out, const struct error *err, const char *path)
{
    const char *text = err->text;
    const char *slash = strrchr(path, '/');
    size_t folder = slash ? (size_t)(slash + 1 - path) : 0;

    if (!strncmp(text, path, folder))
        text += folder;
    buf_printf(out, "error: %s\n", text);
}

/* All that comes out of a file, a line for each article or error. */
static void
read_all(const char *path, struct buf *out)
{
    struct input *input = NULL;
    struct reader *reader = NULL;
    struct reader_options options = {0};
    struct error err = {0};
    struct article article;
    bool more = true;
    enum status status = input_open(&input, path, NULL, &err);

    article_init(&article);
    if (!status)
        status = reader_open(&reader, input, &options, &err);
    if (status)
        add_error(out, &err, path);
    for (int count = 0; reader && more && count < 1000; count++) {
        struct buf line = BUF_INIT;

        status = reader_next(reader, &article, &more, &err);
        if (status) {
            add_error(out, &err, path);
        } else if (more) {
            char *normal;

            article_print_json(&article, &line);
            normal = normal_line(line.data);
            buf_printf(out, "%s\n", normal);
            free(normal);
        }
        buf_release(&line);
    }
    reader_close(reader);
    input_close(input);
    article_release(&article);
}

static void
read_expected(const char *path, struct buf *out)
{
    struct input *input = NULL;
    struct error err = {0};
    struct buf line = BUF_INIT;
    bool more = true;

    if (input_open(&input, path, NULL, &err))
        fail_msg("%s", err.text);
    while (!input_line(input, &line, &more, &err) && more) {
        char *normal = normal_line(line.data);

        buf_printf(out, "%s\n", normal);
        free(normal);
    }
    input_close(input);
    buf_release(&line);
}

/* The first line in which two texts differ, for the failure message. */
static void
compare(const char *path, const char *got, const char *wanted)
{
    while (*got && *got == *wanted) {
        const char *end = strchr(got, '\n');
        size_t size = end ? (size_t)(end - got) : strlen(got);

        if (strncmp(got, wanted, size + 1) != 0)
            break;
        got += size + 1;
        wanted += size + 1;
    }
    if (strcmp(got, wanted) != 0)
        fail_msg("%s\n got    %.*s\n wanted %.*s", path,
                 (int)strcspn(got, "\n"), got, (int)strcspn(wanted, "\n"),
                 wanted);
}

static void
examples_of_all_formats_become_these_articles(void **state)
{
    glob_t found;

    (void)state;
    assert_int_equal(glob(TEST_DATA "/*/*.in", 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        struct buf got = BUF_INIT;
        struct buf wanted = BUF_INIT;
        struct buf path = BUF_INIT;

        buf_set_text(&path, found.gl_pathv[i]);
        buf_cut(&path, path.size - strlen("in"));
        buf_add_text(&path, "articles");
        read_all(found.gl_pathv[i], &got);
        read_expected(path.data, &wanted);
        compare(found.gl_pathv[i], got.data, wanted.data);
        buf_release(&got);
        buf_release(&wanted);
        buf_release(&path);
    }
    globfree(&found);
}

static void
broken_files_are_read_to_their_end(void **state)
{
    glob_t found;

    (void)state;
    assert_int_equal(glob(TEST_DATA "/broken/*", 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        struct buf got = BUF_INIT;

        read_all(found.gl_pathv[i], &got);
        if (!got.size)
            fail_msg("%s: neither an article nor a reason", found.gl_pathv[i]);
        buf_release(&got);
    }
    globfree(&found);
}

static void
every_broken_file_is_explained(void **state)
{
    struct input *input = NULL;
    struct error err = {0};
    struct buf readme = BUF_INIT;
    glob_t found;

    (void)state;
    assert_int_equal(input_open(&input, TEST_DATA "/broken/README", NULL, &err),
                     0);
    assert_int_equal(input_all(input, &readme, &err), 0);
    assert_int_equal(glob(TEST_DATA "/broken/*", 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        const char *name = strrchr(found.gl_pathv[i], '/') + 1;

        if (strcmp(name, "README") != 0 && !strstr(readme.data, name))
            fail_msg("data/broken/README does not speak of %s", name);
    }
    globfree(&found);
    input_close(input);
    buf_release(&readme);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(examples_of_all_formats_become_these_articles),
        cmocka_unit_test(broken_files_are_read_to_their_end),
        cmocka_unit_test(every_broken_file_is_explained),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
