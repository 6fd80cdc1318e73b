#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/base/count.h"
#include "query/language/expr.h"
#include "tests/support/random_expr.h"

/* 2018-11-02 12:00 UTC, a Friday. */
#define NOW 1541160000

static void
print_of(const char *typed, struct buf *out, struct list *notes)
{
    const struct expr_limits limits = EXPR_LIMITS_DEFAULT;
    struct expr *expr = expr_parse(typed, strlen(typed), NOW, &limits, notes);

    buf_clear(out);
    expr_print(expr, out);
    expr_free(expr);
}

struct row {
    const char *typed;
    const char *canonical;
};

static void
check_rows(const struct row *row, size_t rows)
{
    struct buf out = BUF_INIT;
    struct list notes = LIST_INIT;

    for (size_t i = 0; i < rows; i++) {
        print_of(row[i].typed, &out, &notes);
        if (strcmp(out.data, row[i].canonical) != 0)
            fail_msg("%s: %s, not %s", row[i].typed, out.data,
                     row[i].canonical);
    }
    buf_release(&out);
    list_release(&notes);
}

#define CHECK_ROWS(rows) check_rows(rows, COUNT(rows))

static void
words_and_operators_become_a_tree(void **state)
{
    static const struct row rows[] = {
        {"opcon", "opcon"},
        {"Opcon transfer", "Opcon transfer"},
        {"opcon AND transfer delay", "opcon AND transfer AND delay"},
        {"a OR b c", "a OR b c"},
        {"(a OR b) c", "(a OR b) c"},
        {"opcon -delay", "opcon NOT delay"},
        {"opcon NOT delay", "opcon NOT delay"},
        {"opcon AND NOT delay", "opcon AND NOT delay"},
        {"NOT opcon", "NOT opcon"},
        {"+opcon delay", "+opcon delay"},
        {"a | b || c", "a OR b OR c"},
        {"\"wartime control\"", "\"wartime control\""},
        {"\xe2\x80\x9cwartime control\xe2\x80\x9d", "\"wartime control\""},
        {"=transfers", "=transfers"},
        {"~\"the transfers\"", "~\"the transfers\""},
        {"=\"the transfers\"", "=\"the transfers\""},
        {"recycl* recycl! wom?n *fer", "recycl* recycl* wom?n *fer"},
        {"opcn~ transfr~1 transfr~", "opcn~1 transfr~1 transfr~2"},
        {"opcon^2 (a b)^0.5", "opcon^2 (a b)^0.500"},
        {"\\AND \\near/5 and", "\\AND \\near/5 and"},
        {"what is opcon?", "what is opcon"},
        {"KOREA AND JAPAN NOT CHINA", "KOREA AND JAPAN AND NOT CHINA"},
        {"SEOUL AND TOKYO AGREE ON DRILLS", "SEOUL TOKYO AGREE ON DRILLS"},
        {"COCOA PRICES SEEN HIGHER -TRADE", "COCOA PRICES SEEN HIGHER TRADE"},
        {"\\ COCOA PRICES SEEN HIGHER -TRADE",
         "\\ COCOA PRICES SEEN HIGHER NOT TRADE"},
        {"\\ SEOUL AND TOKYO AGREE ON DRILLS",
         "SEOUL AND TOKYO AND AGREE AND ON AND DRILLS"},
        {"transfer. opcon, delay;", "transfer opcon delay"},
        {"O'Brien AT&T C++ 50% $20", "O'Brien AT&T C++ 50% $20"},
        {"#opcon kim@news.invalid U.S.", "#opcon kim@news.invalid U.S"},
        {"caf\xc3\xa9", "caf\xc3\xa9"},
    };

    (void)state;
    CHECK_ROWS(rows);
}

