/*
 * corpus/formats/reader_anpa.c - ANPA 1312, the American wire format.
 *
 *     SYN SYN SOH W2870 US _asian          service level and number, selector
 *     f l DC3 DC1 BC-LT--Slug  11-13 1049  priority, category, keyword, ...
 *     STX ^BC-LT--Long Slug,466<           '^' begins a line, '<' and '=' end
 *     ^For chemo patients, mirrors hurt<   headline
 *     ^AP Photo XNP101<                    for editors
 *     ^Eds: With photos.<                  for editors
 *     ^By PAUL BYRNE=
 *     TAB BUENOS AIRES (AP) _ For ...      a paragraph
 *     BS Boston;24;14;.632 DLE             a row of a table
 *     ETX AP-WF-11-13-13 1509GMT<
 *     EOT
 */
#include <string.h>
#include <strings.h>

#include "corpus/article/article.h"
#include "corpus/base/count.h"
#include "corpus/formats/formats.h"
#include "corpus/formats/text_items.h"
#include "corpus/story/byline.h"
#include "corpus/story/story.h"

enum {
    SOH = 0x01,
    BS = 0x08,
    TAB = 0x09,
    DC1 = 0x11,
    DC3 = 0x13,
    SYN = 0x16,
    US = 0x1F,
    NUMBER_SIZE = 8
};

static int
anpa_sniff(const char *head, size_t size)
{
    size_t at = 0;

    while (at < size && head[at] == SYN)
        at++;
    return at >= 2 && at < size && head[at] == SOH ? 95 : 0;
}

/* "BC-LT--Argentina-Cancer Beauty,466" without the cycle that it was sent in,
 * morning (AM), afternoon (PM) or both (BC), and without the count. */
static void
set_keyword(struct article *article, struct piece slug)
{
    static const char *const cycles[] = {"AM-", "PM-", "BC-"};

    for (size_t i = 0; i < COUNT(cycles); i++)
        if (slug.size > 3 && !strncmp(slug.text, cycles[i], 3)) {
            slug.text += 3;
            slug.size -= 3;
            break;
        }
    story_set_section(article, slug.text, piece_find(slug, ','), "slug");
}

/* "BC-LT--Argentina-CancerB     11-13 1049" behind a DC1, DC2 or DC3: the
 * slug, cut at 24 letters. */
static void
set_short_keyword(struct article *article, struct piece header)
{
    size_t at = header.size;

    while (at > 0 && (header.text[at - 1] < DC1 || header.text[at - 1] > DC3))
        at--;
    if (!at)
        return;
    header = piece_trim((struct piece){header.text + at, header.size - at});
    header.size = piece_find(header, ' ');
    set_keyword(article, header);
}

/* "AP-WF-11-13-13 1509GMT<" */
static void
set_trailer(struct article *article, struct piece trailer)
{
    struct buf text = BUF_INIT;
    struct date date;
    const char *at;

    trailer = piece_trim(trailer);
    trailer.size = piece_find(trailer, '\n');
    buf_set(&text, trailer.text, trailer.size);
    at = strpbrk(text.data, "0123456789");
    if (at && strlen(at) >= 13 && at[2] == '-' && at[5] == '-' &&
        at[8] == ' ') {
        struct buf iso = BUF_INIT;

        buf_printf(&iso, "%s%.2s-%.2s-%.2s %.2s:%.2s %.*s",
                   at[6] >= '7' ? "19" : "20", at + 6, at, at + 3, at + 9,
                   at + 11, (int)strcspn(at + 13, "<\r "), at + 13);
        if (date_parse(iso.data, iso.size, false, &date))
            story_set_published(article, &date, "trailer");
        buf_release(&iso);
    }
    if (at && strchr(text.data, '-')) {
        buf_set(&article->publication, text.data,
                (size_t)(strchr(text.data, '-') - text.data));
        article_set_origin(article, MEMBER_PUBLICATION, "trailer", "%s", "");
    }
    buf_release(&text);
}

/* --- the text ------------------------------------------------------------- */

struct story {
    struct article *article;
    struct buf paragraph;
    bool text;         /* a paragraph has begun */
    bool slug;         /* the long slug has been seen */
    bool has_headline; /* from a line that ends in '<' */
};

static void
end_paragraph(struct story *story)
{
    if (story->paragraph.size)
        article_add_paragraph(story->article, story->paragraph.data,
                              story->paragraph.size);
    buf_clear(&story->paragraph);
}

/* Append text with what the teleprinter had no letters for: ``...'' are
 * quotes, '{' in a table is a half, control characters are blanks. */
