/*
 * corpus/formats/reader_iptc7901.c - IPTC 7901, the European wire format.
 *
 *     SOH eca062 4 i 211  dpa 061          service, number, priority, ...
 *     Germany-politics/                    keywords
 *     STX EXTRA                            what kind of message
 *     Coalition talks could fail           headline
 *     By our correspondents =              '=' ends the heading
 *
 *        Berlin (dpa) - Negotiations ...   text
 *     # Notebook ...                       for editors only
 *     ETX 131137 GMT Nov 13                day, time, month, year
 *     EOT
 */
#include <string.h>

#include "corpus/article/article.h"
#include "corpus/base/ascii.h"
#include "corpus/formats/formats.h"
#include "corpus/formats/text_items.h"
#include "corpus/story/byline.h"
#include "corpus/story/paragraph.h"
#include "corpus/story/story.h"

enum {
    SOH = 1,
    STX = 2,
    HEADING_LINES = 8,
    DATE_LINE = 40, /* bytes */
    FULL_LINE = 50  /* a heading's line this long may go on in the next */
};

/* SOH, at least two letters and a digit, and STX not far behind: that is no
 * other format. */
static int
iptc7901_sniff(const char *head, size_t size)
{
    size_t at = 0;
    size_t letters = 0;

    while (at < size && (head[at] == 0x7F || head[at] == '\r' ||
                         head[at] == '\n' || head[at] == '\0'))
        at++;
    if (at >= size || head[at++] != SOH)
        return 0;
    while (at < size && ascii_is_letter(head[at]))
        letters += (size_t)(at++ > 0);
    if (letters < 2 || letters > 6 || at >= size || !ascii_is_digit(head[at]))
        return 0;
    return memchr(head, STX, size < 400 ? size : 400) ? 90 : 0;
}

/* "eca062 4 i 211  dpa 061": the first word names the message.  The lines
 * behind this one hold the keywords. */
static void
take_header(struct article *article, struct piece header)
{
    struct piece line;
    struct piece word;

    header = piece_trim(header);
    if (!piece_line(&header, &line))
        return;
    word = (struct piece){line.text, piece_find(line, ' ')};
    story_set_number(article, word.text, word.size);
    while (piece_line(&header, &line)) {
        line = piece_trim(line);
        story_set_section(article, line.text, line.size, "keywords");
    }
}

/* "131137 GMT Nov 13", "091223 dec 18" or "Nov18" behind the time: the day
 * comes first, and the name of the wire may stand before it. */
static bool
set_date(struct article *article, struct piece line)
{
    struct buf text = BUF_INIT;
    struct buf iso = BUF_INIT;
    struct date date;
    const char *day;
    const char *month;
    const char *year;
    bool gmt;

    buf_set(&text, line.text, line.size);
    buf_trim(&text);
    day = text.data + strcspn(text.data, "0123456789");
    month = day + strspn(day, "0123456789");
    gmt = strstr(month, "GMT") != NULL;
    if (gmt)
        month = strstr(month, "GMT") + 3;
    month += strspn(month, " ");
    year = text.data + text.size - (text.size < 2 ? text.size : 2);
    if (strspn(day, "0123456789") == 6 && strlen(month) >= 5)
        buf_printf(&iso, "%.2s %.*s %s%s %.2s:%.2s%s", day,
                   (int)strcspn(month, " 0123456789"), month,
                   *year >= '7' ? "19" : "20", year, day + 2, day + 4,
                   gmt ? " GMT" : "");
    gmt = iso.size && date_parse(iso.data, iso.size, false, &date);
    if (gmt)
        story_set_published(article, &date, "trailer");
    buf_release(&text);
    buf_release(&iso);
    return gmt;
}

