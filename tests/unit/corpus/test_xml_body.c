#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <libxml/tree.h>

#include "corpus/article/article.h"
#include "corpus/base/count.h"
#include "corpus/formats/xml_body.h"

static void
blocks_become_paragraphs(void **state)
{
    static const struct {
        const char *text, *body;
    } cases[] = {
        {"<b><p>One</p><p>Two <em>is</em> it.</p></b>", "One\nTwo is it."},
        {"<b>One<br/>Two</b>", "One\nTwo"},
        {"<b>\n <p>\n One\n line </p>\n</b>", "One line"},
        {"<b><p>One</p><media><p>No</p></media><p>Two</p></b>", "One\nTwo"},
        {"<b><table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>"
         "</b>",
         "1 2\n3"},
        {"<b><div><div>One</div>Two</div>Three</b>", "One\nTwo\nThree"},
        {"<b><![CDATA[One <p>]]></b>", "One <p>"},
        {"<b/>", ""},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct article article;
        struct error err = {0};
        xmlDoc *doc = NULL;

        if (xml_parse(&doc, cases[i].text, strlen(cases[i].text), NULL,
                      "test.xml", &err))
            fail_msg("%s", err.text);
        article_init(&article);
        xml_body(&article, xmlDocGetRootElement(doc));
        assert_string_equal(article.body.data, cases[i].body);
        article_release(&article);
        xmlFreeDoc(doc);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_become_paragraphs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
