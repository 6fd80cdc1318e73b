#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/base/count.h"
#include "corpus/plain/block.h"
#include "corpus/plain/layout_caption.h"

#define PROSE "The pilot cutter went down at her mooring on Saturday night."
#define CAPTION "The launch in the inner harbour, seen from the quay"
#define WORDS_33                                                        \
    "the launch came late and in the fog its crew of five saw neither " \
    "the light nor the quay so that it lay to until noon when a wind "  \
    "blew from Aldmere once"
#define WORDS_16                                                       \
    " more and took all of it out over the sound where no other ship " \
    "was seen"

/* One letter a block: caption, credit, or what it was before. */
static void
kinds_of(struct buf *out, const struct blocks *blocks)
{
    buf_clear(out);
    for (size_t i = 0; i < blocks->count; i++)
        buf_add_byte(out, "spCcPmMBE"[blocks->item[i].kind]);
}

static void
captions_are_known_by_their_places(void **state)
{
    static const struct {
        const char *name, *text, *kinds;
    } cases[] = {
        {"above a credit", PROSE "\n\n" CAPTION "\n\nFoto: Lia Brandt", "pCc"},
        {"above two names and a bar",
         PROSE "\n\n" CAPTION "\n\nHalden Ledger | Jane Doe", "pCc"},
        {"above two names and a stroke", CAPTION "\n\nLia Brandt/Wire", "Cc"},
        {"and a bracket behind it", CAPTION "\n\nLia Brandt/ (Wire", "Cc"},
        {"above a name in brackets", CAPTION "\n\n(Jane Doe)", "Cc"},
        {"agencies sign texts in brackets", CAPTION "\n\n(CW, DPA)", "ss"},
        {"small letters in brackets", CAPTION "\n\n(in Halden)", "ss"},
        {"one bracket too many", CAPTION "\n\n(Jane (Doe)", "ss"},
        {"an address has strokes", CAPTION "\n\nHttp://Halden/Ledger", "ss"},
        {"words with a stroke", CAPTION "\n\nwind and/or water", "ss"},
        {"a name and a small letter", CAPTION "\n\nWind/water", "ss"},
        {"a stroke at the end", CAPTION "\n\nLia Brandt /", "ss"},
        {"a caption with its own credit",
         "The mayor on the bridge. [HALDEN LEDGER]\n\nLia Brandt/Wire", "Cc"},
        {"two words are no caption", "The launch\n\nFoto: Lia Brandt", "sc"},
        {"a byline is none", "By Ruth Calloway\n\nFoto: Lia Brandt", "sc"},
        {"nor is a date", "4 March 2018, Sunday\n\nFoto: Lia Brandt", "sc"},
        {"nor is an item", "• " CAPTION "\n\nFoto: Lia Brandt", "sc"},
        {"two sentences are one",
         "The launch came. It was late.\n\nFoto: Lia Brandt", "Cc"},
        {"three are none",
         "The launch came. It was late. It left again.\n\nFoto: Lia Brandt",
         "pc"},
        {"many words above a sure credit", WORDS_33 "\n\nFoto: Lia Brandt",
         "Cc"},
        {"and above one that only looks like it",
         WORDS_33 "\n\nLia Brandt/Wire", "ps"},
        {"more than any has", WORDS_33 WORDS_16 "\n\nFoto: Lia Brandt", "pc"},
        {"below, if nothing is above", "Foto: Lia Brandt\n\n" CAPTION, "cC"},
        {"but five words are too few there",
         "Foto: Lia Brandt\n\nThe launch in the harbour", "cs"},
        {"and a look is not enough", "Lia Brandt/Wire\n\n" CAPTION, "ss"},
        {"below a label", "Enlarge image\n\n" CAPTION, "PC"},
        {"nothing below a label", "Enlarge image", "P"},
        {"the same twice", CAPTION "\n\n" CAPTION, "CC"},
        {"and something between", CAPTION "\n\nElsewhere\n\n" CAPTION, "CsC"},
        {"too far apart", CAPTION "\n\nElsewhere\n\nElsewhere\n\n" CAPTION,
         "ssss"},
        {"once with a credit", CAPTION "\n\n" CAPTION ". Lia Brandt", "CC"},
    };
    struct buf kinds = BUF_INIT;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct blocks blocks = BLOCKS_INIT;

        blocks_read(&blocks, cases[i].text, strlen(cases[i].text));
        layout_captions(&blocks, 0, blocks.count);
        kinds_of(&kinds, &blocks);
        if (strcmp(kinds.data, cases[i].kinds) != 0)
            fail_msg("%s: %s, not %s", cases[i].name, kinds.data,
                     cases[i].kinds);
        blocks_release(&blocks);
    }
    buf_release(&kinds);
}

/* Only the blocks from `first` to before `end` are looked at, or change. */
static void
what_is_outside_stays(void **state)
{
    static const char text[] = CAPTION "\n\nFoto: Lia Brandt\n\n" CAPTION
                                       "\n\nFoto: Lia Brandt\n\n" CAPTION;
    struct blocks blocks = BLOCKS_INIT;
    struct buf kinds = BUF_INIT;

    (void)state;
    blocks_read(&blocks, text, sizeof(text) - 1);
    layout_captions(&blocks, 1, 2);
    kinds_of(&kinds, &blocks);
    assert_string_equal(kinds.data, "scscs");
    layout_captions(&blocks, 3, 99);
    kinds_of(&kinds, &blocks);
    assert_string_equal(kinds.data, "scscC");
    buf_release(&kinds);
    blocks_release(&blocks);
}

static void
one_of_the_same_on_one_line_is_kept(void **state)
{
    static const char *const cases[] = {
        CAPTION " " CAPTION,
        CAPTION " " CAPTION " " CAPTION " " CAPTION,
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct blocks blocks = BLOCKS_INIT;

        blocks_read(&blocks, cases[i], strlen(cases[i]));
        layout_captions(&blocks, 0, blocks.count);
        assert_int_equal(blocks.count, 1);
        assert_int_equal(blocks.item[0].kind, BLOCK_CAPTION);
        assert_int_equal(blocks.item[0].size, strlen(CAPTION));
        assert_memory_equal(blocks.item[0].text, CAPTION, strlen(CAPTION));
        blocks_release(&blocks);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(captions_are_known_by_their_places),
        cmocka_unit_test(what_is_outside_stays),
        cmocka_unit_test(one_of_the_same_on_one_line_is_kept),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
