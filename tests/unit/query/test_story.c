/* What papers make of a story, and what is another one in the same words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/base/buf.h"
#include "corpus/base/count.h"
#include "query/copies/story.h"

#define FIRST                                                               \
    "The harbour board of Elmstead voted on Tuesday to raise the fees for " \
    "container ships by 12 percent, the first increase in nine years. "     \
    "Chairman Ruben Halloran said the money would pay for dredging the "    \
    "eastern channel, which has lost two metres of depth since 2009."
#define SECOND                                                              \
    "Shippers protested. Three lines, among them Nordvik Bulk, said they "  \
    "would rather call at Port Quay, where a ship of 300 metres pays "      \
    "14,500 crowns less. \"We were told of this by the newspapers,\" said " \
    "Ines Tarrega, who speaks for the lines."
#define THIRD                                                                \
    "The board expects 41 million crowns a year from the new fees. It will " \
    "meet again on October 9 to decide who does the work; four companies "   \
    "have made offers, the lowest of them 118 million crowns."
#define LOCAL                                                                \
    "Petra Holm, who runs the ferry kiosk in Westmark, said that nobody in " \
    "her town would notice much of it before the summer season begins."

static const char story[] = FIRST "\n" SECOND "\n" THIRD;

static bool
are_same(const char *one, const char *other)
{
    struct story *a = story_new(one, strlen(one));
    struct story *b = story_new(other, strlen(other));
    bool same = story_is(a, b);

    assert_int_equal(story_may_be(a, b), story_may_be(b, a));
    assert_int_equal(same, story_is(b, a));
    same = same && story_may_be(a, b);
    story_free(a);
    story_free(b);
    return same;
}

static void
what_papers_do_leaves_it_the_same(void **state)
{
    static const struct {
        const char *what;
        const char *text;
    } copies[] = {
        {"as it is", FIRST "\n" SECOND "\n" THIRD},
        {"cut", FIRST "\n" SECOND},
        {"brief", FIRST},
        {"dateline", "ELMSTEAD (NWA) - " FIRST "\n" SECOND "\n" THIRD},
        {"paragraph of its own", FIRST "\n" LOCAL "\n" SECOND "\n" THIRD},
        {"cut, paragraph of its own", FIRST "\n" LOCAL "\n" SECOND},
        {"merged", FIRST " " SECOND " " THIRD},
        {"without the middle", FIRST "\n" THIRD},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(copies); i++)
        if (!are_same(story, copies[i].text))
            fail_msg("%s is no copy", copies[i].what);
    for (size_t i = 0; i < COUNT(copies); i++)
        if (!are_same(copies[i].text, copies[4].text))
            fail_msg("%s is no copy of that with a paragraph of its own",
                     copies[i].what);
}

/* Every so many letters are read as another one, or not at all. */
static char *
misread(const char *text, unsigned every)
{
    struct buf out = BUF_INIT;
    unsigned seed = 7;

    for (; *text; text++) {
        seed = seed * 1103515245u + 12345u;
        if (*text > ' ' && (seed >> 16) % every == 0) {
            if ((seed >> 8) % 8)
                buf_add_byte(&out,
                             *text >= 'a' ? (char)('a' + seed % 25) : *text);
            continue;
        }
        buf_add_byte(&out, *text);
    }
    return buf_take(&out);
}

static void
a_scanners_slips_leave_it_the_same(void **state)
{
    (void)state;
    for (unsigned every = 100; every >= 16; every /= 2) {
        char *text = misread(story, every);

        if (!are_same(story, text))
            fail_msg("misread is no copy: %s", text);
        free(text);
    }
}

/* `from` becomes `to`, wherever it stands. */
static char *
exchanged(const char *text, const char *const pair[][2], size_t pairs)
{
    struct buf out = BUF_INIT;

    while (*text) {
        size_t size = 0;

        for (size_t i = 0; !size && i < pairs; i++)
            if (strncmp(text, pair[i][0], strlen(pair[i][0])) == 0) {
                buf_add_text(&out, pair[i][1]);
                size = strlen(pair[i][0]);
            }
        if (!size)
            buf_add_byte(&out, *text);
        text += size ? size : 1;
    }
    return buf_take(&out);
}

