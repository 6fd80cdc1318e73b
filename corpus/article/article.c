#include "corpus/article/article.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "corpus/base/ascii.h"
#include "corpus/base/count.h"
#include "corpus/base/mem.h"
#include "corpus/base/utf8.h"

/* What is given to many articles. */
enum {
    COMMON_BYTES = 1000, /* of a line or a name */
    COMMON_NAMES = 40
};

bool
article_kind_kept(enum article_kind kind)
{
    return kind == ARTICLE_STORY || kind == ARTICLE_PICTURE;
}

void
article_init(struct article *article)
{
    *article = (struct article){0};
    for (enum article_member i = 0; i < MEMBER_COUNT; i++) {
        enum member_type type = article_members[i].type;

        if (type == TYPE_LINE || type == TYPE_PARAGRAPHS)
            *(struct buf *)member_at(article, i) = BUF_INIT;
    }
}

void
article_release(struct article *article)
{
    for (enum article_member i = 0; i < MEMBER_COUNT; i++) {
        enum member_type type = article_members[i].type;

        if (type == TYPE_LINE || type == TYPE_PARAGRAPHS)
            buf_release(member_at(article, i));
        else if (type == TYPE_LIST)
            list_release(member_at(article, i));
    }
    for (size_t i = 0; i < article->caption_room; i++) {
        buf_release(&article->caption[i].text);
        buf_release(&article->caption[i].credit);
    }
    free(article->caption);
    seen_release(&article->caption_letters);
    article_init(article);
}

static void
clear_member(struct article *article, enum article_member member)
{
    void *at = member_at(article, member);

    switch (article_members[member].type) {
    case TYPE_LINE:
    case TYPE_PARAGRAPHS:
        buf_clear(at);
        break;
    case TYPE_LIST:
        list_clear(at);
        break;
    case TYPE_CAPTIONS:
        article->captions = 0;
        seen_release(&article->caption_letters);
        break;
    case TYPE_DATE:
        *(struct date *)at = (struct date){0};
        break;
    case TYPE_WORD:
        *(unsigned *)at = 0;
        break;
    case TYPE_PLACE:
        *(uint64_t *)at = 0;
        break;
    }
}

void
article_clear(struct article *article)
{
    for (enum article_member i = 0; i < MEMBER_COUNT; i++)
        clear_member(article, i);
    memset(article->origin, 0, sizeof(article->origin));
}

/* --- what is common to many ----------------------------------------------- */

static void
shorten_list(struct list *list)
{
    while (list->count > COMMON_NAMES)
        free(list->item[--list->count]);
    for (size_t i = 0; i < list->count; i++) {
        char *text = list->item[i];

        text[utf8_cut(text, strlen(text), COMMON_BYTES)] = '\0';
    }
}

void
article_shorten(struct article *common)
{
    for (enum article_member i = 0; i < MEMBER_COUNT; i++) {
        enum member_type type = article_members[i].type;
        struct buf *line = member_at(common, i);

        if (type == TYPE_LINE)
            buf_cut(line, utf8_cut(line->data, line->size, COMMON_BYTES));
        else if (type == TYPE_LIST)
            shorten_list(member_at(common, i));
    }
}

static void
complete_names(struct article *article, const struct article *common)
{
    if (article->byline.size || article->authors.count ||
        (!common->byline.size && !common->authors.count))
        return;
    buf_set(&article->byline, common->byline.data, common->byline.size);
    list_copy(&article->authors, &common->authors);
    list_copy(&article->emails, &common->emails);
    article->origin[MEMBER_BYLINE] = common->origin[MEMBER_BYLINE];
}

void
article_complete(struct article *article, const struct article *common)
{
    for (enum article_member i = 0; i < MEMBER_COUNT; i++) {
        enum member_type type = article_members[i].type;
        const void *from = member_of(common, i);
        const struct buf *line = from;

        if ((type != TYPE_LINE && type != TYPE_DATE) || i == MEMBER_BYLINE ||
            member_is_set(article, i) || !member_is_set(common, i))
            continue;
        if (type == TYPE_LINE)
            buf_set(member_at(article, i), line->data, line->size);
        else
            memcpy(member_at(article, i), from, sizeof(struct date));
        if (i == MEMBER_PUBLISHED)
            article->published_from = common->published_from;
        article->origin[i] = common->origin[i];
    }
    complete_names(article, common);
}

