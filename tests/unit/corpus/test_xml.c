#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <libxml/tree.h>

#include "corpus/base/count.h"
#include "corpus/syntax/xml.h"

static xmlDoc *
parsed(const char *text)
{
    xmlDoc *doc = NULL;
    struct error err = {0};

    if (xml_parse(&doc, text, strlen(text), NULL, "test.xml", &err))
        fail_msg("%s", err.text);
    return doc;
}

static void
bad_xml_is_refused_with_a_reason(void **state)
{
    static const struct {
        const char *text, *reason;
    } cases[] = {
        {"", "empty"},
        {"no markup", "line 1"},
        {"<a><b></a>", "line 1"},
        {"<a>\n\n<b>", "line 3"},
        {"<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>", "entities"},
        {"<!DOCTYPE a [<!ENTITY x SYSTEM \"/etc/passwd\">]><a>&x;</a>",
         "entities"},
        {"<!DOCTYPE a [<!ENTITY % x \"y\">]><a/>", "entities"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        xmlDoc *doc = NULL;
        struct error err = {0};

        assert_int_equal(xml_parse(&doc, cases[i].text, strlen(cases[i].text),
                                   NULL, "test.xml", &err),
                         STATUS_FORMAT);
        assert_null(doc);
        if (!strstr(err.text, cases[i].reason) ||
            strncmp(err.text, "test.xml: ", 10) != 0)
            fail_msg("%s: %s", cases[i].text, err.text);
    }
}

static void
charsets_are_undone(void **state)
{
    static const char *const cases[] = {
        "<?xml version='1.0' encoding='iso-8859-1'?><a>caf\xe9</a>",
        "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><a>caf\xc3\xa9</a>",
        "\xEF\xBB\xBF<?xml version='1.0'?><a>caf\xc3\xa9</a>",
        "\n<?xml version='1.0'?><a>caf&#233;</a>",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct buf text = BUF_INIT;
        xmlDoc *doc = parsed(cases[i]);

        assert_true(xml_text(&text, xmlDocGetRootElement(doc)));
        assert_string_equal(text.data, "caf\xc3\xa9");
        xmlFreeDoc(doc);
        buf_release(&text);
    }
}

static void
the_root_is_known_from_the_head(void **state)
{
    static const struct {
        const char *text, *name;
    } cases[] = {
        {"<?xml version='1.0'?>\n<!-- <b> --><n:item x='1'>", "item"},
        {"\xEF\xBB\xBF <nitf>", "nitf"},
        {"<!DOCTYPE nitf SYSTEM 'x' [<!ELEMENT a ANY>]><nitf/>", "nitf"},
        {"<a", "a"},
        {"text <a>", ""},
        {"<!-- <a>", ""},
        {"<?xml", ""},
        {"<", ""},
        {"", ""},
    };
    struct buf name = BUF_INIT;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(xml_sniff(cases[i].text, strlen(cases[i].text), &name),
                         cases[i].name[0] != '\0');
        assert_string_equal(name.data, cases[i].name);
    }
    buf_release(&name);
}

static void
elements_are_found_by_local_name_and_path(void **state)
{
    xmlDoc *doc = parsed("<r xmlns:n='urn:x'><n:a>1<b k='v w'/></n:a>"
                         "<c><a>2</a></c></r>");
    const xmlNode *root = xmlDocGetRootElement(doc);
    const xmlNode *a = xml_find(root, "a");
    struct buf text = BUF_INIT;

    (void)state;
    assert_true(xml_text(&text, a));
    assert_string_equal(text.data, "1");
    assert_true(xml_attribute(&text, xml_path(root, "a/b"), "k"));
    assert_string_equal(text.data, "v w");
    assert_false(xml_attribute(&text, a, "k"));
    a = xml_next(a, root, "a");
    assert_ptr_equal(a, xml_path(root, "c/a"));
    assert_null(xml_next(a, root, "a"));
    assert_null(xml_path(root, "a/c"));
    assert_null(xml_find(NULL, "a"));
    buf_release(&text);
    xmlFreeDoc(doc);
}

static void
what_is_in_an_element_is_passed_over(void **state)
{
    xmlDoc *doc = parsed("<r><a>1<a>2</a></a><b><a>3<a>4</a></a></b>5<a>6</a>"
                         "</r>");
    const xmlNode *root = xmlDocGetRootElement(doc);
    const xmlNode *node = NULL;
    struct buf text = BUF_INIT;
    struct buf all = BUF_INIT;

    (void)state;
    while ((node = xml_next_behind(node, root, "a"))) {
        xml_text(&text, node);
        buf_printf(&all, "%s ", text.data);
    }
    assert_string_equal(all.data, "12 34 6 ");
    node = xml_next_behind(xml_find(root, "a"), root, NULL);
    assert_true(xml_is(node, "b"));
    assert_null(xml_next_behind(root, root, "a"));
    buf_release(&text);
    buf_release(&all);
    xmlFreeDoc(doc);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bad_xml_is_refused_with_a_reason),
        cmocka_unit_test(charsets_are_undone),
        cmocka_unit_test(the_root_is_known_from_the_head),
        cmocka_unit_test(elements_are_found_by_local_name_and_path),
        cmocka_unit_test(what_is_in_an_element_is_passed_over),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
