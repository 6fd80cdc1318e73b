#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/base/count.h"
#include "corpus/syntax/mime.h"
#include "corpus/syntax/mime_decode.h"
#include "corpus/syntax/mime_header.h"

static void
encoded_words_become_text(void **state)
{
    static const struct {
        const char *typed, *text;
    } cases[] = {
        {"plain", "plain"},
        {"=?utf-8?Q?caf=C3=A9_open?=", "café open"},
        {"=?ISO-8859-1?q?caf=E9?= open", "café open"},
        {"=?utf-8?B?Y2Fmw6k=?=", "café"},
        {"=?utf-8*en?Q?a?= =?utf-8?Q?b?= c", "ab c"},
        {"=?utf-8?B?w?= =?utf-8?B?w6k=?=", "é"},
        {"a =?utf-8?Q?caf=C3?= =?utf-8?Q?=A9?= b", "a café b"},
        {"=?utf-8?Q?a?=  =?iso-8859-1?Q?=E9?=", "aé"},
        /* Broken: */
        {"=?utf-8?Q?never ends", "=?utf-8?Q?never ends"},
        {"=?utf-8?X?a?=", "=?utf-8?X?a?="},
        {"=?", "=?"},
        {"=?utf-8?Q?a b?=", "a b"},
        {"=?windows-1252?Q?It\xe2\x80\x99s?=", "It’s"},
        {"caf\xe9", "café"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct buf got = BUF_INIT;

        mime_words(&got, cases[i].typed, strlen(cases[i].typed));
        if (strcmp(got.data, cases[i].text) != 0)
            fail_msg("%s: got %s", cases[i].typed, got.data);
        buf_release(&got);
    }
}

static void
headers_are_found_and_unfolded(void **state)
{
    static const char text[] = "Subject: one\r\n\ttwo\r\n  three\r\n"
                               "X-Subject: no\nsubject: later\n"
                               "Empty:\nTo : a\nno header\n";
    static const struct {
        const char *name, *value;
    } cases[] = {
        {"subject", "one two three"},
        {"X-Subject", "no"},
        {"Empty", ""},
        {"To", "a"},
        {"Date", NULL},
    };
    struct piece head = {text, sizeof(text) - 1};

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct buf got = BUF_INIT;

        assert_int_equal(mime_header(&got, head, cases[i].name),
                         cases[i].value != NULL);
        assert_string_equal(got.data, cases[i].value ? cases[i].value : "");
        buf_release(&got);
    }
}

static void
parameters_are_found_in_all_their_forms(void **state)
{
    static const struct {
        const char *value, *name, *text;
    } cases[] = {
        {"text/plain; charset=utf-8", "charset", "utf-8"},
        {"text/plain; CharSet = \"utf-8\" ; a=b", "charset", "utf-8"},
        {"a/b; boundary=\"x;y\\\"z\"; b=c", "boundary", "x;y\"z"},
        {"a/b; boundary=\"x;y\"; b=c", "b", "c"},
        {"a/b; name*=utf-8'en'caf%C3%A9", "name", "café"},
        {"a/b; name*1=\"lo\"; name*0=\"hel\"", "name", "hello"},
        {"a/b; name*0*=iso-8859-1''caf%E9; name*1=s; name*2*=%21", "name",
         "cafés!"},
        {"a/b; name=\"=?utf-8?Q?caf=C3=A9?=\"", "name", "café"},
        /* Broken: */
        {"a/b; boundary=\"never ends", "boundary", "never ends"},
        {"a/b; boundary", "boundary", ""},
        {"a/b;;; =; x=1", "x", "1"},
        {"a/b; name*=utf-8", "name", "utf-8"},
        {"a/b", "charset", NULL},
        {"", "charset", NULL},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct buf value = BUF_INIT;
        struct buf got = BUF_INIT;

        buf_set_text(&value, cases[i].value);
        if (mime_parameter(&got, &value, cases[i].name) !=
                (cases[i].text != NULL) ||
            strcmp(got.data, cases[i].text ? cases[i].text : "") != 0)
            fail_msg("%s: %s is %s", cases[i].value, cases[i].name, got.data);
        buf_release(&value);
        buf_release(&got);
    }
}