static void
later_figures_and_spelling_leave_it_the_same(void **state)
{
    static const char *const later[][2] = {
        {"12 percent", "13 percent"}, {"14,500", "15,250"},
        {"41 million", "44 million"}, {"118 million", "121 million"},
        {"300 metres", "280 metres"}, {"October 9", "October 11"},
        {"harbour", "harbor"},
    };
    char *text = exchanged(story, later, COUNT(later));

    (void)state;
    assert_string_not_equal(text, story);
    assert_true(are_same(story, text));
    free(text);
}

static void
other_names_and_figures_make_it_another(void **state)
{
    static const char *const siblings[][2] = {
        {"Corvane Mills Inc said its net profit for the third quarter rose to "
         "14.2 million crowns from 11.8 million a year before, as sales grew "
         "9 percent to 203 million. Operating costs fell for the second "
         "quarter in a row. The company, which makes paper in Harwick, said "
         "it expects a profit of 55 million crowns for the whole year.",
         "Tolland Chemical Co said its net profit for the third quarter rose "
         "to 3.7 million crowns from 2.9 million a year before, as sales grew "
         "4 percent to 61 million. Operating costs fell for the second quarter "
         "in a row. The company, which makes paint in Greyfell, said it "
         "expects a profit of 12 million crowns for the whole year."},
        {"The central bank lent commercial banks 640 million crowns at 4.25 "
         "percent on Monday, after 510 million on Friday. It said that 31 "
         "banks took part. Bids came to 980 million crowns. The money is due "
         "on March 16, and the rate is a quarter of a point higher than that "
         "of the last loan of this length.",
         "The central bank lent commercial banks 275 million crowns at 5.5 "
         "percent on Thursday, after 830 million on Tuesday. It said that 18 "
         "banks took part. Bids came to 400 million crowns. The money is due "
         "on June 22, and the rate is a quarter of a point higher than that "
         "of the last loan of this length."},
        /* Only the names differ. */
        {"Mayor Rosa Lindner of Harwick opened the new swimming hall of the "
         "town on Saturday, with a brass band and free ice cream for all "
         "children. The building has a large pool and a small one, and it "
         "will be open on every day of the week but Monday.",
         "Mayor Jonas Okafor of Greyfell opened the new swimming hall of the "
         "town on Sunday, with a brass band and free ice cream for all "
         "children. The building has a large pool and a small one, and it "
         "will be open on every day of the week but Thursday."},
        /* Only the figures, and two words. */
        {"Cash in the state's accounts rose to 3.41 billion crowns from 2.98 "
         "billion the day before, the treasury said in its report. Tax "
         "accounts held 1.02 billion of it and loan accounts 640 million, and "
         "780 million were paid out to towns and counties for their schools.",
         "Cash in the state's accounts fell to 1.76 billion crowns from 2.25 "
         "billion the day before, the treasury said in its report. Tax "
         "accounts held 510 million of it and loan accounts 335 million, and "
         "90 million were paid out to towns and counties for their schools."},
        /* Most figures, and some words. */
        {"Cash in the state's accounts rose to 3.41 billion crowns from 2.98 "
         "billion the day before, the treasury said in its report. Tax "
         "accounts held 1.02 billion of it and loan accounts 640 million, and "
         "780 million were paid out to towns and counties for their schools.",
         "Cash in the state's accounts fell to 1.76 billion crowns from 2.25 "
         "billion the week before, the treasury said in its report. Tax "
         "accounts kept 1.02 billion of it and loan accounts 335 million, and "
         "90 million were paid out to towns and counties for their schools."},
        /* Most figures, and some names. */
        {"Harwick Dairy of Greyfell and Elmstead Dairy of Ostenrood paid "
         "farmers 41 crowns for a hundred litres of milk, Farmers Weekly "
         "wrote, after 39 crowns in March and 36 in April of the year before, "
         "when Westmark bought 12 million litres from 870 of them.",
         "Corvane Dairy of Greyfell and Elmstead Dairy of Ostenrood paid "
         "farmers 47 crowns for a hundred litres of milk, Farmers Weekly "
         "wrote, after 44 crowns in August and 36 in April of the year before, "
         "when Westmark bought 15 million litres from 910 of them."},
        /* What they share is what a paper adds. */
        {"Eggs covered seventeen lanes yesterday morning because somebody "
         "forgot closing three doors behind their lorry, police "
         "suspect.\n" LOCAL,
         "Nobody won this week's lottery again, leaving nine crates full of "
         "coins waiting inside Ostenrood, organisers confirmed.\n" LOCAL},
        {FIRST, THIRD},
        {"", ""},
        {"Rain. Wind from the west.", "Rain. Wind from the west."},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(siblings); i++)
        if (are_same(siblings[i][0], siblings[i][1]))
            fail_msg("taken for a copy: %s", siblings[i][0]);
}

