#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/base/count.h"
#include "corpus/plain/block.h"

static void
a_line_is_a_block_of_a_kind(void **state)
{
    static const struct {
        const char *text;
        enum block_kind kind;
    } cases[] = {
        {"Front page", BLOCK_SHORT},
        {"The bridge over the sound was opened to carts on Monday.",
         BLOCK_PROSE},
        {"The mayor and the bishop on the bridge. [HALDEN LEDGER]",
         BLOCK_CAPTION},
        {"Foto: Lia Brandt", BLOCK_CREDIT},
        {"- Advertisement -", BLOCK_MARKER},
        {"[portrait-of]", BLOCK_MARKER},
        {"Leave a comment", BLOCK_END},
        {"橋は月曜日に開通し、多くの市民が最初の列車を見守った。", BLOCK_PROSE},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct blocks blocks = BLOCKS_INIT;

        blocks_read(&blocks, cases[i].text, strlen(cases[i].text));
        assert_int_equal(blocks.count, 1);
        if (blocks.item[0].kind != cases[i].kind)
            fail_msg("%s", cases[i].text);
        blocks_release(&blocks);
    }
}

static void
blank_lines_of_every_kind_part_blocks(void **state)
{
    static const char text[] = "one\n \u00a0\t\ntwo\r\n\r\n• three\n\n";
    struct blocks blocks = BLOCKS_INIT;

    (void)state;
    blocks_read(&blocks, text, sizeof(text) - 1);
    assert_int_equal(blocks.count, 3);
    assert_int_equal(blocks.item[1].line, 3);
    assert_true(blocks.item[1].gap);
    assert_memory_equal(blocks.item[1].text, "two", 3);
    assert_int_equal(blocks.item[1].size, 3);
    assert_true(blocks.item[2].bullet);
    assert_memory_equal(blocks.item[2].text, "three", 5);
    blocks_release(&blocks);
}

/* A menu above a text that is broken at a width. */
enum {
    MENU_LINES = 300
};

static const char broken_text[] =
    "The bridge over the sound was opened to carts on Monday, two\n"
    "years after the first pier was sunk into the sand by a crew\n"
    "of divers from the coast, most of whom had never worked in\n"
    "so strong a current.\n"
    "\n"
    "Tolls\n"
    "Fares\n"
    "\n"
    "Carts pay four pence and walkers one. Children cross without\n"
    "paying if they are carried, and most of them were carried on\n"
    "the first day, said the keeper of the southern gate house.\n";

static void
paragraphs_broken_at_a_width_are_joined(void **state)
{
    struct blocks blocks = BLOCKS_INIT;

    (void)state;
    blocks_read(&blocks, broken_text, sizeof(broken_text) - 1);
    assert_int_equal(blocks.count, 4);
    assert_int_equal(blocks.item[0].words, 41);
    assert_int_equal(blocks.item[1].words, 1);
    assert_int_equal(blocks.item[3].line, 9);
    blocks_release(&blocks);
}

static void
a_long_menu_does_not_hide_that_lines_are_broken(void **state)
{
    struct blocks blocks = BLOCKS_INIT;
    struct buf page = BUF_INIT;

    (void)state;
    for (int i = 0; i < MENU_LINES; i++)
        buf_add_text(&page, "Harbour\n");
    buf_add_byte(&page, '\n');
    buf_add(&page, broken_text, sizeof(broken_text) - 1);
    blocks_read(&blocks, page.data, page.size);
    assert_int_equal(blocks.count, MENU_LINES + 4);
    assert_int_equal(blocks.item[MENU_LINES].words, 41);
    blocks_release(&blocks);
    buf_release(&page);
}

static void
quotes_and_case_do_not_make_blocks_differ(void **state)
{
    static const char text[] = "The bridge's “first” day\n"
                               "the bridge’s \"First\" day.\n"
                               "The bridge's last day\n";
    struct blocks blocks = BLOCKS_INIT;

    (void)state;
    blocks_read(&blocks, text, sizeof(text) - 1);
    assert_true(block_same(&blocks.item[0], &blocks.item[1]));
    assert_false(block_same(&blocks.item[0], &blocks.item[2]));
    blocks_release(&blocks);
}

static void
no_text_has_no_blocks(void **state)
{
    struct blocks blocks = BLOCKS_INIT;

    (void)state;
    blocks_read(&blocks, "", 0);
    assert_int_equal(blocks.count, 0);
    blocks_read(&blocks, "\n\n \n", 4);
    assert_int_equal(blocks.count, 0);
    blocks_release(&blocks);
}

static void
blank_lines_are_counted_and_not_kept(void **state)
{
    struct blocks blocks = BLOCKS_INIT;
    struct buf text = BUF_INIT;

    (void)state;
    buf_add_text(&text, "One\nTwo\n");
    for (int i = 0; i < 2000000; i++)
        buf_add_byte(&text, '\n');
    buf_add_text(&text, "  \nThree\n");
    assert_true(blocks_read(&blocks, text.data, text.size));
    assert_int_equal(blocks.count, 3);
    assert_true(blocks.item[0].gap);
    assert_false(blocks.item[1].gap);
    assert_true(blocks.item[2].gap);
    assert_int_equal(blocks.item[1].line, 2);
    assert_int_equal(blocks.item[2].line, 2000004);
    blocks_release(&blocks);
    buf_release(&text);
}

static void
more_than_a_million_lines_are_not_read(void **state)
{
    struct blocks blocks = BLOCKS_INIT;
    struct buf text = BUF_INIT;

    (void)state;
    for (int i = 0; i < BLOCK_LINES_MOST; i++)
        buf_add_text(&text, "a\n\n");
    buf_add_byte(&text, 'b');
    assert_false(blocks_read(&blocks, text.data, text.size));
    assert_int_equal(blocks.count, 0);
    blocks_release(&blocks);
    buf_release(&text);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_is_a_block_of_a_kind),
        cmocka_unit_test(blank_lines_of_every_kind_part_blocks),
        cmocka_unit_test(paragraphs_broken_at_a_width_are_joined),
        cmocka_unit_test(a_long_menu_does_not_hide_that_lines_are_broken),
        cmocka_unit_test(quotes_and_case_do_not_make_blocks_differ),
        cmocka_unit_test(no_text_has_no_blocks),
        cmocka_unit_test(blank_lines_are_counted_and_not_kept),
        cmocka_unit_test(more_than_a_million_lines_are_not_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