static void
the_spellings_of_the_databases_are_read(void **state)
{
    static const struct row rows[] = {
        {"a w/5 b", "a NEAR/5 b"},
        {"a /5 b", "a NEAR/5 b"},
        {"a NEAR/5 b near5 c", "a NEAR/5 b NEAR/5 c"},
        {"a n/3 (b OR c)", "a NEAR/3 (b OR c)"},
        {"a NEAR b", "a NEAR/10 b"},
        {"\"a b\"~4", "~\"a\" NEAR/4 ~\"b\""},
        {"a pre/3 b", "a PRE/3 b"},
        {"a P/3 b adj4 c", "a PRE/3 b PRE/4 c"},
        {"a onear/2 b", "a PRE/2 b"},
        {"a w/s b", "a w/s b"},
        {"a /sent b", "a w/s b"},
        {"a w/p b /para c", "a w/p b w/p c"},
        {"a SAME b same c", "a w/p b w/p c"},
        {"a NOT w/5 b", "a NOT NEAR/5 b"},
        {"a NOT w/s b", "a NOT w/s b"},
        {"atleast5(x)", "atleast5(x)"},
        {"atleast3 x y", "atleast3(x) y"},
        {"hd:x headline:x hd=x headline(x) title:x",
         "headline:x headline:x headline:x headline:x headline:x"},
        {"hlead(a b) hlp:x hlp=x", "hlead:(a b) hlead:x hlead:x"},
        {"lead:x lp=x first50(x)", "lead:x lead:x first50(x)"},
        {"by:kim byline(kim) author:kim au=kim",
         "byline:kim byline:kim byline:kim byline:kim"},
        {"cap:x caption(x) art=x", "caption:x caption:x caption:x"},
        {"src:herald section:\"front page\" dateline:seoul",
         "source:herald section:\"front page\" dateline:seoul"},
        {"allcaps(US) caps(Apple) nocaps(may)",
         "allcaps(US) caps(Apple) nocaps(may)"},
        {"major(opcon)", "major(opcon)"},
        {"wc>1000 length < 500 wc:100..200 wc>=5",
         "wc:1001.. wc:..499 wc:100..200 wc:5.."},
        {"wc<0 wc > 999999999999 wc:5..2 wc:..999999999999",
         "wc:1..0 wc:1..0 wc:5..2 wc:..100000000"},
        {"hlead(opcon w/5 transfer) AND date > 2014",
         "hlead:(opcon NEAR/5 transfer) AND date:2015-01-01.."},
    };

    (void)state;
    CHECK_ROWS(rows);
}

static void
dates_are_read_against_now(void **state)
{
    static const struct row rows[] = {
        {"date:2014..2016", "date:2014-01-01..2016-12-31"},
        {"date:2014-10", "date:2014-10-01..2014-10-31"},
        {"date:20141024", "date:2014-10-24"},
        {"date:2014", "date:2014-01-01..2014-12-31"},
        {"date:2w..", "date:2018-10-19.."},
        {"date:..2w", "date:..2018-10-19"},
        {"date:-7d..", "date:2018-10-26.."},
        {"date:2w", "date:2018-10-19..2018-11-02"},
        {"date:october", "date:2018-10-01..2018-10-31"},
        {"date:december", "date:2017-12-01..2017-12-31"},
        {"date:oct-2014..", "date:2014-10-01.."},
        {"date:24-oct-2014", "date:2014-10-24"},
        {"date:yesterday", "date:2018-11-01"},
        {"date:this-month", "date:2018-11-01..2018-11-30"},
        {"date:last-week", "date:2018-10-22..2018-10-28"},
        {"date:monday", "date:2018-10-29"},
        {"date:2014-10-24..!", "date:2014-10-24"},
        {"date:2016..2014", "date:2014-01-01..2016-12-31"},
        {"since:2014 until:oct-2014", "date:2014-01-01.. date:..2014-10-31"},
        {"date from 20140101 to 20141231 opcon",
         "date:2014-01-01..2014-12-31 opcon"},
        {"date after -7", "date:2018-10-26.."},
        {"date > 2018", "date:2019-01-01.."},
        {"date < 24 Oct 2014", "date:..2014-10-23"},
        {"date>=2014-02", "date:2014-02-01.."},
        {"date aft 2014 opcon", "date:2015-01-01.. opcon"},
        {"date:15/3/1987 date:3/15/1987", "date:1987-03-15 date:1987-03-15"},
        {"date:03/1987 date:1980s",
         "date:1987-03-01..1987-03-31 date:1980-01-01..1989-12-31"},
        {"date:\"15 March 1987\" quay", "date:1987-03-15 quay"},
        {"date:\"2014-01..march 2015\"", "date:2014-01-01..2015-03-31"},
        {"date:march 2014 quay", "date:2014-03-01..2014-03-31 quay"},
        {"date:2014 october", "date:2014-01-01..2014-12-31 october"},
        {"year:1987 after:2014-10 before:2014",
         "date:1987-01-01..1987-12-31 date:2014-11-01.. date:..2013-12-31"},
        {"date:31-feb-2014", "date:31-feb-2014"},
        {"date:foo..bar", "date:foo..bar"},
        {"date of birth", "\\date of birth"},
        {"date:9999", "date:9999"},
        {"since:24100w", "date:1600-01-01.."},
        {"date < 1600-01-01 date > 2200",
         "date:..1600-01-01 date:2200-12-31.."},
        {"(date>2) d", "\\date>2 d"},
        {"since:2014..2015", "date:2014-01-01.."},
        {"since:..2018", "since:..2018"},
        {"until:2018..", "\\until:2018"},
    };

    (void)state;
    CHECK_ROWS(rows);
}

