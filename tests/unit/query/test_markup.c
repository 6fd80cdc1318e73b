#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/base/count.h"
#include "query/render/markup.h"
#include "query/web/cgi_reply.h"

static void
text_never_becomes_markup(void **state)
{
    static const struct {
        const char *text, *markup;
    } cases[] = {
        {"plain", "plain"},
        {"", ""},
        {"<script>alert('x')</script>",
         "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"},
        {"\" onmouseover=\"", "&quot; onmouseover=&quot;"},
        {"a &amp; b", "a &amp;amp; b"},
        {"a\x01\x02\x1b\x7f b\n", "a     b\n"},
        {"caf\xc3\xa9", "caf\xc3\xa9"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct markup page = MARKUP_INIT;

        markup_string(&page, cases[i].text);
        assert_string_equal(page.out.data, cases[i].markup);
        markup_release(&page);
    }
}

/* Escaping must not depend on where a span begins: every pair of offsets in
 * a text full of what has to be escaped. */
static void
marks_and_escapes_do_not_meet(void **state)
{
    static char text[] = "<&>\"<b>'&lt;";
    size_t size = sizeof(text) - 1;

    (void)state;
    for (size_t from = 0; from <= size; from++)
        for (size_t to = from; to <= size; to++) {
            struct span span = {from, to};
            struct marked marked = {.text = {.data = text, .size = size},
                                    .span = &span,
                                    .spans = 1};
            struct markup page = MARKUP_INIT;
            const char *at = NULL;
            size_t tags = 0;

            markup_marked(&page, &marked, 0, size);
            for (at = page.out.data; (at = strchr(at, '<')) != NULL; at++)
                tags++;
            assert_int_equal(tags, from < to ? 2 : 0);
            assert_null(strchr(page.out.data, '"'));
            markup_release(&page);
        }
}

static void
a_part_of_a_marked_text_keeps_its_marks(void **state)
{
    static char text[] = "one two\nthree two";
    struct span spans[] = {{4, 7}, {14, 17}};
    struct marked marked = {.text = {.data = text, .size = sizeof(text) - 1},
                            .span = spans,
                            .spans = 2};
    struct markup page = MARKUP_INIT;

    (void)state;
    markup_marked(&page, &marked, 8, 99);
    assert_string_equal(page.out.data, "three <mark>two</mark>");
    markup_release(&page);
}

static void
numbers_are_grouped(void **state)
{
    static const struct {
        uint64_t number;
        const char *text;
    } cases[] = {{0, "0"},
                 {999, "999"},
                 {1000, "1,000"},
                 {1234567, "1,234,567"},
                 {UINT64_MAX, "18,446,744,073,709,551,615"}};

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct markup page = MARKUP_INIT;

        markup_number(&page, cases[i].number);
        assert_string_equal(page.out.data, cases[i].text);
        markup_release(&page);
    }
}

static void
a_tag_is_found_whatever_surrounds_it(void **state)
{
    uint64_t tag = reply_tag(0, "a", 1);
    struct reply reply = REPLY_INIT;
    struct buf out = BUF_INIT;
    char value[64] = "";
    const char *quote = NULL;

    (void)state;
    reply.tag = tag;
    reply_print(&reply, true, &out);
    quote = strstr(out.data, "ETag: ");
    assert_non_null(quote);
    snprintf(value, sizeof(value), "\"x\", W/%.18s", quote + 6);
    assert_true(reply_has_tag(value, tag));
    snprintf(value, sizeof(value), "%.17s-gzip\"", quote + 6);
    assert_true(reply_has_tag(value, tag));
    assert_true(reply_has_tag("*", tag));
    assert_false(reply_has_tag("\"0000000000000000\"", tag));
    assert_false(reply_has_tag(NULL, tag));
    assert_false(reply_has_tag("*", 0));
    buf_release(&out);
}

static void
only_the_body_is_missing_from_the_answer_to_head(void **state)
{
    struct reply reply = REPLY_INIT;
    struct buf get = BUF_INIT;
    struct buf head = BUF_INIT;

    (void)state;
    buf_set_text(&reply.body, "four");
    reply_print(&reply, false, &get);
    reply_print(&reply, true, &head);
    assert_int_equal(get.size, head.size + 4);
    assert_memory_equal(get.data, head.data, head.size);
    assert_non_null(strstr(head.data, "Content-Length: 4\r\n"));
    buf_release(&get);
    buf_release(&head);
    reply_release(&reply);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_never_becomes_markup),
        cmocka_unit_test(marks_and_escapes_do_not_meet),
        cmocka_unit_test(a_part_of_a_marked_text_keeps_its_marks),
        cmocka_unit_test(numbers_are_grouped),
        cmocka_unit_test(a_tag_is_found_whatever_surrounds_it),
        cmocka_unit_test(only_the_body_is_missing_from_the_answer_to_head),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
