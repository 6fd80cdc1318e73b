#include "corpus/formats/manuscript.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "corpus/article/article.h"
#include "corpus/article/keywords.h"
#include "corpus/base/count.h"
#include "corpus/base/utf8.h"
#include "corpus/story/byline.h"
#include "corpus/story/credit.h"
#include "corpus/story/story.h"

enum {
    LINE_MOST = 240, /* bytes of a headline that nothing marks as one */
    DATE_MOST = 80,
    DATE_WITHIN = 4 /* lines from the first */
};

enum manuscript_role
manuscript_role_named(const char *style)
{
    static const struct {
        const char *name;
        enum manuscript_role role;
    } roles[] = {
        {"Title", MANUSCRIPT_TITLE},     {"Author", MANUSCRIPT_AUTHOR},
        {"Byline", MANUSCRIPT_AUTHOR},   {"Date", MANUSCRIPT_DATE},
        {"Caption", MANUSCRIPT_CAPTION},
    };
    const size_t size = strlen(style);

    for (size_t i = 0; i < COUNT(roles); i++)
        if (strcasecmp(style, roles[i].name) == 0)
            return roles[i].role;
    /* "Image Caption" and "FigureCaption" are pandoc's. */
    if (size > 7 && strcasecmp(style + size - 7, "caption") == 0)
        return MANUSCRIPT_CAPTION;
    return strncasecmp(style, "heading", 7) == 0 ? MANUSCRIPT_HEADING
                                                 : MANUSCRIPT_TEXT;
}

void
manuscript_add_style(struct manuscript_styles *styles, const char *name,
                     enum manuscript_role role)
{
    if (role == MANUSCRIPT_TEXT || styles->count == COUNT(styles->item) ||
        strlen(name) >= sizeof(styles->item[0].name))
        return;
    snprintf(styles->item[styles->count].name,
             sizeof(styles->item[styles->count].name), "%s", name);
    styles->item[styles->count++].role = role;
}

enum manuscript_role
manuscript_style(const struct manuscript_styles *styles, const char *name)
{
    for (size_t i = 0; i < styles->count; i++)
        if (strcmp(styles->item[i].name, name) == 0)
            return styles->item[i].role;
    return MANUSCRIPT_TEXT;
}

static bool
set_date(struct article *article, const char *text, size_t size,
         const char *rule)
{
    size_t at = 0;
    const size_t found = date_find(text, size, false, &article->published, &at);

    /* A sentence may have a date in it; a line that is one has little else. */
    if (!found || found * 2 < size) {
        article->published = (struct date){0};
        return false;
    }
    article->published_from = DATE_FROM_TEXT;
    article_set_origin(article, MEMBER_PUBLISHED, rule, "%s", "");
    return true;
}

static void
add_caption(struct article *article, const struct buf *text)
{
    const char *credit = "";
    size_t credit_size = 0;
    const size_t size =
        credit_find(text->data, text->size, &credit, &credit_size);

    article_add_caption(article, text->data, size, credit, credit_size);
}

void
manuscript_add(struct article *article, enum manuscript_role role,
               const struct buf *text)
{
    struct buf line = BUF_INIT;

    utf8_tidy(&line, text->data, text->size, false);
    buf_trim(&line);
    if (role == MANUSCRIPT_HEADING && !article->headline.size &&
        !article->body.size)
        role = MANUSCRIPT_TITLE;
    if (!line.size) {
        buf_release(&line);
        return;
    }
    if (role == MANUSCRIPT_TITLE && !article->body.size) {
        /* One that was set on two lines is two paragraphs. */
        if (article->headline.size)
            buf_add_byte(&article->headline, ' ');
        buf_add(&article->headline, line.data, line.size);
        article_set_origin(article, MEMBER_HEADLINE, "style", "%s", "");
    } else if (role == MANUSCRIPT_CAPTION) {
        add_caption(article, &line);
    } else if (!(role == MANUSCRIPT_AUTHOR &&
                 byline_to_article(article, line.data, line.size)) &&
               !(role == MANUSCRIPT_DATE && !article->published.precision &&
                 set_date(article, line.data, line.size, "style"))) {
        article_add_paragraph(article, line.data, line.size);
    }
    buf_release(&line);
}

/* Take the line at `at` out of the body. */
static void
cut_line(struct article *article, size_t at)
{
    struct buf *body = &article->body;
    size_t size = strcspn(body->data + at, "\n");

    if (at + size < body->size)
        size++;
    memmove(body->data + at, body->data + at + size, body->size - at - size);
    buf_cut(body, body->size - size);
}

/* A sentence ends in a stop, of whatever script; a headline hardly does. */
static bool
ends_in_stop(const char *line, size_t size)
{
    static const char *const stops[] = {".", "…", "。", "।", "።", "؟", ":"};

    for (size_t i = 0; i < COUNT(stops); i++) {
        const size_t length = strlen(stops[i]);

        if (size >= length && !memcmp(line + size - length, stops[i], length))
            return true;
    }
    return false;
}

/* The first line, if it is no sentence or is what the file is called. */
static void
take_first_line(struct article *article, const struct buf *title)
{
    const char *line = article->body.data;
    const size_t size = strcspn(line, "\n");
    struct date date;
    const size_t found = date_find(line, size, false, &date, NULL);

    if (article->headline.size || size == article->body.size || !size)
        return;
    if ((title->size != size || memcmp(title->data, line, size) != 0) &&
        (size > LINE_MOST || ends_in_stop(line, size) || found * 2 > size ||
         byline_look(line, size) == BYLINE_SURE))
        return;
    buf_set(&article->headline, line, size);
    article_set_origin(article, MEMBER_HEADLINE, "first line", "%s", "");
    cut_line(article, 0);
}

static void
take_date(struct article *article)
{
    size_t at = 0;

    for (int i = 0; i < DATE_WITHIN && !article->published.precision; i++) {
        const size_t size = strcspn(article->body.data + at, "\n");

        if (at + size >= article->body.size)
            return;
        if (size <= DATE_MOST &&
            set_date(article, article->body.data + at, size, "date line"))
            cut_line(article, at);
        else
            at += size + 1;
    }
}

void
manuscript_finish(struct article *article, const xmlNode *meta)
{
    struct buf text = BUF_INIT;
    const xmlNode *node = NULL;

    while ((node = xml_next(node, meta, NULL)))
        if ((xml_is(node, "keyword") || xml_is(node, "keywords")) &&
            xml_text(&text, node))
            keywords_split(article, text.data, text.size);
    if (article->keywords.count)
        article_set_origin(article, MEMBER_KEYWORDS, "properties", "%s", "");
    article_tidy(article);
    xml_text(&text, xml_find(meta, "title"));
    take_first_line(article, &text);
    take_date(article);
    story_finish(article);
    buf_release(&text);
}
