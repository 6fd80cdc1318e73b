#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "corpus/base/count.h"
#include "corpus/base/mem.h"
#include "corpus/syntax/json_fields.h"

/* name=text| or name:value| or name| of each. */
static void
print_fields(const struct json_fields *fields, struct buf *out)
{
    for (size_t i = 0; i < fields->count; i++) {
        const struct json_field *field = &fields->field[i];

        buf_add(out, field->name, field->name_size);
        if (field->text) {
            buf_add_byte(out, '=');
            buf_add(out, field->text, field->size);
            assert_int_equal(field->text[field->size], '\0');
        }
        if (json_is_number(field->value) || json_is_array(field->value) ||
            json_is_object(field->value)) {
            char *value =
                json_dumps(field->value, JSON_COMPACT | JSON_ENCODE_ANY);

            buf_add_byte(out, ':');
            buf_add_text(out, value);
            free(value);
        }
        assert_int_equal(field->name[field->name_size], '\0');
        buf_add_byte(out, '|');
    }
}

/* What the fields say, or false. */
static bool
read_fields(const char *text, size_t size, struct buf *out)
{
    struct json_fields fields = JSON_FIELDS_INIT;
    char *copy = mem_text(text, size);
    bool good = json_fields_read(&fields, copy, size);

    buf_clear(out);
    if (good)
        print_fields(&fields, out);
    else
        assert_memory_equal(copy, text, size);
    json_fields_release(&fields);
    free(copy);
    return good;
}

static void
members_are_taken_where_they_stand(void **state)
{
    static const struct {
        const char *text, *fields;
    } cases[] = {
        {"{}", ""},
        {" { } ", ""},
        {"{\"a\":\"b\"}", "a=b|"},
        {"{\"a\" : \"\" ,\n\t\"\":\"long enough for a word of eight\"}\r",
         "a=|=long enough for a word of eight|"},
        {"{\"a\":null,\"b\":true,\"c\":false}", "a|b|c|"},
        {"{\"a\":7,\"b\":-1.5e3,\"c\":[1,\"x\"],\"d\":{\"e\":{}},\"f\":\"g\"}",
         "a:7|b:-1500.0|c:[1,\"x\"]|d:{\"e\":{}}|f=g|"},
        {"{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t.\"}", "a=\"\\/\b\f\n\r\t.|"},
        {"{\"a\":\"\\u0041\\u00e9\\u20AC!\"}", "a=A\xc3\xa9\xe2\x82\xac"
                                               "!|"},
        {"{\"a\":\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\"}",
         "a=\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80|"},
        {"{\"a\":1,\"b\":\"2\",\"a\":\"3\"}", "a=3|b=2|"},
        {"{\"a\":\"\x7f\"}", "a=\x7f|"},
    };
    struct buf out = BUF_INIT;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        if (!read_fields(cases[i].text, strlen(cases[i].text), &out))
            fail_msg("%s was not read", cases[i].text);
        if (strcmp(out.data, cases[i].fields) != 0)
            fail_msg("%s gave\n%s", cases[i].text, out.data);
    }
    buf_release(&out);
}

static void
what_is_broken_or_rare_is_left_as_it_was(void **state)
{
    static const char *const cases[] = {
        "",
        "{",
        "[]",
        "\"a\"",
        "{}}",
        "{,}",
        "{\"a\":\"b\",}",
        "{\"a\":\"b\"",
        "{\"a\":\"b",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":tru}",
        "{\"a\":01}",
        "{\"a\":99999999999999999999}",
        "{\"a\":[1,}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":\"\\u12g4\"}",
        "{\"a\":\"\\u0000\"}",
        "{\"a\":\"\\ud83d\\ude00\"}",
        "{\"a\":\"\\ud800\"}",
        "{\"a\":\"\\",
        "{\"a\":\"tab\there\"}",
        "{\"a\":\"\xff\"}",
        "{\"a\":\"\xc3\"}",
        "{\"\\u0061\":\"b\"}",
        "\xef\xbb\xbf{}",
    };
    struct buf out = BUF_INIT;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        if (read_fields(cases[i], strlen(cases[i]), &out))
            fail_msg("%s was read as %s", cases[i], out.data);
    buf_release(&out);
}

/* What jansson makes of the same text, or false. */
static bool
read_tree(const char *text, size_t size, struct buf *out)
{
    struct json_fields fields = JSON_FIELDS_INIT;
    json_error_t why;
    json_t *object = json_loadb(text, size, 0, &why);
    bool good = json_is_object(object);

    buf_clear(out);
    if (good) {
        json_fields_of(&fields, object);
        print_fields(&fields, out);
    }
    json_fields_release(&fields);
    json_decref(object);
    return good;
}

static uint32_t
draw(uint32_t *seed, uint32_t below)
{
    *seed = *seed * 1664525 + 1013904223;
    return (*seed >> 8) % below;
}

/* However a text is damaged, what is read of it is what the whole parser
 * reads. */
static void
a_damaged_text_is_never_read_otherwise(void **state)
{
    static const char text[] =
        "{\"title\":\"A \\\"B\\\" \\u00e9\\n\xc3\xa9\",\"n\":[1,{\"x\":\"y\"}]"
        ",\"d\": 12.5e1 ,\"z\":null,\"body\":\"eight and more \\\\ bytes\"}";
    static const char bytes[] = "\"\\{}[]:,u0d8ntf eE.-1\x01\x80\xc3\xff";
    struct buf mine = BUF_INIT;
    struct buf whole = BUF_INIT;
    uint32_t seed = 1;
    size_t read = 0;

    (void)state;
    for (size_t round = 0; round < 20000; round++) {
        char damaged[sizeof(text)];
        size_t size = sizeof(text) - 1;

        memcpy(damaged, text, sizeof(text));
        for (uint32_t i = draw(&seed, 3); i > 0; i--)
            damaged[draw(&seed, (uint32_t)size)] =
                bytes[draw(&seed, sizeof(bytes) - 1)];
        if (draw(&seed, 8) == 0)
            size = draw(&seed, (uint32_t)size);
        if (!read_fields(damaged, size, &mine))
            continue;
        read++;
        if (!read_tree(damaged, size, &whole) ||
            strcmp(mine.data, whole.data) != 0)
            fail_msg("%.*s gave\n%s\nand not\n%s", (int)size, damaged,
                     mine.data, whole.data);
    }
    assert_true(read > 5000);
    buf_release(&mine);
    buf_release(&whole);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(members_are_taken_where_they_stand),
        cmocka_unit_test(what_is_broken_or_rare_is_left_as_it_was),
        cmocka_unit_test(a_damaged_text_is_never_read_otherwise),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