static void
transfer_codings_are_undone(void **state)
{
    static const struct {
        const char *coding, *data, *text;
    } cases[] = {
        {"base64", "aGVs\r\nbG8=", "hello"},
        {"base64", "aGVsbG8", "hello"},
        {"base64", "aGU=bGxv", "hello"},
        {"base64", "!a*G Vs\nbG8", "hello"},
        {"base64", "a", ""},
        {"quoted-printable", "caf=C3=A9 =\r\nopen=3D", "café open="},
        {"Quoted-Printable", "a= \nb", "ab"},
        {"quoted-printable", "50=% =XY =", "50=% =XY "},
        {"8bit", "a=3D", "a=3D"},
        {"nobody-knows", "a", "a"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct buf got = BUF_INIT;

        mime_decode(&got, cases[i].data, strlen(cases[i].data),
                    cases[i].coding);
        if (strcmp(got.data, cases[i].text) != 0)
            fail_msg("%s: got %s", cases[i].data, got.data);
        buf_release(&got);
    }
}

static void
flowed_lines_are_joined(void **state)
{
    static const struct {
        const char *text;
        bool delsp;
        const char *joined;
    } cases[] = {
        {"one \ntwo\nthree", false, "one two\nthree"},
        {"one \r\ntwo\r\n", true, "onetwo\n"},
        {"a \n\nb", false, "a \nb"},
        {"a\n-- \nb", false, "a\n-- \nb"},
        {"a\n From b", false, "a\nFrom b"},
        {" ", false, ""},
        {"", true, ""},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct buf text = BUF_INIT;

        buf_set_text(&text, cases[i].text);
        mime_unflow(&text, cases[i].delsp);
        assert_string_equal(text.data, cases[i].joined);
        buf_release(&text);
    }
}

/* "type[type,type]" of all parts. */
static void
print_tree(struct buf *out, const struct mime *mime, size_t at)
{
    buf_add_text(out, mime->part[at].type);
    if (mime->part[at].end == at + 1)
        return;
    buf_add_byte(out, '[');
    for (size_t i = at + 1; i < mime->part[at].end; i = mime->part[i].end) {
        if (i > at + 1)
            buf_add_byte(out, ',');
        print_tree(out, mime, i);
    }
    buf_add_byte(out, ']');
}

static void
messages_are_taken_apart(void **state)
{
    static const struct {
        const char *message, *tree;
    } cases[] = {
        {"Subject: a\n\nText", "text/plain"},
        {"Content-Type: Text/HTML; charset=x\n\n<p>", "text/html"},
        {"Content-Type: multipart/mixed; boundary=b\n\npreface\n--b\n\na\n"
         "--b \nContent-Type: image/png\n\nx\n--b--\nafter\n--b\n\nno",
         "multipart/mixed[text/plain,image/png]"},
        {"Content-Type: multipart/digest; boundary=b\n\n--b\n\nSubject: x\n\ny"
         "\n--b\nContent-Type: text/plain\n\nz\n--b--",
         "multipart/digest[message/rfc822,text/plain]"},
        {"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: "
         "multipart/alternative; boundary=bb\n\n--bb\n\na\n--bb--\n--b--",
         "multipart/mixed[multipart/alternative[text/plain]]"},
        /* Broken: */
        {"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nno end",
         "multipart/mixed[text/plain]"},
        {"Content-Type: multipart/mixed; boundary=b\n\nno boundary",
         "text/plain"},
        {"Content-Type: multipart/mixed\n\n--guessed\n\na\n--guessed--",
         "multipart/mixed[text/plain]"},
        {"Content-Type: multipart/mixed; boundary=b\n\n--b--",
         "multipart/mixed"},
        {"Content-Type: nonsense\n\na", "text/plain"},
        {"no header at all", "text/plain"},
        {"", "text/plain"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct mime mime = MIME_INIT;
        struct buf got = BUF_INIT;

        mime_read(&mime, cases[i].message, strlen(cases[i].message));
        print_tree(&got, &mime, 0);
        if (strcmp(got.data, cases[i].tree) != 0)
            fail_msg("%s\ngot %s", cases[i].message, got.data);
        buf_release(&got);
        mime_release(&mime);
    }
}

static void
parts_without_end_meet_a_limit(void **state)
{
    struct buf deep = BUF_INIT;
    struct buf many = BUF_INIT;
    struct mime mime = MIME_INIT;

    (void)state;
    for (int i = 0; i < 1000; i++)
        buf_printf(&deep,
                   "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i,
                   i);
    mime_read(&mime, deep.data, deep.size);
    assert_in_range(mime.count, MIME_DEPTH_MOST, MIME_DEPTH_MOST + 2);
    buf_add_text(&many, "Content-Type: multipart/mixed; boundary=b\n\n");
    for (int i = 0; i < 5000; i++)
        buf_add_text(&many, "--b\n\na\n");
    mime_read(&mime, many.data, many.size);
    assert_int_equal(mime.count, MIME_PARTS_MOST);
    assert_true(mime.over);
    mime_release(&mime);
    buf_release(&deep);
    buf_release(&many);
}

static void
a_huge_header_is_cut(void **state)
{
    struct buf head = BUF_INIT;
    struct buf got = BUF_INIT;

    (void)state;
    buf_add_text(&head, "Subject: a\n");
    for (int i = 0; i < 100000; i++)
        buf_add_text(&head, " =?utf-8?Q?a?=\n");
    mime_header(&got, (struct piece){head.data, head.size}, "Subject");
    assert_in_range(got.size, 1000, 64 * 1024);
    buf_release(&head);
    buf_release(&got);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(encoded_words_become_text),
        cmocka_unit_test(headers_are_found_and_unfolded),
        cmocka_unit_test(parameters_are_found_in_all_their_forms),
        cmocka_unit_test(transfer_codings_are_undone),
        cmocka_unit_test(flowed_lines_are_joined),
        cmocka_unit_test(messages_are_taken_apart),
        cmocka_unit_test(parts_without_end_meet_a_limit),
        cmocka_unit_test(a_huge_header_is_cut),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
