#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <libxml/tree.h>

#include "corpus/base/buf.h"
#include "corpus/base/count.h"
#include "corpus/syntax/xml.h"
#include "corpus/syntax/xml_look.h"

/* `head`, `count` times `again`, and `tail`. */
static void
make(struct buf *out, const char *head, const char *again, int count,
     const char *tail)
{
    buf_set_text(out, head);
    for (int i = 0; i < count; i++)
        buf_add_text(out, again);
    buf_add_text(out, tail);
}

static enum status
look(const struct buf *text, struct error *err)
{
    return xml_look(text->data, text->size, "test.xml", err);
}

static void
too_much_of_anything_is_told(void **state)
{
    static const struct {
        const char *head, *again;
        int count;
        const char *tail, *reason;
    } cases[] = {
        {"<a>\n\n<b", " x=''", 257, "/></a>", "line 3: an element has more"},
        {"<a>", "<b xmlns:b='u' xmlns='u'>", 129, "", "256 namespaces"},
        {"<a>", "<b xmlns='u' xmlns:b='u' xmlns:c='u' xmlns:d='u'>", 65, "",
         "256 namespaces"},
        {"<!DOCTYPE a [", "<!ELEMENT a ANY>", 1100, "]><a/>",
         "longer than 16 KiB"},
        {"<!DOCTYPE a [<!-- ]> -->", "<!ELEMENT a ANY>", 1100, "]><a/>",
         "longer than 16 KiB"},
        {"<!DOCTYPE a [<?x ]> ?>", "<!ELEMENT a ANY>", 1100, "]><a/>",
         "longer than 16 KiB"},
        {"<!DOCTYPE a SYSTEM '[' [<!NOTATION n SYSTEM ']>'>",
         "<!ELEMENT a ANY>", 1100, "]><a/>", "longer than 16 KiB"},
        {"<!-- <a --><a>", "<b xmlns='u' xmlns:b='u'><![CDATA[</b></b>]]>", 129,
         "", "256 namespaces"},
        {"<a b='>'", " x=\"'>\"", 256, ">", "256 attributes"},
    };
    struct buf text = BUF_INIT;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct error err = {0};

        make(&text, cases[i].head, cases[i].again, cases[i].count,
             cases[i].tail);
        assert_int_equal(look(&text, &err), STATUS_LIMIT);
        if (!strstr(err.text, cases[i].reason))
            fail_msg("%zu: %s", i, err.text);
    }
    buf_release(&text);
}

static void
what_news_has_is_well(void **state)
{
    static const struct {
        const char *head, *again;
        int count;
        const char *tail;
    } cases[] = {
        {"<a>", "<b xmlns:b='u'/>", 1000, "</a>"},
        {"<a>", "<b xmlns:b='u'></b>", 1000, "</a>"},
        {"<a", " x=''", 256, "/>"},
        {"<a b='", " x=", 1000, "'/>"},
        {"<a><!-- <b", " x=''", 1000, "--></a>"},
        {"<a><![CDATA[<b", " x=''", 1000, "]]></a>"},
        {"<?a <b", " x=''", 1000, "?><a/>"},
        {"<!DOCTYPE a [", "<!ELEMENT a ANY>", 500, "]><a/>"},
        {"<a>", "x = y ", 1000, "</a>"},
        {"", "</a>", 300, "<a xmlns='u'>"},
        /* not well formed, which is for the parser to say */
        {"<a", "", 0, ""},
        {"<!--", "", 0, ""},
        {"<", "<", 1000, ""},
        {"<!DOCTYPE a [", "", 0, ""},
        {"", "", 0, ""},
    };
    struct buf text = BUF_INIT;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct error err = {0};

        make(&text, cases[i].head, cases[i].again, cases[i].count,
             cases[i].tail);
        if (look(&text, &err))
            fail_msg("%zu: %s", i, err.text);
    }
    buf_release(&text);
}

static void
attributes_that_a_document_type_gives_are_few(void **state)
{
    struct buf text = BUF_INIT;
    struct error err = {0};
    xmlDoc *doc = NULL;

    (void)state;
    make(&text, "<!DOCTYPE a [<!ATTLIST a", " x CDATA #IMPLIED", 100,
         " y CDATA 'v'>]><a/>");
    assert_int_equal(
        xml_parse(&doc, text.data, text.size, NULL, "test.xml", &err),
        STATUS_OK);
    xmlFreeDoc(doc);
    buf_set_text(&text, "<!DOCTYPE a [<!ATTLIST a");
    for (int i = 0; i < 9; i++)
        buf_printf(&text, " x%d (p|q) 'p'", i);
    buf_add_text(&text, ">]><a/>");
    assert_int_equal(
        xml_parse(&doc, text.data, text.size, NULL, "test.xml", &err),
        STATUS_FORMAT);
    assert_null(doc);
    assert_non_null(strstr(err.text, "declares many attributes"));
    buf_release(&text);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(too_much_of_anything_is_told),
        cmocka_unit_test(what_news_has_is_well),
        cmocka_unit_test(attributes_that_a_document_type_gives_are_few),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
