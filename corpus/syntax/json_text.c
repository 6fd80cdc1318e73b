#include "corpus/syntax/json_text.h"

#include <jansson.h>

/* Lists within lists deeper than this hold no text that is meant. */
enum {
    DEEPEST = 4
};

static const char *const names[] = {"name", "rendered", "text", "value",
                                    "@id",  "url",      "code", NULL};

static bool
has_text(const json_t *value, int depth)
{
    if (json_is_string(value))
        return json_string_length(value) > 0;
    if (json_is_number(value))
        return true;
    if (depth == DEEPEST)
        return false;
    if (json_is_array(value))
        for (size_t i = 0; i < json_array_size(value); i++)
            if (has_text(json_array_get(value, i), depth + 1))
                return true;
    if (json_is_object(value))
        for (size_t i = 0; names[i]; i++)
            if (has_text(json_object_get(value, names[i]), depth + 1))
                return true;
    return false;
}

bool
json_text_has(const json_t *value)
{
    return has_text(value, 0);
}

static void
add_text(struct buf *out, const json_t *value, int depth)
{
    if (!has_text(value, depth))
        return;
    if (json_is_string(value)) {
        buf_add(out, json_string_value(value), json_string_length(value));
    } else if (json_is_integer(value)) {
        buf_printf(out, "%lld", (long long)json_integer_value(value));
    } else if (json_is_real(value)) {
        buf_printf(out, "%g", json_real_value(value));
    } else if (json_is_array(value)) {
        size_t start = out->size;

        for (size_t i = 0; i < json_array_size(value); i++) {
            const json_t *item = json_array_get(value, i);

            if (out->size > start && has_text(item, depth + 1))
                buf_add_text(out, ", ");
            add_text(out, item, depth + 1);
        }
    } else {
        for (size_t i = 0; names[i]; i++) {
            const json_t *item = json_object_get(value, names[i]);

            if (has_text(item, depth + 1)) {
                add_text(out, item, depth + 1);
                return;
            }
        }
    }
}

void
json_text_add(struct buf *out, const json_t *value)
{
    add_text(out, value, 0);
}

bool
json_text_date_of(struct date *date, const char *text, size_t size)
{
    struct buf trimmed = BUF_INIT;

    *date = (struct date){0};
    buf_set(&trimmed, text, size);
    buf_trim(&trimmed);
    date_parse(trimmed.data, trimmed.size, true, date);
    buf_release(&trimmed);
    return date->precision != DATE_NONE;
}

bool
json_text_date(struct date *date, const json_t *value)
{
    struct buf text = BUF_INIT;
    double number;

    *date = (struct date){0};
    if (json_is_number(value)) {
        struct date first = date_of_day(1600, 1, 1);
        struct date last = date_of_day(2200, 12, 31);

        number = json_number_value(value);
        if (number >= 1600 && number <= 2200 && json_is_integer(value)) {
            *date = date_of_day((int)number, 1, 1);
            date->precision = DATE_YEAR;
            return true;
        }
        /* No second of our years is as large as their milliseconds from
         * March 1973 on. */
        if (number > 1e11 || number < -1e11)
            number /= 1000;
        if (!(number > (double)first.seconds && number < (double)last.seconds))
            return false;
        date->seconds = (int64_t)number;
        date->precision = DATE_SECOND;
        date->has_zone = true;
        return true;
    }
    json_text_add(&text, value);
    (void)json_text_date_of(date, text.data, text.size);
    buf_release(&text);
    return date->precision != DATE_NONE;
}