static void
add_text(struct story *story, struct piece text, bool table)
{
    for (size_t i = 0; i < text.size; i++) {
        char byte = text.text[i];
        bool twice = i + 1 < text.size && text.text[i + 1] == byte;

        if (byte == '`' && twice) {
            buf_add_text(&story->paragraph, "“");
            i++;
        } else if (byte == '\'' && twice) {
            buf_add_text(&story->paragraph, "”");
            i++;
        } else if (table && byte == '{') {
            buf_add_text(&story->paragraph, "½");
        } else if ((unsigned char)byte < ' ' ||
                   (table && (byte == ';' || byte == '^'))) {
            buf_add_byte(&story->paragraph, ' ');
        } else {
            buf_add_byte(&story->paragraph, byte);
        }
    }
}

/* "Eds: With photos.", "AP Photo XNP101, XNP102" */
static bool
is_for_editors(struct piece line)
{
    static const char *const words[] = {"Photo", "Graphic", "Video", "Audio"};
    size_t blank = piece_find(line, ' ');

    if (*line.text == '(') {
        line.text++;
        line.size--;
    }
    if (story_is_alert(line.text, line.size))
        return true;
    if (line.size >= 4 && !strncasecmp(line.text, "Eds", 3) &&
        (line.text[3] == ':' || line.text[3] == '.'))
        return true;
    for (size_t i = 0; i < COUNT(words); i++)
        if (blank < 5 && line.size > blank + strlen(words[i]) &&
            !strncasecmp(line.text + blank + 1, words[i], strlen(words[i])))
            return true;
    return false;
}

static void
set_headline(struct story *story, struct piece line)
{
    struct buf *headline = &story->article->headline;

    end_paragraph(story);
    add_text(story, line, false);
    buf_swap(headline, &story->paragraph);
    buf_clear(&story->paragraph);
    article_set_origin(story->article, MEMBER_HEADLINE, "heading", "%s", "");
}

/* A line that began with '^', without it and its end mark. */
static void
take_heading(struct story *story, struct piece line, char end)
{
    if (!line.size)
        return;
    if (!story->slug && end == '<') {
        story->slug = true;
        set_keyword(story->article, line);
    } else if (is_for_editors(line)) {
        return;
    } else if (!story->text && end == '<' && !story->has_headline) {
        set_headline(story, line);
        story->has_headline = true;
    } else if (!story->text && !story->article->byline.size &&
               byline_look(line.text, line.size) == BYLINE_SURE) {
        byline_to_article(story->article, line.text, line.size);
        article_set_origin(story->article, MEMBER_BYLINE, "heading", "%s", "");
    } else if (!story->text && end == '=' && !story->article->headline.size) {
        set_headline(story, line);
    } else if (story->text || (end != '=' && !story->article->byline.size)) {
        /* and not "AP Sports Writer", which follows the byline */
        end_paragraph(story);
        add_text(story, line, false);
        end_paragraph(story);
    }
}

static void
take_line(struct story *story, struct piece line)
{
    struct piece inside = piece_trim(line);

    if (!inside.size) {
        end_paragraph(story);
    } else if (line.text[0] == TAB || line.text[0] == BS) {
        end_paragraph(story);
        story->text = true;
        add_text(story, inside, line.text[0] == BS);
    } else if (inside.text[0] == '^') {
        char end = inside.text[inside.size - 1];

        inside.text++;
        inside.size--;
        while (inside.size && (inside.text[inside.size - 1] == '<' ||
                               inside.text[inside.size - 1] == '='))
            inside.size--;
        take_heading(story, piece_trim(inside), end);
    } else {
        buf_add_byte(&story->paragraph, ' ');
        add_text(story, inside, false);
    }
}

static void
take_story(struct article *article, struct piece body)
{
    struct story story = {.article = article, .paragraph = BUF_INIT};
    struct piece line;

    while (piece_line(&body, &line))
        take_line(&story, line);
    end_paragraph(&story);
    buf_release(&story.paragraph);
    article_set_origin(article, MEMBER_BODY, "text", "%s", "");
}

/* "W2870" and the day of the trailer name a message. */
static enum status
anpa_next(struct reader *reader, struct article *article, bool *more,
          struct error *err)
{
    struct message message;
    size_t number;

    (void)err;
    *more = text_items_message(reader, &message);
    if (!*more)
        return STATUS_OK;
    number = piece_find(message.header, US);
    set_trailer(article, message.trailer);
    story_set_number(article, message.header.text,
                     number < NUMBER_SIZE ? number : NUMBER_SIZE);
    take_story(article, message.body);
    set_short_keyword(article, message.header);
    story_finish(article);
    story_set_agency(article);
    return STATUS_OK;
}

const struct format format_anpa = {
    .name = "anpa",
    .about = "ANPA 1312 wire messages",
    .suffixes = "anpa txt tst",
    .sniff = anpa_sniff,
    .open = text_items_open,
    .next = anpa_next,
    .close = text_items_close,
};
