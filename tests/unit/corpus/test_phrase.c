/* Can each phrase of the table be met, as it stands there? */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/base/buf.h"
#include "corpus/html/html_page.h"
#include "corpus/story/phrase.h"

static enum marker
marker_between(const char *before, const char *text, const char *behind)
{
    struct buf block = BUF_INIT;
    enum marker marker;

    buf_printf(&block, "%s%s%s", before, text, behind);
    marker = marker_of(block.data, block.size);
    buf_release(&block);
    return marker;
}

static void
every_phrase_is_found_where_its_row_says(void **state)
{
    (void)state;
    assert_true(phrase_count > 300);
    for (size_t i = 0; i < phrase_count; i++) {
        const struct phrase *row = &phrases[i];
        const size_t size = strlen(row->text);

        if (row->alone && marker_of(row->text, size) != row->alone)
            fail_msg("\"%s\" is not found alone", row->text);
        if (row->start && marker_between("", row->text, " x") != row->start)
            fail_msg("\"%s\" is not found at the start", row->text);
        if (row->inside && marker_between("x ", row->text, " x") != row->inside)
            fail_msg("\"%s\" is not found inside", row->text);
        if (row->page && !html_is_phrase(row->text, size))
            fail_msg("\"%s\" is not found in a page", row->text);
        if (!row->alone && !row->start && !row->inside && !row->page)
            fail_msg("\"%s\" is for nobody", row->text);
    }
}

/* Does a row say all of a longer one? */
static bool
says_all_of(const struct phrase *shorter, const struct phrase *longer)
{
    if (strncmp(longer->text, shorter->text, strlen(shorter->text)) != 0)
        return false;
    return (longer->alone && longer->alone == shorter->start) ||
           (longer->start && longer->start == shorter->start) ||
           (longer->page && longer->page <= shorter->page);
}

static void
no_phrase_is_there_twice(void **state)
{
    (void)state;
    for (size_t i = 0; i < phrase_count; i++)
        for (size_t j = 0; j < phrase_count; j++)
            if (i != j && (says_all_of(&phrases[i], &phrases[j]) ||
                           !strcmp(phrases[i].text, phrases[j].text)))
                fail_msg("\"%s\" is said by \"%s\"", phrases[j].text,
                         phrases[i].text);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_phrase_is_found_where_its_row_says),
        cmocka_unit_test(no_phrase_is_there_twice),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
