#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/base/buf.h"
#include "corpus/base/count.h"
#include "corpus/story/credit.h"

static void
a_caption_ends_in_its_credit(void **state)
{
    static const struct {
        const char *text, *caption, *credit;
    } cases[] = {
        {"The bridge on Monday. [HALDEN LEDGER]", "The bridge on Monday.",
         "HALDEN LEDGER"},
        {"The bridge. (AP Photo/Jane Doe)", "The bridge.", "AP Photo/Jane Doe"},
        {"The bridge (Jane Doe/Wire)", "The bridge", "Jane Doe/Wire"},
        {"Die Brücke. Foto: Lia Brandt", "Die Brücke.", "Lia Brandt"},
        {"The bridge. © Reuters / Jane Doe", "The bridge.",
         "Reuters / Jane Doe"},
        {"The bridge. | Jane Doe/Getty Images", "The bridge.",
         "Jane Doe/Getty Images"},
        {"The bridge at night.Unsplash/Jane Doe", "The bridge at night.",
         "Unsplash/Jane Doe"},
        {"The bridge at nightCredit: Jane Doe", "The bridge at night",
         "Jane Doe"},
        {"She told Reuters/the Ledger nothing.", NULL, NULL},
        {"Unsplash/", NULL, NULL},
        {"She paid five euros (six dollars)", NULL, NULL},
        {"The agency (DAPA) said so.", NULL, NULL},
        {"© 2024 Halden Ledger", NULL, NULL},
        {"The crew was saved, courtesy of the coast guard.", NULL, NULL},
        {"", NULL, NULL},
        {")", NULL, NULL},
        {"[]", NULL, NULL},
        {"Photo:", NULL, NULL},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *credit = "";
        size_t credit_size = 0;
        size_t all = strlen(cases[i].text);
        size_t size = credit_find(cases[i].text, all, &credit, &credit_size);
        struct buf got = BUF_INIT;

        if (!cases[i].caption) {
            if (size != all)
                fail_msg("%s", cases[i].text);
            continue;
        }
        buf_set(&got, cases[i].text, size);
        assert_string_equal(got.data, cases[i].caption);
        buf_set(&got, credit, credit_size);
        assert_string_equal(got.data, cases[i].credit);
        buf_release(&got);
    }
}

static void
a_line_of_a_page_may_be_a_credit_and_no_more(void **state)
{
    static const struct {
        const char *text;
        bool credit;
    } cases[] = {
        {"Photo: Jane Doe", true},
        {"PHOTO BY JANE DOE", true},
        {"(Foto: dpa)", true},
        {"\xC2\xA9 Reuters", true},
        {"Bildquelle dpa", true},
        {"Photos show the bridge", false},
        {"Courtesy of the coast guard", false}, /* ends captions only */
        {"The photo: a bridge", false},
        {"Photo:", false},
        {"", false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        if (credit_is_line(cases[i].text, strlen(cases[i].text)) !=
            cases[i].credit)
            fail_msg("%s", cases[i].text);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_caption_ends_in_its_credit),
        cmocka_unit_test(a_line_of_a_page_may_be_a_credit_and_no_more),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
