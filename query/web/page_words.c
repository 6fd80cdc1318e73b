/* Words, numbers and dates on a page, in the language that it speaks. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "query/web/page.h"

const char *
page_word(const struct page *page, enum word word)
{
    return page->words->word[word];
}

void
page_say(struct markup *out, const struct page *page, enum word word)
{
    markup_string(out, page->words->word[word]);
}

void
page_until(struct markup *out, const char **text)
{
    const char *place = strstr(*text, "{}");
    size_t size = place ? (size_t)(place - *text) : strlen(*text);

    markup_text(out, *text, size);
    *text += size + (place ? 2 : 0);
}

void
page_number(struct markup *out, const struct page *page, uint64_t number)
{
    char digits[24];
    size_t size = (size_t)snprintf(digits, sizeof(digits), "%llu",
                                   (unsigned long long)number);

    for (size_t i = 0; i < size; i++) {
        if (i && (size - i) % 3 == 0)
            markup_string(out, page->words->thousands);
        markup_text(out, digits + i, 1);
    }
}

/* A noun in the form that a count has, and the count in its place. */
static void
add_counted(struct markup *out, const struct page *page,
            const char *const forms[FORMS_MOST], uint64_t number)
{
    const char *text = forms[page->words->form(number)];
    bool placed = strstr(text, "{}") != NULL;

    page_until(out, &text);
    if (placed)
        page_number(out, page, number);
    page_until(out, &text);
}

void
page_count(struct markup *out, const struct page *page, uint64_t number)
{
    add_counted(out, page, page->words->articles, number);
}

void
page_length(struct markup *out, const struct page *page, uint64_t words)
{
    add_counted(out, page, page->words->length, words);
}

void
page_share(struct markup *out, const struct page *page, uint64_t part,
           uint64_t whole)
{
    uint64_t all = whole ? (part * 10000 + whole / 2) / whole : 0;
    char digits[2] = {(char)('0' + all / 10 % 10), (char)('0' + all % 10)};

    page_number(out, page, all / 100);
    markup_string(out, page->words->point);
    markup_text(out, digits, 2);
    MARKUP(out, "%");
}

/* A date by its numbers; those that are 0 are not known. */
static void
add_date(struct markup *out, const struct page *page, int year, int month,
         int day)
{
    const char *form = page->words->date[day ? 2 : month ? 1 : 0];

    while (*form) {
        size_t size = strcspn(form, "{");

        markup_text(out, form, size);
        form += size;
        if (!*form)
            return;
        if (form[1] == 'y')
            markup_digits(out, (uint64_t)year);
        else if (form[1] == 'm')
            markup_string(out, page->words->month[(month + 11) % 12]);
        else
            markup_digits(out, (uint64_t)day);
        form += 3;
    }
}

void
page_date(struct markup *out, const struct page *page, const struct date *date)
{
    struct buf text = BUF_INIT;
    int year = 0;
    int month = 0;
    int day = 0;

    if (date->precision == DATE_NONE) {
        page_say(out, page, WORD_UNDATED);
        return;
    }
    date_print(date, &text);
    date_day(date, &year, &month, &day);
    MARKUP(out, "<time datetime=\"");
    markup_buf(out, &text);
    MARKUP(out, "\">");
    add_date(out, page, year, date->precision >= DATE_MONTH ? month : 0,
             date->precision >= DATE_DAY ? day : 0);
    MARKUP(out, "</time>");
    buf_release(&text);
}

void
page_date_name(struct markup *out, const struct page *page, const char *name)
{
    char *end = NULL;
    long year = strtol(name, &end, 10);
    long month = *end == '-' ? strtol(end + 1, &end, 10) : 0;
    long day = *end == '-' ? strtol(end + 1, &end, 10) : 0;

    if (month < 0 || month > 12)
        month = 0;
    if (day < 0 || day > 31)
        day = 0;
    add_date(out, page, (int)year, (int)month, (int)day);
}

void
page_own(struct markup *out, const struct buf *text)
{
    MARKUP(out, "<bdi>");
    markup_buf(out, text);
    MARKUP(out, "</bdi>");
}

void
page_language(struct markup *out, const struct hit *hit)
{
    if (hit->language.size) {
        MARKUP(out, " lang=\"");
        markup_buf(out, &hit->language);
        MARKUP(out, "\"");
    }
    MARKUP(out, " dir=\"auto\"");
}
