#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/article/article.h"
#include "corpus/syntax/json_fields.h"
#include "tests/support/full_article.h"

#if defined(__has_builtin)
#if __has_builtin(__builtin_clear_padding)
#define CLEAR_PADDING(thing) __builtin_clear_padding(thing)
#endif
#endif

static size_t
size_of(enum member_type type)
{
    switch (type) {
    case TYPE_LINE:
    case TYPE_PARAGRAPHS:
        return sizeof(struct buf);
    case TYPE_LIST:
        return sizeof(struct list);
    case TYPE_CAPTIONS:
        return sizeof(size_t);
    case TYPE_DATE:
        return sizeof(struct date);
    case TYPE_WORD:
        return sizeof(unsigned);
    case TYPE_PLACE:
        return sizeof(uint64_t);
    }
    return 0;
}

static void
cover(unsigned char *covered, size_t offset, size_t size)
{
    for (size_t i = 0; i < size; i++)
        covered[offset + i]++;
}

/* Bytes that only keep the next member aligned are nobody's: 0, and the others
 * are not.  A compiler that does not tell them makes all 0. */
static void
find_padding(unsigned char *used)
{
    struct article article;

    memset(&article, 0xff, sizeof(article));
#ifdef CLEAR_PADDING
    CLEAR_PADDING(&article);
    memcpy(used, &article, sizeof(article));
#else
    memset(used, 0, sizeof(article));
#endif
}

static void
every_byte_of_an_article_is_in_one_row(void **state)
{
    unsigned char covered[sizeof(struct article)] = {0};
    unsigned char used[sizeof(struct article)];
    const char *before = "its start";
    size_t row = 0;
    size_t gap = 0;

    (void)state;
    for (size_t i = 0; i < MEMBER_COUNT; i++)
        cover(covered, article_members[i].offset,
              size_of(article_members[i].type));
    /* What goes with the number of the captions, and what is no member. */
    cover(covered, offsetof(struct article, caption), sizeof(struct caption *));
    cover(covered, offsetof(struct article, caption_room), sizeof(size_t));
    cover(covered, offsetof(struct article, caption_letters),
          sizeof(struct seen));
    cover(covered, offsetof(struct article, origin),
          sizeof(((struct article *)NULL)->origin));
    find_padding(used);
    for (size_t i = 0; i < sizeof(struct article); i++) {
        if (row < MEMBER_COUNT && article_members[row].offset == i)
            before = article_members[row++].name;
        gap = covered[i] ? 0 : gap + 1;
        if (covered[i] > 1 || gap >= sizeof(void *) || (gap && used[i]))
            fail_msg("byte %zu, behind %s, is in %u rows", i, before,
                     covered[i]);
    }
}

static void
rows_come_in_the_order_of_the_article(void **state)
{
    (void)state;
    for (size_t i = 1; i < MEMBER_COUNT; i++)
        if (article_members[i].offset <= article_members[i - 1].offset)
            fail_msg("%s stands before %s", article_members[i - 1].name,
                     article_members[i].name);
}

static void
clearing_an_article_empties_every_member(void **state)
{
    struct article article;

    (void)state;
    full_article(&article);
    for (enum article_member i = 0; i < MEMBER_COUNT; i++)
        if (!member_is_set(&article, i))
            fail_msg("%s is not set", article_members[i].name);
    article_clear(&article);
    for (enum article_member i = 0; i < MEMBER_COUNT; i++) {
        const struct member *row = &article_members[i];

        if (row->type == TYPE_PLACE)
            assert_int_equal(*(uint64_t *)member_at(&article, i), 0);
        else if (row->type == TYPE_WORD)
            assert_int_equal(*(unsigned *)member_at(&article, i), 0);
        else if (member_is_set(&article, i))
            fail_msg("%s is still set", row->name);
        assert_null(article.origin[i].rule);
    }
    article_release(&article);
}

