/* Which texts are queries, and which are pieces of language. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/base/count.h"
#include "query/language/expr.h"

static struct query_signs
signs_of(const char *text)
{
    const struct expr_limits limits = EXPR_LIMITS_DEFAULT;

    return expr_signs(text, strlen(text), &limits);
}

static void
check_kind(const char *const *text, size_t count, enum query_kind kind)
{
    for (size_t i = 0; i < count; i++) {
        struct query_signs signs = signs_of(text[i]);

        if (signs.kind != kind)
            fail_msg("%s: %s", text[i], query_kind_name(signs.kind));
    }
}

#define CHECK_KIND(texts, kind) check_kind(texts, COUNT(texts), kind)

static void
what_is_pasted_is_prose(void **state)
{
    static const char *const texts[] = {
        "SEOUL AND TOKYO AGREE ON DRILLS",
        "HARBOUR STRIKE ENDS - FERRIES TO SAIL AGAIN",
        "Mayor: 'No deal' with dockers -- talks to go on",
        "Mayor says \"no deal\" with the dockers",
        "RT @quay_watch: ferry aground in #Elmstead http://quay.example/a?b=1",
        "Why did the mayor resign, and who comes next?",
        "It is NOT true that boats AND trains were late",
        "Source: Joan Marsh said the ferry was late. It sailed at noon.",
        "The mayor (left) opens the bridge (Photo: A. Marsh/Quay News)",
        "Marsh, L. (2019). Lanes and quays. Harbour Review, 12(3), 45-67.",
        "They sailed at noon :-) with the mayor on board",
        "\"We will sail,\" the captain said, \"and we will be late.\"",
        "El alcalde dijo que no hay acuerdo: \"Se acab\u00f3\"",
        "Der B\u00fcrgermeister \u2013 so hei\u00dft es \u2013 geht.",
    };

    (void)state;
    CHECK_KIND(texts, QUERY_PROSE);
}

static void
what_has_an_experts_signs_is_a_query(void **state)
{
    static const char *const texts[] = {
        "hlead(opcon w/5 transfer) AND date > 2014",
        "minister transfer strike date > 2018",
        "hd:ferry and not strike",
        "(ferry or boat) strike",
        "\"ferry strike\" and quay",
        "ferr* and strike",
        "ferry near/5 strike not mayor",
        "ferry OR boat",
        "ferry adj3 strike same quay",
        "atleast5(ferry) AND (quay OR harbour) NOT byline:marsh",
    };

    (void)state;
    CHECK_KIND(texts, QUERY_EXPERT);
}

static void
a_few_words_are_neither(void **state)
{
    static const char *const texts[] = {
        "ferry",         "ferry strike",  "ferry -strike", "ferry or boat",
        "+ferry quay",   "Consequences!", "#SaveTheQuay",  "",
        "ferry, strike",
    };

    (void)state;
    CHECK_KIND(texts, QUERY_TYPED);
}

static void
a_backslash_decides(void **state)
{
    static const char *const strict[] = {
        "\\ The mayor, NOT the captain, sailed."};
    static const char *const words[] = {"\\The mayor, the captain, sailed."};
    static const char *const blots[] = {
        "The mayor \\ said, of the quay, that it is full.",
        "It was, said \\McAdoo, a revenue bill; the House met, and left."};

    (void)state;
    CHECK_KIND(strict, QUERY_STRICT);
    CHECK_KIND(words, QUERY_TYPED);
    CHECK_KIND(blots, QUERY_PROSE);
}

/* An or in plain typing is told; what may be either is marked. */
static void
doubts_are_told(void **state)
{
    struct query_signs signs = signs_of("ferry or boat");

    (void)state;
    assert_true(signs.small);
    signs = signs_of("ferry boat");
    assert_false(signs.small);
    assert_false(signs.doubtful);
    signs = signs_of("ferry \"boat strike");
    assert_true(signs.doubtful);
    signs = signs_of("FERRY AND BOAT COLLIDE");
    assert_true(signs.doubtful || signs.kind == QUERY_PROSE);
    signs = signs_of("FERRIES AND BOATS MEET");
    assert_true(signs.doubtful || signs.kind == QUERY_PROSE);
    signs = signs_of("ferries of QUAY AND BOATS Ltd.");
    assert_true(signs.doubtful || signs.kind == QUERY_PROSE);
    signs = signs_of("ferries of the quay AND boats");
    assert_true(signs.doubtful);
    signs = signs_of("quay & ferry strike");
    assert_true(signs.doubtful);
    signs = signs_of("the payment date is March 3");
    assert_true(signs.doubtful);
    signs = signs_of("strike date > 2018");
    assert_false(signs.doubtful);
    signs = signs_of("ferries AND");
    assert_true(signs.doubtful || signs.kind == QUERY_PROSE);
    signs = signs_of("\"ferri");
    assert_true(signs.doubtful);
    signs = signs_of("quay & ferry");
    assert_false(signs.doubtful);
    signs = signs_of("(FERRY OR BOAT) NOT TRAIN");
    assert_false(signs.doubtful);
    signs = signs_of("ferry OR boat NOT train");
    assert_false(signs.doubtful);
    signs = signs_of("hd:ferry AND boat");
    assert_false(signs.doubtful);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_pasted_is_prose),
        cmocka_unit_test(what_has_an_experts_signs_is_a_query),
        cmocka_unit_test(a_few_words_are_neither),
        cmocka_unit_test(a_backslash_decides),
        cmocka_unit_test(doubts_are_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