/* --- captions ------------------------------------------------------------- */

static bool
is_caption_letter(uint32_t code)
{
    return code > ' ' && code != '\'' && code != '"' && code != '`' &&
           code != 0xA0 && !(code >= 0x2018 && code <= 0x201F);
}

/* The letters by which two copies of a tidy caption are recognised: no blanks,
 * no quotation marks or apostrophes of any shape, ASCII case folded. */
static void
caption_letters(struct buf *out, const char *text, size_t size)
{
    size_t at = 0;

    buf_reserve(out, size);
    while (at < size) {
        uint32_t code = (unsigned char)text[at];
        size_t step = 1;

        if (code >= 0x80)
            step = utf8_decode(text + at, size - at, &code);
        if (code >= 'A' && code <= 'Z')
            code += 'a' - 'A';
        if (is_caption_letter(code) && code < 0x80)
            buf_add_byte(out, (char)code);
        else if (is_caption_letter(code))
            utf8_encode(out, code);
        at += step ? step : 1;
    }
}

static struct caption *
caption_add(struct article *article)
{
    struct caption *caption;
    size_t old = article->caption_room;

    article->caption = mem_grow(article->caption, article->captions,
                                &article->caption_room, sizeof(*caption));
    for (size_t i = old; i < article->caption_room; i++)
        article->caption[i] = (struct caption){BUF_INIT, BUF_INIT};
    caption = &article->caption[article->captions++];
    buf_clear(&caption->text);
    buf_clear(&caption->credit);
    return caption;
}

void
article_add_caption(struct article *article, const char *text, size_t size,
                    const char *credit, size_t credit_size)
{
    struct buf clean = BUF_INIT;
    struct buf letters = BUF_INIT;
    struct caption *caption;
    size_t number;

    utf8_tidy(&clean, text, size, false);
    caption_letters(&letters, clean.data, clean.size);
    if (letters.size) {
        number =
            seen_number(&article->caption_letters, letters.data, letters.size);
        if (number == article->captions) {
            caption = caption_add(article);
            buf_swap(&caption->text, &clean);
        }
        caption = &article->caption[number];
        /* One credit may stand for many pictures. */
        if (!caption->credit.size)
            utf8_tidy(&caption->credit, credit,
                      utf8_cut(credit, credit_size, COMMON_BYTES), false);
    }
    buf_release(&letters);
    buf_release(&clean);
}

/* --- texts ---------------------------------------------------------------- */

void
article_append_caption(struct article *article, const char *text, size_t size,
                       const char *credit, size_t credit_size)
{
    struct caption *caption = caption_add(article);

    buf_set(&caption->text, text, size);
    buf_set(&caption->credit, credit, credit_size);
}

void
article_add_line(struct buf *text, const char *line, size_t size)
{
    const size_t before = text->size;

    if (before)
        buf_add_byte(text, '\n');
    utf8_tidy(text, line, size, false);
    if (before && text->size == before + 1)
        buf_cut(text, before);
}

void
article_add_paragraph(struct article *article, const char *text, size_t size)
{
    article_add_line(&article->body, text, size);
}

void
article_set_origin(struct article *article, enum article_member member,
                   const char *rule, const char *format, ...)
{
    struct origin *origin = &article->origin[member];
    char printed[2 * sizeof(origin->place)]; /* more, and then cut rightly */
    struct buf place = BUF_INIT;
    va_list args;

    origin->rule = rule;
    va_start(args, format);
    vsnprintf(printed, sizeof(printed), format, args);
    va_end(args);
    utf8_tidy(&place, printed, strlen(printed), false);
    buf_cut(&place,
            utf8_cut(place.data, place.size, sizeof(origin->place) - 1));
    memcpy(origin->place, place.data, place.size + 1);
    buf_release(&place);
}

static void
tidy(struct buf *text, struct buf *scratch, bool lines)
{
    buf_clear(scratch);
    utf8_tidy(scratch, text->data, text->size, lines);
    buf_swap(text, scratch);
}

