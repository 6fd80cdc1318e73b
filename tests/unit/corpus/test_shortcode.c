/* Shortcodes that an export leaves in its text, and brackets that are text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/base/buf.h"
#include "corpus/base/count.h"
#include "corpus/formats/shortcode.h"

static void
shortcodes_go_and_other_brackets_stay(void **state)
{
    static const struct {
        const char *text, *left;
    } cases[] = {
        {"[dropcap]T[/dropcap]he sea rose.", "The sea rose."},
        {"A [gallery ids=\"4,5\"]B", "A B"},
        {"A [gallery]B", "A B"},
        {"A [youtube]https://v.example/1[/youtube]B", "A B"},
        {"[embed width=\"20\"]https://v.example/1[/embed]B", "B"},
        {"[vc_row][vc_column width='1/2']Text[/vc_column][/vc_row]", "Text"},
        {"[divider /]Text", "Text"},
        {"[button link=\"/a\" colour=red]Read[/button]", "Read"},
        {"[caption id=\"a\" width=\"9\"]<a href=\"x\"><img src=\"y\"></a> A "
         "<em>boat</em>, by <a href=\"z\">Ann</a>[/caption]B",
         "<figure><a href=\"x\"><img src=\"y\"></a><figcaption> A "
         "<em>boat</em>, by <a href=\"z\">Ann</a></figcaption></figure>B"},
        {"[caption id=\"a\"]<img src=\"y\" /> Boat[/caption]",
         "<figure><img src=\"y\" /><figcaption> Boat</figcaption></figure>"},
        {"[caption id=\"a\" caption=\"Old boat\"]<img>[/caption]",
         "<figure><img><figcaption>Old boat</figcaption></figure>"},
        {"[caption id=\"a\"]Only text[/caption]",
         "<figure><figcaption>Only text</figcaption></figure>"},
        /* written to be read */
        {"Type [[gallery]] or [[b x=1]].", "Type [gallery] or [b x=1]."},
        /* no shortcodes */
        {"He said [sic] so.", "He said [sic] so."},
        {"In [the] year [2020], [AFP] wrote [1].",
         "In [the] year [2020], [AFP] wrote [1]."},
        {"[note a = b]", "[note a = b]"},
        /* broken ones */
        {"[caption id=\"a\"]<img> No end", "<img> No end"},
        {"[gallery ids=\"4", "[gallery ids=\"4"},
        {"[", "["},
        {"[]", "[]"},
        {"[/", "[/"},
        {"[[", "[["},
        {"[a[b x=1]c", "[ac"},
        {"[caption]<img[/caption]", "<figure><figcaption><img</figcaption>"
                                    "</figure>"},
        {"", ""},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct buf text = BUF_INIT;

        buf_set_text(&text, cases[i].text);
        shortcode_remove(&text);
        assert_string_equal(text.data, cases[i].left);
        buf_release(&text);
    }
}

static void
a_tag_goes_with_the_next_that_closes_it(void **state)
{
    static const struct {
        const char *text, *left;
    } cases[] = {
        {"[/b]A[b]B[/b]C[b]D", "AB"
                               "C[b]D"},
        {"[video]A[/video]B[video]C[/video]D", "BD"},
        {"[video]A[video]B[/video]C[/video]D", "CD"},
        {"[video]A[/videos]B[/video]C", "C"},
        {"[a]A[b]B[/a]C[/b]D", "ABCD"},
    };
    struct buf text = BUF_INIT;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        buf_set_text(&text, cases[i].text);
        shortcode_remove(&text);
        assert_string_equal(text.data, cases[i].left);
    }
    /* and not with one that is too far away */
    buf_set_text(&text, "[video]");
    for (int i = 0; i < 20000; i++)
        buf_add_text(&text, "word");
    buf_add_text(&text, "[/video]");
    shortcode_remove(&text);
    assert_int_equal(text.size, 80000);
    buf_release(&text);
}

static void
many_brackets_take_no_long_time(void **state)
{
    struct buf text = BUF_INIT;

    (void)state;
    for (int i = 0; i < 200000; i++)
        buf_add_text(&text, "[name ");
    for (int i = 0; i < 200000; i++)
        buf_add_text(&text, "[name a=b]");
    shortcode_remove(&text);
    assert_true(text.size > 0);
    buf_release(&text);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shortcodes_go_and_other_brackets_stay),
        cmocka_unit_test(a_tag_goes_with_the_next_that_closes_it),
        cmocka_unit_test(many_brackets_take_no_long_time),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