static void
nothing_typed_is_an_error(void **state)
{
    static const struct row rows[] = {
        {"", ""},
        {"   ", ""},
        {"()", ""},
        {"\"\"", ""},
        {"*", ""},
        {"- + ~ ^ \\", ""},
        {"AND", ""},
        {"OR OR", ""},
        {"NEAR/3", ""},
        {"(opcon", "opcon"},
        {"opcon)", "opcon"},
        {"a) b", "a b"},
        {"\"opcon", "\"opcon\""},
        {"opcon AND", "opcon"},
        {"AND opcon", "opcon"},
        {"opcon OR", "opcon"},
        {"a NEAR/3", "a"},
        {"NEAR/3 a", "a"},
        {"a NEAR/3 NEAR/4 b", "a NEAR/4 b"},
        {"hd:", "hd"},
        {"Opcon: delay", "Opcon delay"},
        {"foo:bar", "foo:bar"},
        {"opcon~~ ^^3", "opcon~1 3"},
        {"a^x", "a x"},
        {"NOT", ""},
        {"NOT NOT a", "NOT NOT a"},
        {"--a", "NOT NOT a"},
        {".:a .NET", "a .NET"},
        {"\"a : b\"~3", "~\"a\" NEAR/3 ~\"b\""},
        {"Seoul-Washington mid-2020s opcon/transfer 9/11 24/7",
         "Seoul-Washington mid-2020s opcon transfer 9/11 24/7"},
        {"a\x01"
         "b\x7f",
         "ab"},
        {"\xff\xfe opcon", "\xef\xbf\xbd\xef\xbf\xbd opcon"},
    };

    (void)state;
    CHECK_ROWS(rows);
}

/* In prose no sign is an operator. */
static void
prose_becomes_words(void **state)
{
    static const struct row rows[] = {
        {"Source: Joan said -- \"no deal\" (again) & left, NOT happy.",
         "Source Joan said no deal again left happy"},
        {"RT @quay_watch: aground in #SaveTheQuay 10:30 :-) 1,250 km/h",
         "RT quay_watch aground in SaveTheQuay Save The Quay 10:30 1,250 km/h"},
        {"Read this, please: https://quay.example/a?b=(1) it is short.",
         "Read this please https://quay.example/a?b=/1 it is short"},
        {"winter/spring and/or \u2013 what* is it? f*ck R & D, C++.",
         "winter spring and/or what is it f ck R&D C++"},
        {"It is w/5 to be: date:foo, hd; *bold*. What then?",
         "It is \\w/5 to be \\date foo hd bold What then"},
    };

    (void)state;
    CHECK_ROWS(rows);
}

static void
small_operators_are_an_experts(void **state)
{
    static const struct row rows[] = {
        {"hd:oil and not opec", "headline:oil AND NOT opec"},
        {"oil and not opec", "oil and not opec"},
        {"(oil or gas) not opec", "(oil OR gas) NOT opec"},
        {"oil BUT NOT opec", "oil NOT opec"},
        {"title: ferry", "title ferry"},
        {"title: (ferry AND quay)", "headline:(ferry AND quay)"},
    };

    (void)state;
    CHECK_ROWS(rows);
}

static void
signs_of_other_keyboards_are_read(void **state)
{
    static const struct row rows[] = {
        {"headline\uff1aquay", "headline:quay"},
        {"\uff08quay\uff5cboat\uff09\u3000ferry", "(quay OR boat) ferry"},
        {"\u05e6\u05d4\"\u05dc", "\u05e6\u05d4\u05f4\u05dc"},
        {"mailto:desk@quay.example", "desk@quay.example"},
        {"https://www.quay.example/what?page=2",
         "https://www.quay.example/what?page=2 OR url:quay.example/what"},
        {"see https://quay.example/what?page=2",
         "see https://quay.example/what?page=2"},
        {"subject:tariffs key:reuters:6348 la=de",
         "keyword:tariffs url:reuters:6348 language:de"},
        {"R & D office", "R&D office"},
        {"paso,texas -a,b hd:a,b", "paso texas NOT (a b) headline:(a b)"},
        {"\"dock wor*\"", "~\"dock\" PRE/1 wor*"},
        {"\"wor*\"", "wor*"},
    };

    (void)state;
    CHECK_ROWS(rows);
}

