/* The manual pages name what the tables have, and nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "query/language/names.h"
#include "query/nsearch/nsearch_table.h"
#include "query/render/render.h"
#include "query/web/cgi.h"
#include "tests/support/manual.h"

static void
every_option_has_an_item(void **state)
{
    struct buf page = BUF_INIT;

    (void)state;
    manual_read("query/nsearch/nsearch.1", &page);
    manual_check_options(&nsearch_program, &page);
    buf_release(&page);
}

static void
what_can_be_chosen_is_listed(void **state)
{
    struct buf page = BUF_INIT;
    size_t checked = 0;

    (void)state;
    manual_read("query/nsearch/nsearch.1", &page);
    for (size_t i = 0; i < nsearch_program.options; i++) {
        const struct option_row *option = &nsearch_program.option[i];

        /* --values has those of --facet. */
        if ((option->kind != VALUE_CHOICE && option->kind != VALUE_LIST) ||
            option->key == KEY_VALUES)
            continue;
        manual_check_choices(option, &page);
        checked++;
    }
    assert_true(checked >= 6);
    buf_release(&page);
}

/* The names before a sign in the examples of a line: "hd" of "hd:" and "hd=a".
 * What stands before a parenthesis is a function. */
static void
add_names(const char *text, const char *end, struct list *names)
{
    struct list words = LIST_INIT;

    manual_words(text, end, "Li", &words);
    for (size_t i = 0; i < words.count; i++) {
        const char *word = words.item[i];
        size_t size = strspn(word, "abcdefghijklmnopqrstuvwxyz");

        if (size > 0 && word[size] && strchr(":=<>", word[size]))
            list_add(names, word, size);
    }
    list_release(&words);
}

static void
every_field_is_described(void **state)
{
    struct list named = LIST_INIT;
    struct list known = LIST_INIT;
    struct buf page = BUF_INIT;

    (void)state;
    manual_read("query/nsearch/nsearch-query.7", &page);
    add_names(page.data, page.data + page.size, &named);
    for (int i = 0; i < NAME_COUNT; i++)
        for (const char *const *spelling = query_names[i].spelling; *spelling;
             spelling++)
            list_add_text(&known, *spelling);
    assert_true(known.count > 30);
    manual_same("fields", &named, &known);
    list_release(&named);
    list_release(&known);
    buf_release(&page);
}

/* The spellings of a field stand in one line. */
static void
other_spellings_stand_beside_the_first(void **state)
{
    struct buf page = BUF_INIT;

    (void)state;
    manual_read("query/nsearch/nsearch-query.7", &page);
    for (int i = 0; i < NAME_COUNT; i++) {
        const char *const *spelling = query_names[i].spelling;
        struct list named = LIST_INIT;
        struct buf head = BUF_INIT;
        const char *line = NULL;

        if (!*spelling)
            continue;
        for (const char *sign = ":>"; *sign && !line; sign++) {
            buf_clear(&head);
            buf_printf(&head, " Li %s%c", *spelling, *sign);
            line = strstr(page.data, head.data);
        }
        assert_non_null(line);
        while (line[-1] != '\n')
            line--;
        add_names(line, line + strcspn(line, "\n"), &named);
        for (; *spelling; spelling++)
            if (!list_has(&named, *spelling))
                fail_msg("\"%s\" is not beside the others", *spelling);
        list_release(&named);
        buf_release(&head);
    }
    buf_release(&page);
}

/* What a parameter of the page takes. */
static void
check_parameter(const struct buf *page, const char *head,
                const struct list *known)
{
    struct list named = LIST_INIT;
    const char *text = NULL;
    const char *end = NULL;

    assert_true(manual_item(page, head, &text, &end));
    manual_words(text, end, "Cm", &named);
    manual_same(head, &named, known);
    list_release(&named);
}

static void
the_page_has_its_formats_and_orders(void **state)
{
    struct list known = LIST_INIT;
    struct buf page = BUF_INIT;

    (void)state;
    manual_read("query/web/nsearch.cgi.8", &page);
    for (int sort = SORT_RANK; sort <= SORT_WORDS; sort++)
        list_add_text(&known, cgi_sort_name((enum search_sort)sort));
    check_parameter(&page, "Ic sort", &known);
    list_release(&known);
    list_add_text(&known, "html");
    for (const struct renderer *row = renderers(); row->name; row++)
        if (row->offers & RENDER_PAGE)
            list_add_text(&known, row->name);
    check_parameter(&page, "Ic format", &known);
    list_release(&known);
    buf_release(&page);
}

static void
the_page_can_be_narrowed_by_what_has_values(void **state)
{
    struct list named = LIST_INIT;
    struct list known = LIST_INIT;
    struct buf page = BUF_INIT;
    const char *text = NULL;
    const char *end = NULL;

    (void)state;
    manual_read("query/web/nsearch.cgi.8", &page);
    for (int i = 0; i < FILTER_FROM; i++)
        list_add_text(&known, cgi_filter_name((enum cgi_filter)i));
    assert_true(manual_item(&page, "Ic source", &text, &end));
    manual_words(text, end, "Ic", &named);
    manual_same("filters", &named, &known);
    list_release(&named);
    list_release(&known);
    buf_release(&page);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_option_has_an_item),
        cmocka_unit_test(what_can_be_chosen_is_listed),
        cmocka_unit_test(every_field_is_described),
        cmocka_unit_test(other_spellings_stand_beside_the_first),
        cmocka_unit_test(the_page_has_its_formats_and_orders),
        cmocka_unit_test(the_page_can_be_narrowed_by_what_has_values),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
