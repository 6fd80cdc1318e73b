#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "query/render/renderers.h"
#include "query/search/hit_members.h"
#include "query/search/search.h"

static size_t
size_of(enum member_type type)
{
    switch (type) {
    case TYPE_LINE:
    case TYPE_PARAGRAPHS:
        return sizeof(struct buf);
    case TYPE_LIST:
        return sizeof(struct list);
    case TYPE_DATE:
        return sizeof(struct date);
    case TYPE_WORD:
        return sizeof(unsigned);
    case TYPE_PLACE:
        return sizeof(uint64_t);
    case TYPE_CAPTIONS:
        break;
    }
    return 0;
}

static void
each_row_has_a_place_of_its_own_in_a_hit(void **state)
{
    unsigned char taken[sizeof(struct hit)] = {0};

    (void)state;
    for (size_t i = 0; i < hit_members_count; i++) {
        const struct hit_member *member = &hit_members[i];
        size_t size = size_of(hit_member_type(member));

        assert_int_not_equal(size, 0);
        assert_true(member->offset + size <= sizeof(struct hit));
        for (size_t j = 0; j < size; j++)
            if (taken[member->offset + j]++)
                fail_msg("%s is in two rows", member->name);
    }
}

/* Say something by which the member is known in a result. */
static void
fill(struct hit *hit, const struct hit_member *member, struct buf *says)
{
    void *at = hit_member_at(hit, member);

    buf_clear(says);
    switch (hit_member_type(member)) {
    case TYPE_LINE:
    case TYPE_PARAGRAPHS:
        buf_printf(says, "its %s", member->name);
        buf_set(at, says->data, says->size);
        break;
    case TYPE_LIST:
        buf_printf(says, "one of %s", member->name);
        list_add_text(at, says->data);
        break;
    case TYPE_DATE:
        *(struct date *)at = date_of_day(1900 + (int)member->from, 10, 24);
        date_print(at, says);
        break;
    case TYPE_WORD:
        *(unsigned *)at = member_words(member->from) - 1;
        buf_add_text(says, member_word(member->from, *(unsigned *)at));
        break;
    case TYPE_PLACE:
        *(uint64_t *)at = 1000 + member->from;
        buf_printf(says, "%d", 1000 + (int)member->from);
        break;
    case TYPE_CAPTIONS:
        break;
    }
}

static void
a_result_as_json_has_every_member_of_a_hit(void **state)
{
    (void)state;
    for (size_t i = 0; i < hit_members_count; i++) {
        struct render_options options = {.query = ""};
        struct search_result result = SEARCH_RESULT_INIT;
        struct hit hit;
        struct buf says = BUF_INIT;
        struct buf out = BUF_INIT;
        struct buf name = BUF_INIT;
        const char *value;
        const char *found;

        hit_init(&hit);
        fill(&hit, &hit_members[i], &says);
        result.hit = &hit;
        result.hits = 1;
        render_jsonl(&out, &result, &options);
        buf_printf(&name, "\"%s\":", hit_members[i].name);
        value = strstr(out.data, name.data);
        found = value ? strstr(value, says.data) : NULL;
        /* Behind a quotation mark and a bracket, if that. */
        if (!found || found - value > (ptrdiff_t)name.size + 2)
            fail_msg("no %s in %s", hit_members[i].name, out.data);
        hit_release(&hit);
        buf_release(&says);
        buf_release(&out);
        buf_release(&name);
    }
}

static void
every_line_of_a_hit_is_a_column(void **state)
{
    (void)state;
    for (size_t i = 0; i < hit_members_count; i++) {
        const char *name = hit_members[i].name;
        struct render_options options = {.query = "", .fields = name};
        struct search_result result = SEARCH_RESULT_INIT;
        struct hit hit;
        struct buf says = BUF_INIT;
        struct buf out = BUF_INIT;
        struct buf expected = BUF_INIT;
        const char *bad;
        size_t bad_size;

        hit_init(&hit);
        if (hit_member_type(&hit_members[i]) == TYPE_LINE) {
            fill(&hit, &hit_members[i], &says);
            result.hit = &hit;
            result.hits = 1;
            render_tsv(&out, &result, &options);
            buf_printf(&expected, "%s\n%s\n", name, says.data);
            assert_string_equal(out.data, expected.data);
        }
        assert_int_equal(render_fields_known(name, &bad, &bad_size),
                         hit_member_type(&hit_members[i]) == TYPE_LINE);
        hit_release(&hit);
        buf_release(&says);
        buf_release(&out);
        buf_release(&expected);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_row_has_a_place_of_its_own_in_a_hit),
        cmocka_unit_test(a_result_as_json_has_every_member_of_a_hit),
        cmocka_unit_test(every_line_of_a_hit_is_a_column),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