/* A name that is no field is told, with those that are. */
static void
an_unknown_field_is_told(void **state)
{
    struct buf out = BUF_INIT;
    struct list notes = LIST_INIT;

    (void)state;
    print_of("topic:crude oil", &out, &notes);
    assert_string_equal(out.data, "topic:crude oil");
    assert_int_equal(notes.count, 1);
    assert_non_null(strstr(notes.item[0], "\"topic\""));
    assert_non_null(strstr(notes.item[0], "headline"));
    list_release(&notes);
    buf_release(&out);
}

/* 3/4/2014 is either; which is told. */
static void
days_and_months_are_told(void **state)
{
    struct buf out = BUF_INIT;
    struct list notes = LIST_INIT;

    (void)state;
    unsetenv("LC_ALL");
    setenv("LC_TIME", "en_GB.UTF-8", 1);
    print_of("date:3/4/2014", &out, &notes);
    assert_string_equal(out.data, "date:2014-04-03");
    setenv("LC_TIME", "en_US.UTF-8", 1);
    print_of("date:3/4/2014", &out, &notes);
    assert_string_equal(out.data, "date:2014-03-04");
    assert_int_equal(notes.count, 2);
    list_release(&notes);
    buf_release(&out);
}

static void
what_is_too_much_is_left_out_with_a_note(void **state)
{
    struct expr_limits limits = {64, 3, 1, 4};
    static const struct row rows[] = {
        {"a b c d", "a b c"},
        {"a* b* c", "a* c"},
        {"((((((a)))))) b", "b"},
        {"a NEAR/1 b NEAR/1 c", "a NEAR/1 b NEAR/1 c"},
        {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa bcd",
         "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa b"},
    };
    static const size_t noted[] = {1, 1, 1, 0, 1};

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct list notes = LIST_INIT;
        struct buf out = BUF_INIT;
        struct expr *expr = expr_parse(rows[i].typed, strlen(rows[i].typed),
                                       NOW, &limits, &notes);

        expr_print(expr, &out);
        assert_string_equal(out.data, rows[i].canonical);
        assert_int_equal(notes.count, noted[i]);
        expr_free(expr);
        buf_release(&out);
        list_release(&notes);
    }
}

static void
a_million_parentheses_are_only_a_note(void **state)
{
    const struct expr_limits limits = {2000000, 8, 1, 48};
    size_t size = 1000000;
    char *text = malloc(size);
    struct list notes = LIST_INIT;

    (void)state;
    memset(text, '(', size);
    assert_null(expr_parse(text, size, NOW, &limits, &notes));
    assert_true(notes.count > 0);
    free(text);
    list_release(&notes);
}

/* The printed form of a random tree parses to the tree. */
static void
the_canonical_form_is_a_fixed_point(void **state)
{
    const struct expr_limits limits = {1000000, 100000, 100000, 1000};
    const char *seed_text = getenv("TEST_SEED");
    const char *rounds_text = getenv("TEST_ROUNDS");
    long rounds = rounds_text ? atol(rounds_text) : 5000;
    struct random_expr random = {
        .state = seed_text ? strtoull(seed_text, NULL, 10) : 20141024,
        .words = random_expr_odd_words,
    };
    struct buf out = BUF_INIT;

    (void)state;
    printf("seed %llu\n", (unsigned long long)random.state);
    for (long i = 0; i < rounds; i++) {
        struct expr *tree = random_expr_new(&random, 4);
        struct list notes = LIST_INIT;
        struct expr *back;

        buf_clear(&out);
        expr_print(tree, &out);
        back = expr_parse(out.data, out.size, NOW, &limits, &notes);
        if (!expr_equal(tree, back))
            fail_msg("tree %ld is not what its form means: %s", i, out.data);
        expr_free(tree);
        expr_free(back);
        list_release(&notes);
    }
    buf_release(&out);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_and_operators_become_a_tree),
        cmocka_unit_test(the_spellings_of_the_databases_are_read),
        cmocka_unit_test(dates_are_read_against_now),
        cmocka_unit_test(nothing_typed_is_an_error),
        cmocka_unit_test(prose_becomes_words),
        cmocka_unit_test(small_operators_are_an_experts),
        cmocka_unit_test(signs_of_other_keyboards_are_read),
        cmocka_unit_test(an_unknown_field_is_told),
        cmocka_unit_test(days_and_months_are_told),
        cmocka_unit_test(what_is_too_much_is_left_out_with_a_note),
        cmocka_unit_test(a_million_parentheses_are_only_a_note),
        cmocka_unit_test(the_canonical_form_is_a_fixed_point),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
