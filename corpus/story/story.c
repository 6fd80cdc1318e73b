#include "corpus/story/story.h"

#include <stdbool.h>
#include <string.h>

#include "corpus/article/article.h"
#include "corpus/base/ascii.h"
#include "corpus/base/count.h"
#include "corpus/base/utf8.h"
#include "corpus/story/byline.h"
#include "corpus/story/dateline.h"

enum {
    BYLINE_BYTES = 120,
    BYLINE_WITHIN = 4, /* paragraphs */
    HEADLINE_BYTES = 200,
    TAG_BYTES = 35 /* of a language, as RFC 5646 has them */
};

/* Does what stands before the last part of an id name an item still?  In
 * "tag:wire.example,2019:1" and "urn:newsml:wire.example:20190102:1" the last
 * part does. */
static bool
names_item(const char *id, size_t size)
{
    size_t colons = 0;

    for (size_t i = 0; i < size; i++)
        colons += id[i] == ':';
    if (!strncmp(id, "tag:", 4))
        return colons >= 2;
    return strncmp(id, "urn:newsml:", 11) != 0 || colons >= 4;
}

void
story_set_identity(struct article *article, const struct buf *id,
                   const struct buf *version)
{
    size_t size = id->size;

    buf_set(&article->version, version->data, version->size);
    if (version->size && size > version->size + 1 &&
        strchr(":.", id->data[size - version->size - 1]) &&
        !memcmp(id->data + size - version->size, version->data,
                version->size) &&
        names_item(id->data, size - version->size - 1))
        size -= version->size + 1;
    buf_set(&article->key, id->data, size);
    article_set_origin(article, MEMBER_KEY, "wire", "%s", "");
}

void
story_set_number(struct article *article, const char *number, size_t size)
{
    struct buf id = BUF_INIT;
    struct buf version = BUF_INIT;
    int year;
    int month;
    int day;

    buf_set(&id, number, size);
    buf_trim(&id);
    if (id.size && article->published.precision) {
        date_day(&article->published, &year, &month, &day);
        buf_printf(&id, "-%04d%02d%02d", year, month, day);
    }
    story_set_identity(article, &id, &version);
    buf_release(&id);
    buf_release(&version);
}

void
story_set_section(struct article *article, const char *text, size_t size,
                  const char *rule)
{
    while (size && strchr(" \t\r\n/", text[size - 1]) && text[size - 1])
        size--;
    if (article->section.size || !size)
        return;
    buf_set(&article->section, text, size);
    article_set_origin(article, MEMBER_SECTION, rule, "%s", "");
}

void
story_set_subject(struct article *article, const struct buf *code)
{
    static const char *const subjects[] = {"arts, culture and entertainment",
                                           "crime, law and justice",
                                           "disaster and accident",
                                           "economy, business and finance",
                                           "education",
                                           "environment",
                                           "health",
                                           "human interest",
                                           "labour",
                                           "lifestyle and leisure",
                                           "politics",
                                           "religion and belief",
                                           "science and technology",
                                           "social issue",
                                           "sport",
                                           "unrest, conflicts and war",
                                           "weather"};
    const char *colon = strrchr(code->data, ':');
    const char *digits = colon ? colon + 1 : code->data;
    size_t number;

    if (strlen(digits) != 8 || strspn(digits, "0123456789") != 8)
        return;
    number = (size_t)(digits[0] - '0') * 10 + (size_t)(digits[1] - '0');
    if (number >= 1 && number <= COUNT(subjects))
        story_set_section(article, subjects[number - 1],
                          strlen(subjects[number - 1]), "IPTC subject");
}

void
story_set_language(struct article *article, const struct buf *tag)
{
    if (article->language.size || tag->size > TAG_BYTES)
        return;
    buf_set(&article->language, tag->data, tag->size);
    if (article_code_language(&article->language))
        article_set_origin(article, MEMBER_LANGUAGE, "wire", "%s", "");
}

void
story_set_published(struct article *article, const struct date *date,
                    const char *rule)
{
    if (article->published.precision || !date->precision)
        return;
    article->published = *date;
    article->published_from = DATE_FROM_WIRE;
    article_set_origin(article, MEMBER_PUBLISHED, rule, "%s", "");
}

