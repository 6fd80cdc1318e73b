#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/buf.h"
#include "corpus/marker.h"

static void
phrases_around_articles_are_known(void **state)
{
    static const struct {
        const char *text;
        enum marker marker;
    } cases[] = {
        {"- Advertisement -", MARKER_ASIDE},
        {"Related Article", MARKER_ASIDE},
        {"READ MORE: The bridge is closed", MARKER_ASIDE},
        {"Lesen Sie auch: Die Brücke ist zu", MARKER_ASIDE},
        {"Publicité", MARKER_ASIDE},
        {"Comments", MARKER_END},
        {"© 2024 Halden Ledger", MARKER_END},
        {"Image source, Halden Ledger", MARKER_CREDIT},
        {"Image caption, The bridge", MARKER_CAPTION},
        {"This site uses cookies to count its readers.", MARKER_BOX},
        {"The related article of the treaty was read.", MARKER_NONE},
        {"He watched the comments pour in.", MARKER_NONE},
        {"", MARKER_NONE},
        {"-", MARKER_NONE},
        {"\xff\xfe", MARKER_NONE},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        if (marker_of(cases[i].text, strlen(cases[i].text)) != cases[i].marker)
            fail_msg("%s", cases[i].text);
}

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
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const char *credit = "";
        size_t credit_size = 0;
        size_t all = strlen(cases[i].text);
        size_t size = marker_credit(cases[i].text, all, &credit, &credit_size);
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

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(phrases_around_articles_are_known),
        cmocka_unit_test(a_caption_ends_in_its_credit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
