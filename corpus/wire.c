#include "corpus/wire.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "corpus/article.h"
#include "corpus/byline.h"
#include "corpus/dateline.h"
#include "corpus/html.h"
#include "corpus/paragraph.h"
#include "corpus/utf8.h"

enum {
    BYLINE_BYTES = 120,
    BYLINE_WITHIN = 4, /* paragraphs */
    HEADLINE_BYTES = 200
};

void
wire_set_identity(struct article *article, const struct buf *id,
                  const struct buf *version)
{
    size_t size = id->size;

    buf_set(&article->version, version->data, version->size);
    if (version->size && size > version->size + 1 &&
        strchr(":.", id->data[size - version->size - 1]) &&
        !memcmp(id->data + size - version->size, version->data, version->size))
        size -= version->size + 1;
    buf_set(&article->key, id->data, size);
    article_set_origin(article, MEMBER_KEY, "wire", "%s", "");
}

void
wire_set_language(struct article *article, const struct buf *tag)
{
    /* ISO 639-2, in both its forms, of the languages with many papers. */
    static const char codes[][2][4] = {
        {"eng", "en"}, {"ger", "de"}, {"deu", "de"}, {"fre", "fr"},
        {"fra", "fr"}, {"spa", "es"}, {"ita", "it"}, {"dut", "nl"},
        {"nld", "nl"}, {"swe", "sv"}, {"nor", "no"}, {"dan", "da"},
        {"fin", "fi"}, {"por", "pt"}, {"rus", "ru"}, {"kor", "ko"},
        {"jpn", "ja"}, {"chi", "zh"}, {"zho", "zh"}, {"ara", "ar"},
        {"pol", "pl"}, {"cze", "cs"}, {"ces", "cs"}, {"hun", "hu"},
        {"tur", "tr"}, {"est", "et"}, {"lav", "lv"}, {"wel", "cy"},
    };
    size_t letters = strcspn(tag->data, "-_");

    if (article->language.size)
        return;
    if (letters == 2) {
        for (size_t i = 0; i < 2; i++)
            if ((tag->data[i] | 0x20) >= 'a' && (tag->data[i] | 0x20) <= 'z')
                buf_add_byte(&article->language, (char)(tag->data[i] | 0x20));
        if (article->language.size != 2)
            buf_clear(&article->language);
    }
    for (size_t i = 0; letters == 3 && i < sizeof(codes) / sizeof(codes[0]);
         i++)
        if (!strncasecmp(codes[i][0], tag->data, 3))
            buf_set_text(&article->language, codes[i][1]);
    if (article->language.size)
        article_set_origin(article, MEMBER_LANGUAGE, "wire", "%s", "");
}

void
wire_set_published(struct article *article, const struct date *date,
                   const char *rule)
{
    if (article->published.precision || !date->precision)
        return;
    article->published = *date;
    article->published_from = DATE_FROM_WIRE;
    article_set_origin(article, MEMBER_PUBLISHED, rule, "%s", "");
}

/* Is there a tag in it: '<' and a letter or '/', and '>' later? */
static bool
has_markup(const struct buf *text)
{
    for (const char *at = strchr(text->data, '<'); at; at = strchr(at + 1, '<'))
        if (at[1] == '/' || at[1] == '!' ||
            ((at[1] | 0x20) >= 'a' && (at[1] | 0x20) <= 'z'))
            return strchr(at, '>') != NULL;
    return false;
}

void
wire_add_body(struct article *article, const struct buf *text)
{
    if (has_markup(text))
        html_fragment(article, text->data, text->size, NULL);
    else
        paragraph_split(article, text->data, text->size);
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

static void
take_headline(struct article *article)
{
    struct dateline parts;
    size_t skip =
        dateline_parse(article->body.data, article->body.size, &parts);
    const char *body = article->body.data + skip;
    size_t size = strcspn(body, "\n");

    if (article->headline.size || !size)
        return;
    if (size > HEADLINE_BYTES) {
        size = utf8_cut(body, size, HEADLINE_BYTES);
        while (size > HEADLINE_BYTES / 2 && body[size] != ' ')
            size--;
    }
    buf_set(&article->headline, body, size);
    article_set_origin(article, MEMBER_HEADLINE, "first words", "%s", "");
}

void
wire_finish(struct article *article)
{
    article_tidy(article);
    take_byline(article);
    dateline_to_article(article);
    take_headline(article);
}