bool
story_is_alert(const char *line, size_t size)
{
    static const char *const words[] = {
        "URGENT", "BULLETIN",   "FLASH",  "EXTRA",      "ALERT", "NEWSALERT",
        "REFILE", "CORRECTION", "UPDATE", "EILMELDUNG", "EIL",   "BREAKING"};

    for (size_t i = 0; i < COUNT(words); i++)
        if (strlen(words[i]) == size && !memcmp(words[i], line, size))
            return true;
    return false;
}

void
story_set_dateline(struct article *article, const struct buf *text,
                   const char *rule)
{
    /* A place in small letters is one to the parser before an agency. */
    static const char *const ends[] = {" - ", " (wire) - "};
    struct dateline parts;
    struct date date;

    for (size_t i = 0; i < 2 && !article->dateline.size; i++) {
        struct buf line = BUF_INIT;

        buf_printf(&line, "%s%s", text->data, ends[i]);
        if (dateline_parse(line.data, line.size, &parts) && parts.place_size)
            buf_set(&article->dateline, parts.place, parts.place_size);
        buf_release(&line);
    }
    if (!article->dateline.size &&
        !date_find(text->data, text->size, false, &date, NULL) &&
        !ascii_is_digit(text->data[0]))
        buf_set(&article->dateline, text->data, text->size);
    if (article->dateline.size)
        article_set_origin(article, MEMBER_DATELINE, rule, "%s", "");
}

/* Notes to editors may stand before the byline, not much else. */
static void
take_byline(struct article *article)
{
    size_t at = 0;

    for (int i = 0; i < BYLINE_WITHIN && !article->authors.count; i++) {
        const char *line = article->body.data + at;
        size_t size = strcspn(line, "\n");

        if (at + size >= article->body.size)
            return;
        if (size > BYLINE_BYTES || byline_look(line, size) != BYLINE_SURE) {
            at += size + 1;
            continue;
        }
        buf_clear(&article->byline);
        byline_to_article(article, line, size);
        article_set_origin(article, MEMBER_BYLINE, "body", "paragraph %d",
                           i + 1);
        memmove(article->body.data + at, line + size + 1,
                article->body.size - at - size - 1);
        buf_cut(&article->body, article->body.size - size - 1);
    }
}

/* A line between stars is for whoever prints the text. */
static bool
is_note(const char *line, size_t size)
{
    return size > 6 && !memcmp(line, "***", 3) &&
           !memcmp(line + size - 3, "***", 3);
}

static void
set_first_words(struct article *article, const char *text, size_t size)
{
    if (size > HEADLINE_BYTES) {
        size = utf8_cut(text, size, HEADLINE_BYTES);
        while (size > HEADLINE_BYTES / 2 && text[size] != ' ')
            size--;
    }
    buf_set(&article->headline, text, size);
    article_set_origin(article, MEMBER_HEADLINE, "first words", "%s", "");
}

void
story_take_headline(struct article *article)
{
    struct dateline parts;
    const char *line = article->body.data;
    const char *end = line + article->body.size;
    size_t size = strcspn(line, "\n");

    if (article->headline.size)
        return;
    if (is_note(line, size) && line + size < end) {
        line += size + 1;
        size = strcspn(line, "\n");
    }
    if (size) {
        line += dateline_parse(line, (size_t)(end - line), &parts);
        set_first_words(article, line, strcspn(line, "\n"));
    } else if (article->captions) {
        set_first_words(article, article->caption[0].text.data,
                        article->caption[0].text.size);
    }
}

void
story_finish(struct article *article)
{
    article_tidy(article);
    take_byline(article);
    dateline_to_article(article);
    story_take_headline(article);
}

void
story_set_agency(struct article *article)
{
    struct dateline parts;

    if (article->publication.size ||
        !dateline_parse(article->body.data, article->body.size, &parts) ||
        !parts.agency_size)
        return;
    buf_set(&article->publication, parts.agency, parts.agency_size);
    article_set_origin(article, MEMBER_PUBLICATION, "dateline", "%s", "");
}