/* Every third longer word is another one. */
static void
other_words_make_it_another(void **state)
{
    struct buf text = BUF_INIT;
    size_t longer = 0;

    (void)state;
    for (const char *at = FIRST " " SECOND; *at;) {
        size_t size = strcspn(at, " ");

        if (size > 4 && *at >= 'a' && ++longer % 3 == 0)
            buf_printf(&text, "zyq%zuvux", longer);
        else
            buf_add(&text, at, size);
        at += size;
        buf_add(&text, at, strspn(at, " "));
        at += strspn(at, " ");
    }
    assert_true(longer > 20);
    assert_false(are_same(FIRST " " SECOND, text.data));
    buf_release(&text);
}

/* Scripts without blanks or capitals. */
static void
other_scripts_are_compared_too(void **state)
{
    static const char japanese[] =
        "エルムステッド港の理事会は火曜日、コンテナ船の料金を12パーセント引き上"
        "げる"
        "ことを決めた。値上げは9年ぶりとなる。理事長は、東水路の浚渫に充てると"
        "述べた"
        "。水路は2009年以来、2メートル浅くなっている。";
    static const char russian[] =
        "Совет порта Элмстед во вторник решил поднять сборы с контейнеровозов "
        "на 12 процентов, впервые за девять лет. Председатель сказал, что "
        "деньги пойдут на углубление восточного канала, который с 2009 года "
        "обмелел на два метра.";
    struct buf longer = BUF_INIT;

    (void)state;
    buf_printf(&longer, "%s\n海運会社三社は反対している。", japanese);
    assert_true(are_same(japanese, longer.data));
    buf_clear(&longer);
    buf_printf(&longer, "ЭЛМСТЕД. %s Три компании против.", russian);
    assert_true(are_same(russian, longer.data));
    assert_false(are_same(japanese, russian));
    buf_release(&longer);
}

/* Any bytes, and texts that are longer than what is looked at. */
static void
anything_can_be_compared(void **state)
{
    struct buf long_text = BUF_INIT;
    uint64_t seed = 11;

    (void)state;
    for (int round = 0; round < 300; round++) {
        char text[2][400];

        for (int i = 0; i < 2; i++) {
            for (size_t k = 0; k + 1 < sizeof(text[i]); k++) {
                seed = seed * 6364136223846793005u + 1442695040888963407u;
                text[i][k] = (char)(1 + (seed >> 33) % (round % 2 ? 255 : 9));
            }
            text[i][sizeof(text[i]) - 1] = '\0';
        }
        are_same(text[0], text[1]);
    }
    for (int i = 0; i < 3 * STORY_WORDS; i++)
        buf_printf(&long_text, "word%d ", i % 5 ? i : 1);
    assert_true(are_same(long_text.data, long_text.data));
    buf_release(&long_text);
}

static void
a_sketch_rises(void **state)
{
    struct story *one = story_new(story, strlen(story));
    size_t count;
    const uint32_t *sketch = story_sketch(one, &count);

    (void)state;
    assert_true(count > 4 && count < 60);
    for (size_t i = 1; i < count; i++)
        assert_true(sketch[i - 1] < sketch[i]);
    story_free(one);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_papers_do_leaves_it_the_same),
        cmocka_unit_test(a_scanners_slips_leave_it_the_same),
        cmocka_unit_test(later_figures_and_spelling_leave_it_the_same),
        cmocka_unit_test(other_names_and_figures_make_it_another),
        cmocka_unit_test(other_words_make_it_another),
        cmocka_unit_test(other_scripts_are_compared_too),
        cmocka_unit_test(anything_can_be_compared),
        cmocka_unit_test(a_sketch_rises),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
