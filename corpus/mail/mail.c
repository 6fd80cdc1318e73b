#include "corpus/mail/mail.h"

#include <string.h>
#include <strings.h>

#include "corpus/article/article.h"
#include "corpus/article/keywords.h"
#include "corpus/html/html.h"
#include "corpus/input/charset.h"
#include "corpus/mail/mail_head.h"
#include "corpus/mail/mail_sender.h"
#include "corpus/mail/mail_text.h"
#include "corpus/story/byline.h"
#include "corpus/story/paragraph.h"
#include "corpus/story/story.h"
#include "corpus/syntax/mime_decode.h"
#include "corpus/syntax/mime_header.h"

enum {
    STUB_PART = 3 /* a plain text of a third of the HTML's is a stub */
};

/* --- which parts ---------------------------------------------------------- */

static bool
is_plain(const struct mime_part *part)
{
    return mime_is(part, "text/plain") || mime_is(part, "text/enriched");
}

static bool
is_html(const struct mime_part *part)
{
    return mime_is(part, "text/html");
}

/* Drop '\r' and NULs. */
static void
unify_lines(struct buf *text)
{
    size_t to = 0;

    for (size_t i = 0; i < text->size; i++)
        if (text->data[i] != '\r' && text->data[i] != '\0')
            text->data[to++] = text->data[i];
    buf_cut(text, to);
}

static void
unflow(struct buf *text, const struct mime_part *part)
{
    struct buf value = BUF_INIT;
    struct buf format = BUF_INIT;

    mime_header(&value, part->head, "Content-Type");
    if (mime_parameter(&format, &value, "format") &&
        !strcasecmp(format.data, "flowed"))
        mime_unflow(text, mime_parameter(&format, &value, "delsp") &&
                              !strcasecmp(format.data, "yes"));
    buf_release(&value);
    buf_release(&format);
}

void
mail_part_text(struct buf *out, const struct mime_part *part)
{
    struct buf bytes = BUF_INIT;
    struct buf text = BUF_INIT;

    mime_bytes(&bytes, part);
    charset_decode(&text, bytes.data, bytes.size,
                   part->charset[0] ? part->charset : NULL);
    unify_lines(&text);
    if (is_plain(part))
        unflow(&text, part);
    buf_add(out, text.data, text.size);
    buf_release(&bytes);
    buf_release(&text);
}

/* The text of a page in a mail, a paragraph a line, and its captions. */
static void
add_html(struct buf *out, struct article *captions,
         const struct mime_part *part)
{
    struct buf text = BUF_INIT;
    struct article scratch;

    article_init(&scratch);
    mail_part_text(&text, part);
    if (!html_fragment(&scratch, text.data, text.size, NULL)) {
        article_tidy(&scratch);
        buf_add(out, scratch.body.data, scratch.body.size);
        buf_add_byte(out, '\n');
    }
    for (size_t i = 0; captions && i < scratch.captions; i++)
        article_add_caption(captions, scratch.caption[i].text.data,
                            scratch.caption[i].text.size,
                            scratch.caption[i].credit.data,
                            scratch.caption[i].credit.size);
    article_release(&scratch);
    buf_release(&text);
}

/* The bytes of text in the parts of one kind among those of an alternative. */
static size_t
text_size(const struct mime *mime, size_t at, bool html)
{
    struct buf text = BUF_INIT;
    size_t size;

    for (size_t i = at + 1; i < mime->part[at].end; i++) {
        const struct mime_part *part = &mime->part[i];

        if (part->attached)
            continue;
        if (html && is_html(part))
            add_html(&text, NULL, part);
        else if (!html && is_plain(part))
            mail_part_text(&text, part);
    }
    mail_text_strip(&text);
    size = text.size;
    buf_release(&text);
    return size;
}

/* Of the forms of one text, keep the plain one or the other. */
static void
choose_form(const struct mime *mime, size_t at, bool *chosen)
{
    size_t plain = text_size(mime, at, false);
    bool html = text_size(mime, at, true) / STUB_PART > plain || plain == 0;

    for (size_t i = at + 1; i < mime->part[at].end; i++)
        if (is_html(&mime->part[i]) != html)
            chosen[i] = false;
}

void
mail_choose(const struct mime *mime, bool *chosen)
{
    size_t inside = 0; /* the end of the outermost alternative */

    for (size_t i = 0; i < mime->count; i++) {
        const struct mime_part *part = &mime->part[i];

        chosen[i] =
            (!part->attached || i == 0) && (is_plain(part) || is_html(part));
    }
    for (size_t i = 0; i < mime->count; i++)
        if (i >= inside && mime_is(&mime->part[i], "multipart/alternative")) {
            choose_form(mime, i, chosen);
            inside = mime->part[i].end;
        }
}

/* --- headers -------------------------------------------------------------- */

/* The day a server had it: behind the last ';' of the latest "Received". */
static void
set_seen(struct article *article, struct piece head)
{
    struct buf value = BUF_INIT;
    const char *mark = NULL;

    if (mime_header(&value, head, "Received"))
        mark = strrchr(value.data, ';');
    if (mark)
        mark += 1 + strspn(mark + 1, " ");
    else if (mime_header(&value, head, "Injection-Date") ||
             mime_header(&value, head, "NNTP-Posting-Date") ||
             mime_header(&value, head, "Delivery-Date"))
        mark = value.data;
    if (mark && date_parse(mark, strlen(mark), false, &article->seen))
        article_set_origin(article, MEMBER_SEEN, "received", "%s", "header");
    buf_release(&value);
}

static void
set_key(struct article *article, struct piece head)
{
    struct buf value = BUF_INIT;

    if (mime_header_text(&value, head, "Message-ID") && !article->key.size) {
        buf_swap(&article->key, &value);
        article_set_origin(article, MEMBER_KEY, "message-id", "%s", "header");
    }
    buf_release(&value);
}

void
mail_headers(struct article *article, const struct mime_part *message)
{
    struct piece head = message->head;
    struct buf value = BUF_INIT;
    struct date date;

    set_key(article, head);
    if (mime_header(&value, head, "Date") &&
        date_parse(value.data, value.size, false, &date))
        story_set_published(article, &date, "date header");
    if (!article->headline.size && mime_header_text(&value, head, "Subject")) {
        mail_text_subject(&value);
        buf_swap(&article->headline, &value);
        article_set_origin(article, MEMBER_HEADLINE, "subject", "%s", "header");
    }
    if (mime_header_text(&value, head, "Keywords")) {
        keywords_split(article, value.data, value.size);
        article_set_origin(article, MEMBER_KEYWORDS, "keywords", "%s",
                           "header");
    }
    if (mime_header(&value, head, "Content-Language"))
        story_set_language(article, &value);
    if (!article->seen.precision)
        set_seen(article, head);
    buf_release(&value);
}

/* --- the article ---------------------------------------------------------- */

void
mail_article(struct article *article, const struct mime *mime,
             const bool *chosen)
{
    struct buf text = BUF_INIT;

    mail_headers(article, &mime->part[0]);
    for (size_t i = 0; i < mime->count; i++) {
        if (!chosen[i])
            continue;
        if (is_html(&mime->part[i]))
            add_html(&text, article, &mime->part[i]);
        else
            mail_part_text(&text, &mime->part[i]);
        if (text.size)
            buf_add_byte(&text, '\n');
    }
    mail_text_strip(&text);
    mail_head_take(article, &text);
    paragraph_split(article, text.data, text.size);
    article_set_origin(article, MEMBER_BODY, "mail text", "%s", "");
    story_finish(article);
    mail_sender(article, mime->part[0].head);
    buf_release(&text);
}