static void
tidy_list(struct list *list, struct buf *scratch)
{
    struct list clean = LIST_INIT;
    struct seen seen = SEEN_INIT;

    for (size_t i = 0; i < list->count; i++) {
        buf_clear(scratch);
        utf8_tidy(scratch, list->item[i], strlen(list->item[i]), false);
        if (scratch->size &&
            seen_number(&seen, scratch->data, scratch->size) == clean.count)
            list_add(&clean, scratch->data, scratch->size);
    }
    seen_release(&seen);
    list_release(list);
    *list = clean;
}

bool
article_is_web_address(const char *url)
{
    return strncasecmp(url, "http://", 7) == 0 ||
           strncasecmp(url, "https://", 8) == 0;
}

bool
article_code_language(struct buf *language)
{
    /* ISO 639-2, in both its forms, and ISO 639-1. */
    static const char *const codes[] = {
        "eng en", "ger de", "deu de", "fre fr", "fra fr", "spa es", "ita it",
        "dut nl", "nld nl", "swe sv", "nor no", "nob nb", "nno nn", "dan da",
        "fin fi", "ice is", "isl is", "por pt", "rus ru", "ukr uk", "bel be",
        "pol pl", "cze cs", "ces cs", "slo sk", "slk sk", "slv sl", "hrv hr",
        "srp sr", "bos bs", "mac mk", "mkd mk", "bul bg", "hun hu", "rum ro",
        "ron ro", "gre el", "ell el", "tur tr", "alb sq", "sqi sq", "est et",
        "lav lv", "lit lt", "gle ga", "wel cy", "cym cy", "cat ca", "glg gl",
        "baq eu", "eus eu", "mlt mt", "arm hy", "hye hy", "geo ka", "kat ka",
        "aze az", "kaz kk", "uzb uz", "heb he", "ara ar", "per fa", "fas fa",
        "pus ps", "urd ur", "hin hi", "ben bn", "pan pa", "guj gu", "mar mr",
        "tam ta", "tel te", "kan kn", "mal ml", "sin si", "nep ne", "bur my",
        "mya my", "tha th", "lao lo", "khm km", "vie vi", "ind id", "may ms",
        "msa ms", "tgl tl", "chi zh", "zho zh", "jpn ja", "kor ko", "mon mn",
        "swa sw", "som so", "amh am", "hau ha", "yor yo", "ibo ig", "zul zu",
        "xho xh", "afr af",
    };
    char code[4] = {0};
    size_t letters = strcspn(language->data, "-_");

    for (size_t i = 0; i < letters && letters <= 3; i++) {
        code[i] = ascii_lower(language->data[i]);
        if (!ascii_is_lower(code[i]))
            letters = 0;
    }
    buf_clear(language);
    if (letters == 2)
        buf_set_text(language, code);
    for (size_t i = 0; letters == 3 && i < COUNT(codes); i++)
        if (strncmp(codes[i], code, 3) == 0)
            buf_set_text(language, codes[i] + 4);
    return language->size > 0;
}

static void
tidy_member(struct article *article, enum article_member member,
            struct buf *scratch)
{
    struct list *list;

    switch (article_members[member].type) {
    case TYPE_LINE:
        tidy(member_at(article, member), scratch, false);
        break;
    case TYPE_PARAGRAPHS:
        tidy(member_at(article, member), scratch, true);
        break;
    case TYPE_LIST:
        list = member_at(article, member);
        if (list->count)
            tidy_list(list, scratch);
        break;
    case TYPE_CAPTIONS:
        for (size_t i = 0; i < article->captions; i++) {
            tidy(&article->caption[i].text, scratch, false);
            tidy(&article->caption[i].credit, scratch, false);
        }
        break;
    case TYPE_DATE:
    case TYPE_WORD:
    case TYPE_PLACE:
        break;
    }
}

void
article_tidy(struct article *article)
{
    struct buf scratch = BUF_INIT;

    for (enum article_member i = 0; i < MEMBER_COUNT; i++)
        tidy_member(article, i, &scratch);
    if (article->url.size && !article_is_web_address(article->url.data)) {
        buf_clear(&article->url);
        article->origin[MEMBER_URL] = (struct origin){0};
    }
    buf_release(&scratch);
}