static void
an_article_comes_back_from_its_json(void **state)
{
    struct json_fields fields = JSON_FIELDS_INIT;
    struct article article;
    struct article copy;
    struct buf before = BUF_INIT;
    struct buf line = BUF_INIT;
    struct buf after = BUF_INIT;

    (void)state;
    full_article(&article);
    article_init(&copy);
    article_print_json(&article, &before);
    buf_set(&line, before.data, before.size);
    assert_true(json_fields_read(&fields, line.data, line.size));
    assert_true(article_from_json(&copy, &fields));
    article_print_json(&copy, &after);
    assert_string_equal(after.data, before.data);
    for (enum article_member i = 0; i < MEMBER_COUNT; i++)
        if (article_members[i].type != TYPE_PLACE && !member_is_set(&copy, i))
            fail_msg("%s is not set", article_members[i].name);
    assert_int_equal(copy.published.zone, 540);
    assert_string_equal(member_word(MEMBER_PUBLISHED_FROM, copy.published_from),
                        "filename");
    json_fields_release(&fields);
    article_release(&article);
    article_release(&copy);
    buf_release(&before);
    buf_release(&line);
    buf_release(&after);
}

/* Articles have had keywords since then only. */
static void
a_line_of_a_program_before_is_one_of_ours(void **state)
{
    static const char keywords[] = "\"keywords\":[\"keywords\",";
    struct json_fields fields = JSON_FIELDS_INIT;
    struct article article;
    struct article copy;
    struct buf line = BUF_INIT;
    struct buf old = BUF_INIT;
    const char *at;

    (void)state;
    full_article(&article);
    article_init(&copy);
    article_print_json(&article, &line);
    at = strstr(line.data, keywords);
    assert_non_null(at);
    buf_add(&old, line.data, (size_t)(at - line.data));
    buf_add_text(&old, strstr(at, "],") + 2);
    assert_true(json_fields_read(&fields, old.data, old.size));
    assert_true(article_from_json(&copy, &fields));
    assert_int_equal(copy.keywords.count, 0);
    assert_string_equal(copy.section.data, article.section.data);
    assert_string_equal(copy.body.data, article.body.data);
    json_fields_release(&fields);
    article_release(&article);
    article_release(&copy);
    buf_release(&line);
    buf_release(&old);
}

/* A line of ours has every member, in their order, and nothing else. */
static void
other_json_is_not_taken_for_an_article_of_ours(void **state)
{
    struct json_fields fields = JSON_FIELDS_INIT;
    struct article article;
    struct article copy;
    struct buf line = BUF_INIT;

    (void)state;
    full_article(&article);
    article_init(&copy);
    article_print_json(&article, &line);
    assert_true(json_fields_read(&fields, line.data, line.size));
    for (size_t i = 0; i < fields.count; i++) {
        const char *name = fields.field[i].name;
        struct json_field field = fields.field[i];

        fields.field[i].name = "other";
        assert_false(article_from_json(&copy, &fields));
        fields.field[i].name = name;
        fields.field[i].text = field.text ? NULL : "1";
        fields.field[i].value = NULL;
        /* A date may be null, and then it is none. */
        if (article_from_json(&copy, &fields) &&
            strcmp(name, "published") != 0 && strcmp(name, "seen") != 0)
            fail_msg("%s is of another type", name);
        fields.field[i] = field;
    }
    fields.count--;
    assert_false(article_from_json(&copy, &fields));
    fields.count++;
    article_clear(&copy);
    assert_true(article_from_json(&copy, &fields));
    json_fields_release(&fields);
    article_release(&article);
    article_release(&copy);
    buf_release(&line);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_byte_of_an_article_is_in_one_row),
        cmocka_unit_test(rows_come_in_the_order_of_the_article),
        cmocka_unit_test(clearing_an_article_empties_every_member),
        cmocka_unit_test(an_article_comes_back_from_its_json),
        cmocka_unit_test(a_line_of_a_program_before_is_one_of_ours),
        cmocka_unit_test(other_json_is_not_taken_for_an_article_of_ours),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
