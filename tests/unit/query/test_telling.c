/* Which words of a long question are looked up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/base/mem.h"
#include "query/words/telling.h"

/* A list of words of which any will do; word i stands in `articles` of the
 * archive and weighs i + 1, and the words after `words` are said again. */
static struct expr *
make_list(struct leaves *leaves, size_t words, size_t again, uint64_t articles)
{
    struct expr *list = expr_new(EXPR_OR, NULL);

    *leaves = (struct leaves){0};
    leaves->leaf = mem_zero(words + again, sizeof(*leaves->leaf));
    leaves->count = words + again;
    for (size_t i = 0; i < words + again; i++) {
        struct leaf *leaf = &leaves->leaf[i];
        struct expr *word;
        char name[24];

        snprintf(name, sizeof(name), "w%zu", i % words);
        word = expr_new(EXPR_WORD, name);
        word->leaf = i;
        leaf->expr = word;
        leaf_add_word(leaf, name);
        leaf->weight = (uint32_t)(i % words + 1);
        leaf->articles = articles;
        expr_add(list, word);
    }
    return list;
}

static void
few_words_stay(void **state)
{
    struct leaves leaves;
    struct expr *list = make_list(&leaves, 20, 4, 1000000);

    (void)state;
    telling_keep(list, &leaves, 1000000);
    assert_int_equal(list->children, 24);
    expr_free(list);
    leaves_release(&leaves);
}

/* Of many the rarest stay, in the order of the question. */
static void
of_many_the_rarest_stay(void **state)
{
    struct leaves leaves;
    struct expr *list = make_list(&leaves, 200, 0, 10);

    (void)state;
    telling_keep(list, &leaves, 1000000);
    assert_int_equal(list->children, TELLING_MOST);
    for (size_t i = 0; i < list->children; i++)
        assert_int_equal(list->child[i]->leaf, 200 - TELLING_MOST + i);
    assert_true(leaves.leaf[0].dropped && leaves.leaf[0].common);
    assert_false(leaves.leaf[199].dropped);
    expr_free(list);
    leaves_release(&leaves);
}

/* What half of a large archive has is looked up a few times at most. */
static void
common_words_are_few(void **state)
{
    struct leaves leaves;
    struct expr *list = make_list(&leaves, 60, 0, 500000);

    (void)state;
    telling_keep(list, &leaves, 1000000);
    assert_int_equal(list->children, TELLING_LEAST);
    expr_free(list);
    leaves_release(&leaves);
}

/* A word that is said again weighs more, and once only, however often that is
 * asked. */
static void
what_is_said_again_weighs_more(void **state)
{
    struct leaves leaves;
    struct expr *list = make_list(&leaves, 50, 30, 10);
    struct expr *copy = expr_copy(list);

    (void)state;
    telling_keep(list, &leaves, 1000);
    assert_int_equal(list->children, 50);
    assert_int_equal(leaves.leaf[3].weight, 8);
    assert_int_equal(leaves.leaf[40].weight, 41);
    assert_true(leaves.leaf[53].dropped && leaves.leaf[53].repeats);
    telling_keep(copy, &leaves, 1000);
    assert_int_equal(copy->children, 50);
    assert_int_equal(leaves.leaf[3].weight, 8);
    expr_free(copy);
    expr_free(list);
    leaves_release(&leaves);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(few_words_stay),
        cmocka_unit_test(of_many_the_rarest_stay),
        cmocka_unit_test(common_words_are_few),
        cmocka_unit_test(what_is_said_again_weighs_more),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