/* The date is behind the text, or is the text's last line. */
static void
take_date(struct article *article, struct message *message)
{
    struct piece body = piece_trim(message->body);
    struct piece line = piece_trim(message->trailer);
    size_t at = body.size;

    line.size = piece_find(line, '\n');
    if (line.size && set_date(article, line))
        return;
    while (at > 0 && body.text[at - 1] != '\n')
        at--;
    line = (struct piece){body.text + at, body.size - at};
    if (line.size < DATE_LINE && set_date(article, line))
        message->body.size = (size_t)(line.text - message->body.text);
}

/* The lines from STX to the one that ends in '=', or else to the first that
 * is indented; all of `body` is text if neither is near. */
static size_t
heading_lines(struct piece body, struct piece *line, struct piece *rest)
{
    struct piece indented = body;
    size_t before = 0; /* lines before the first that is indented */
    size_t count = 0;
    struct piece here = body;

    *rest = body;
    while (count < HEADING_LINES && piece_line(rest, &line[count])) {
        if (!before && line[count].size > 2 &&
            !strncmp(line[count].text, "  ", 2)) {
            before = count;
            indented = here;
        }
        here = *rest;
        line[count] = piece_trim(line[count]);
        /* "=(PHOTO)=" goes to the picture desk. */
        if (!line[count].size || *line[count].text == '=')
            continue;
        if (line[count].text[line[count].size - 1] == '=') {
            line[count].size--;
            line[count] = piece_trim(line[count]);
            return count + 1;
        }
        count++;
    }
    *rest = indented;
    return before;
}

static void
set_heading(struct article *article, const struct piece *line, size_t count)
{
    size_t from;

    if (count > 1 && byline_look(line[count - 1].text, line[count - 1].size) ==
                         BYLINE_SURE) {
        count--;
        byline_to_article(article, line[count].text, line[count].size);
        article_set_origin(article, MEMBER_BYLINE, "heading", "%s", "");
    } else if (count > 1 && line[count - 1].size > 3 &&
               !strncmp(line[count - 1].text, "By ", 3)) {
        count--; /* "By our correspondents" */
        buf_set(&article->byline, line[count].text, line[count].size);
    }
    if (!count)
        return;
    from = count - 1;
    if (story_is_alert(line[from].text, line[from].size))
        return;
    while (from > 0 && line[from - 1].size >= FULL_LINE &&
           ascii_has_lower(line[from - 1].text, line[from - 1].size))
        from--;
    for (size_t i = from; i < count; i++) {
        if (i > from)
            buf_add_byte(&article->headline, ' ');
        buf_add(&article->headline, line[i].text, line[i].size);
    }
    article_set_origin(article, MEMBER_HEADLINE, "heading", "%s", "");
}

/* The text ends where the notes for editors begin. */
static size_t
text_size(struct piece text)
{
    struct piece rest = text;
    struct piece line;

    while (piece_line(&rest, &line))
        if (line.size > 2 &&
            (!strncmp(line.text, "# ", 2) || !strncmp(line.text, "* * *", 5)))
            return (size_t)(line.text - text.text);
    return text.size;
}

static enum status
iptc7901_next(struct reader *reader, struct article *article, bool *more,
              struct error *err)
{
    struct piece line[HEADING_LINES + 1];
    struct message message;
    struct piece body;
    size_t count;

    (void)err;
    *more = text_items_message(reader, &message);
    if (!*more)
        return STATUS_OK;
    take_date(article, &message);
    take_header(article, message.header);
    count = heading_lines(message.body, line, &body);
    set_heading(article, line, count);
    paragraph_split(article, body.text, text_size(body));
    article_set_origin(article, MEMBER_BODY, "text", "%s", "");
    story_finish(article);
    story_set_agency(article);
    return STATUS_OK;
}

const struct format format_iptc7901 = {
    .name = "iptc7901",
    .about = "IPTC 7901 wire messages",
    .suffixes = "txt 7901 iptc",
    .sniff = iptc7901_sniff,
    .open = text_items_open,
    .next = iptc7901_next,
    .close = text_items_close,
};
