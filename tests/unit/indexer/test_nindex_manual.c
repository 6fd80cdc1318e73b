/* nindex.1 names what the tables have, and nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "indexer/nindex/nindex_table.h"
#include "tests/support/manual.h"

static void
read_page(struct buf *page)
{
    manual_read("indexer/nindex/nindex.1", page);
}

static void
every_option_has_an_item(void **state)
{
    struct buf page = BUF_INIT;

    (void)state;
    read_page(&page);
    manual_check_options(&nindex_program, &page);
    buf_release(&page);
}

static void
the_shells_are_listed(void **state)
{
    struct buf page = BUF_INIT;
    size_t checked = 0;

    (void)state;
    read_page(&page);
    for (size_t i = 0; i < nindex_program.options; i++) {
        if (nindex_program.option[i].key != KEY_COMPLETION)
            continue;
        manual_check_choices(&nindex_program.option[i], &page);
        checked++;
    }
    assert_int_equal(checked, 1);
    buf_release(&page);
}

/* Adding is what is done without a command. */
static void
every_command_has_an_item(void **state)
{
    struct buf page = BUF_INIT;

    (void)state;
    read_page(&page);
    for (int i = COMMAND_ADD + 1; i < COMMAND_COUNT; i++) {
        const struct command_row *command = &nindex_program.command[i];
        struct buf head = BUF_INIT;
        const char *text = NULL;
        const char *end = NULL;

        buf_printf(&head, "Cm %s%s", command->name,
                   !command->value            ? ""
                   : command->value[0] == '[' ? " Op Ar"
                                              : " Ar");
        if (!manual_item(&page, head.data, &text, &end))
            fail_msg("the page has no item \"%s\"", head.data);
        buf_release(&head);
    }
    buf_release(&page);
}

static int
command_named(const char *name)
{
    int i = 0;

    while (i < COMMAND_COUNT &&
           strcmp(nindex_program.command[i].name, name) != 0)
        i++;
    return i;
}

/* The options that stand with each command in the synopsis, whose parts begin
 * with the program's name. */
static void
read_synopsis(const struct buf *page, struct list options[COMMAND_COUNT])
{
    const char *end = strstr(page->data, ".Sh DESCRIPTION");
    const char *part = strstr(page->data, ".Sh SYNOPSIS");

    assert_non_null(part);
    assert_non_null(end);
    part = strstr(part, "\n.Nm");
    while (part && part < end) {
        const char *next = strstr(part + 1, "\n.Nm");
        const char *last = next && next < end ? next : end;
        struct list commands = LIST_INIT;
        int command = COMMAND_ADD;

        manual_words(part, last, "Cm", &commands);
        if (commands.count)
            command = command_named(commands.item[0]);
        if (command == COMMAND_COUNT)
            fail_msg("there is no command \"%s\"", commands.item[0]);
        manual_words(part, last, "Fl", &options[command]);
        list_release(&commands);
        part = next;
    }
}

static void
the_synopsis_has_the_options_of_each_command(void **state)
{
    struct list options[COMMAND_COUNT] = {{0}};
    struct buf page = BUF_INIT;

    (void)state;
    read_page(&page);
    read_synopsis(&page, options);
    for (size_t i = 0; i < nindex_program.options; i++) {
        const struct option_row *option = &nindex_program.option[i];
        struct buf word = BUF_INIT;

        buf_printf(&word, "-%s", option->name);
        for (size_t k = 0; k < COMMAND_COUNT && option->commands; k++)
            if (list_has(&options[k], word.data) != option_is_for(option, k))
                fail_msg("is %s an option of %s?", word.data,
                         nindex_program.command[k].name);
        buf_release(&word);
    }
    for (size_t k = 0; k < COMMAND_COUNT; k++)
        list_release(&options[k]);
    buf_release(&page);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_option_has_an_item),
        cmocka_unit_test(the_shells_are_listed),
        cmocka_unit_test(every_command_has_an_item),
        cmocka_unit_test(the_synopsis_has_the_options_of_each_command),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
