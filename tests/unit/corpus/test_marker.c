#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/base/count.h"
#include "corpus/story/marker.h"

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
        {"Enlarge image", MARKER_PICTURE},
        {"Story continues below", MARKER_MORE},
        {"Enlarge image of the moon", MARKER_NONE},
        {"This site uses cookies to count its readers.", MARKER_BOX},
        {"The related article of the treaty was read.", MARKER_NONE},
        {"He watched the comments pour in.", MARKER_NONE},
        {"", MARKER_NONE},
        {"-", MARKER_NONE},
        {"\xff\xfe", MARKER_NONE},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        if (marker_of(cases[i].text, strlen(cases[i].text)) != cases[i].marker)
            fail_msg("%s", cases[i].text);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(phrases_around_articles_are_known),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
