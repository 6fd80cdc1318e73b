/*
 * corpus/formats/reader_agency.c - texts of agencies that follow no standard
 * but custom: telex messages, tagged lines and press releases.
 *
 *     ZCZC CWA              ZCZC                      Source: Some Company
 *     #Legionella           AN#26945219               MEDIA RELEASE PR74541
 *     $Found in hospital    TI#Delays go on           Some Company Grows
 *     :(BRISBANE)           BY#Jane Doe
 *     Bacteria were ...     TX#                       MUMBAI, July 25, 2018 /
 *     NNNN                  Construction of ...       ...
 *
 * A result service sends its heading in fields that the separator US parts:
 *
 *     SOH LOWMOOR REGATTA US 6 US N US North US Saturday
 *
 * A telex line before the text begins with a mark that says what it is:
 * '$' headline, '#' keyword, ':' second keyword or (PLACE), '&' author, '@'
 * the state in which the place is, which such an agency prints before the
 * headline: "QLD: Found in hospital"; the others ('%', '*', '~') route the
 * message.
 */
#include <string.h>
#include <strings.h>

#include "corpus/article/article.h"
#include "corpus/article/keywords.h"
#include "corpus/base/ascii.h"
#include "corpus/formats/formats.h"
#include "corpus/formats/story_body.h"
#include "corpus/formats/text_items.h"
#include "corpus/story/byline.h"
#include "corpus/story/dateline.h"
#include "corpus/story/paragraph.h"
#include "corpus/story/story.h"

enum {
    RELEASE_WITHIN = 400, /* bytes of the head */
    HEADLINE_LEAST = 4,
    HEADLINE_LINES = 4,
    STATE_MOST = 5, /* bytes */
    DAY_WITHIN = 4, /* paragraphs */
    DAY_BYTES = 40,
    US = 0x1F,
    FIELDS_LEAST = 3 /* separators in a heading in fields */
};

static const char release_mark[] = "MEDIA RELEASE PR";

static bool
starts(struct piece text, const char *with)
{
    return text.size >= strlen(with) &&
           !strncasecmp(text.text, with, strlen(with));
}

/* Where a release's mark stands, at the start of a line; size if nowhere. */
static size_t
find_release(struct piece text)
{
    struct piece rest = text;
    struct piece line;

    while (piece_line(&rest, &line) &&
           (size_t)(line.text - text.text) < RELEASE_WITHIN)
        if (starts(line, release_mark))
            return (size_t)(line.text - text.text);
    return text.size;
}

/* The heading in fields that the text begins with; of size 0 if it does not.
 */
static struct piece
find_fields(struct piece text)
{
    struct piece line = {text.text, piece_find(text, '\n')};
    size_t separators = 0;

    for (size_t i = 0; i < line.size; i++) {
        if ((unsigned char)line.text[i] < ' ' && line.text[i] != US &&
            line.text[i] != '\r')
            return (struct piece){"", 0};
        separators += line.text[i] == US;
    }
    return separators >= FIELDS_LEAST ? line : (struct piece){"", 0};
}

static int
agency_sniff(const char *head, size_t size)
{
    struct piece text = piece_trim((struct piece){head, size});

    if (starts(text, "ZCZC") || find_fields(text).size)
        return 85;
    return find_release(text) < text.size ? 85 : 0;
}

static void
set_text(struct buf *out, struct piece text)
{
    text = piece_trim(text);
    buf_set(out, text.text, text.size);
}

static void
set_key(struct article *article, struct piece text)
{
    struct buf id = BUF_INIT;
    struct buf version = BUF_INIT;

    set_text(&id, text);
    story_set_identity(article, &id, &version);
    buf_release(&id);
    buf_release(&version);
}

/* --- telex ---------------------------------------------------------------- */

struct heading {
    struct piece slug;
    struct piece headline;
    struct piece take;  /* the last ':' line */
    struct piece state; /* of a place */
};

static bool
is_mark(char byte)
{
    return byte != '\0' && strchr("%#$:&*@~", byte) != NULL;
}

/* A line of routing codes without a mark: "YY RFG INTERNET (3RR)". */
static bool
is_routing(struct piece line)
{
    return line.size >= 4 && ascii_is_upper(line.text[0]) &&
           ascii_is_upper(line.text[1]) && line.text[2] == ' ' &&
           ascii_is_upper(line.text[3]);
}

/* What stands behind the last ':' of ":POTTED :Eagle Farm". */
static struct piece
last_part(struct piece line)
{
    size_t at = line.size;

    while (at > 0 && line.text[at - 1] != ':')
        at--;
    return piece_trim((struct piece){line.text + at, line.size - at});
}

static void
take_mark(struct article *article, struct heading *heading, struct piece line)
{
    struct piece value =
        piece_trim((struct piece){line.text + 1, line.size - 1});
    struct piece part;
    struct date date;

    switch (line.text[0]) {
    case '$':
        if (value.size >= HEADLINE_LEAST)
            heading->headline = value;
        break;
    case '#':
        heading->slug = value;
        break;
    case '@':
        if (value.size <= STATE_MOST)
            heading->state = value;
        break;
    case ':':
        part = last_part(line);
        if (part.size > 2 && part.text[0] == '(' &&
            part.text[part.size - 1] == ')')
            buf_set(&article->dateline, part.text + 1, part.size - 2);
        else if (!date_parse(part.text, part.size, false, &date))
            heading->take = part; /* and not the day of a race */
        break;
    default:
        break;
    }
}

static void
set_headline(struct article *article, const struct heading *heading)
{
    struct buf *out = &article->headline;

    if (heading->headline.size) {
        if (article->dateline.size && heading->state.size)
            buf_printf(out, "%.*s: ", (int)heading->state.size,
                       heading->state.text);
        buf_add(out, heading->headline.text, heading->headline.size);
    } else {
        set_text(out, heading->slug);
        if (heading->take.size) {
            if (out->size)
                buf_add_byte(out, ' ');
            buf_add(out, heading->take.text, heading->take.size);
        }
    }
    if (out->size)
        article_set_origin(article, MEMBER_HEADLINE, "heading", "%s", "");
    story_set_section(article, heading->slug.text, heading->slug.size, "slug");
}

static void
take_telex(struct article *article, struct piece message)
{
    struct heading heading = {{"", 0}, {"", 0}, {"", 0}, {"", 0}};
    struct piece rest = message;
    struct piece body = message;
    struct piece line;

    while (piece_line(&rest, &line)) {
        line = piece_trim(line);
        if (line.size && !is_mark(*line.text) && !is_routing(line))
            break;
        if (line.size && is_mark(*line.text))
            take_mark(article, &heading, line);
        body = rest;
    }
    set_headline(article, &heading);
    paragraph_split(article, body.text, body.size);
}

/* --- a heading in fields -------------------------------------------------- */

/* The fields that say yes or no are for machines. */
static void
take_fields(struct article *article, struct piece message)
{
    struct piece line = find_fields(message);
    struct piece rest = {message.text + line.size, message.size - line.size};
    struct buf *headline = &article->headline;

    for (bool first = true; line.size; first = false) {
        struct piece field = {line.text, piece_find(line, US)};
        size_t taken = field.size + (field.size < line.size);

        line.text += taken;
        line.size -= taken;
        field = piece_trim(field);
        if (first)
            story_set_section(article, field.text, field.size, "heading");
        if (!field.size ||
            (field.size == 1 && strchr("YN", *field.text) != NULL))
            continue;
        if (headline->size)
            buf_add_byte(headline, ' ');
        buf_add(headline, field.text, field.size);
    }
    article_set_origin(article, MEMBER_HEADLINE, "heading", "%s", "");
    paragraph_split(article, rest.text, rest.size);
}

/* --- tagged lines --------------------------------------------------------- */

static void
set_keywords(struct article *article, struct piece value)
{
    story_set_section(article, value.text, value.size, "KY");
    keywords_split(article, value.text, value.size);
    article_set_origin(article, MEMBER_KEYWORDS, "KY", "%s", "");
}

static bool
is_tagged(struct piece line)
{
    return line.size >= 3 && line.text[2] == '#' &&
           ascii_is_upper(line.text[0]) && ascii_is_upper(line.text[1]);
}

static void
take_tag(struct article *article, struct buf *abstract, struct piece line)
{
    struct piece value =
        piece_trim((struct piece){line.text + 3, line.size - 3});
    struct date date;

    if (!value.size)
        return;
    if (starts(line, "AN#"))
        set_key(article, value);
    else if (starts(line, "TI#"))
        set_text(&article->headline, value);
    else if (starts(line, "BY#"))
        byline_to_article(article, value.text, value.size);
    else if (starts(line, "KY#"))
        set_keywords(article, value);
    else if (starts(line, "AB#"))
        set_text(abstract, value);
    else if (starts(line, "SO#"))
        set_text(&article->publication, value);
    else if (starts(line, "PD#") &&
             date_parse(value.text, value.size, false, &date))
        story_set_published(article, &date, "PD");
}

static void
take_tagged(struct article *article, struct buf *abstract, struct piece message)
{
    struct piece rest = message;
    struct piece line;

    while (piece_line(&rest, &line)) {
        if (starts(line, "TX#")) {
            paragraph_split(article, line.text + 3,
                            (size_t)(rest.text + rest.size - line.text) - 3);
            return;
        }
        if (is_tagged(line))
            take_tag(article, abstract, line);
    }
}

/* --- press releases ------------------------------------------------------- */

/* The day is in the first paragraph: "MUMBAI, India, July 25, 2018/". */
static void
set_release_date(struct article *article)
{
    size_t size = strcspn(article->body.data, "\n");
    struct date date;

    if (date_find(article->body.data, size < 120 ? size : 120, true, &date,
                  NULL) &&
        date.precision >= DATE_DAY) {
        article->published = date;
        article->published_from = DATE_FROM_DATELINE;
        article_set_origin(article, MEMBER_PUBLISHED, "dateline", "%s", "");
    }
}

static void
take_release(struct article *article, struct piece message)
{
    struct piece rest = message;
    struct piece line;
    size_t lines = 0;

    while (piece_line(&rest, &line) && !starts(line, release_mark))
        if (starts(line, "Source:"))
            set_text(&article->publication,
                     (struct piece){line.text + 7, line.size - 7});
    line.text += strlen(release_mark) - 2; /* "PR74541" */
    line.size -= strlen(release_mark) - 2;
    set_key(article, line);
    while (lines < HEADLINE_LINES && piece_line(&rest, &line)) {
        line = piece_trim(line);
        if (!line.size && lines)
            break;
        if (!line.size)
            continue;
        if (lines++)
            buf_add_byte(&article->headline, ' ');
        buf_add(&article->headline, line.text, line.size);
    }
    article_set_origin(article, MEMBER_HEADLINE, "heading", "%s", "");
    paragraph_split(article, rest.text, rest.size);
    set_release_date(article);
}

/* A line that is a day and nothing else, near the beginning, is the day on
 * which the text was given out. */
static void
set_day(struct article *article)
{
    const char *line = article->body.data;
    struct date date;

    for (int i = 0; i < DAY_WITHIN && *line; i++) {
        size_t size = strcspn(line, "\n");

        if (article->published.precision == DATE_NONE && size < DAY_BYTES &&
            date_parse(line, size, false, &date) &&
            date.precision >= DATE_DAY) {
            article->published = date;
            article->published_from = DATE_FROM_TEXT;
            article_set_origin(article, MEMBER_PUBLISHED, "line of its own",
                               "paragraph %d", i + 1);
        }
        line += size + (line[size] == '\n');
    }
}

/* --- messages ------------------------------------------------------------- */

/* The message at the start of `text`, without ZCZC and NNNN, and how many
 * bytes of the file it takes. */
static struct piece
next_message(struct piece text, size_t *taken)
{
    struct piece rest = text;
    struct piece line;
    struct piece message;

    piece_line(&rest, &line); /* "ZCZC CWA" */
    message = rest;
    while (piece_line(&rest, &line)) {
        struct piece word = piece_trim(line);

        if ((word.size == 4 && starts(word, "NNNN")) ||
            (starts(word, "ZCZC") && (word.size == 4 || word.text[4] == ' ')))
            break;
    }
    *taken = (size_t)(rest.text - text.text);
    if (rest.size && starts(piece_trim(line), "ZCZC"))
        *taken = (size_t)(line.text - text.text);
    message.size = (size_t)(rest.size || starts(piece_trim(line), "NNNN")
                                ? line.text - message.text
                                : text.text + text.size - message.text);
    return message;
}

static enum status
agency_next(struct reader *reader, struct article *article, bool *more,
            struct error *err)
{
    struct piece rest = text_items_rest(reader);
    struct piece trimmed = piece_trim_start(rest);
    struct piece message;
    struct piece first;
    struct buf abstract = BUF_INIT;
    size_t taken = trimmed.size;

    (void)err;
    *more = trimmed.size > 0;
    if (!*more)
        return STATUS_OK;
    if (starts(trimmed, "ZCZC")) {
        message = next_message(trimmed, &taken);
        first = message;
        first.size = piece_find(first, '\n');
        if (is_tagged(first))
            take_tagged(article, &abstract, message);
        else
            take_telex(article, message);
    } else if (find_fields(trimmed).size) {
        take_fields(article, trimmed);
    } else if (find_release(trimmed) < trimmed.size) {
        take_release(article, trimmed);
    } else {
        paragraph_split(article, trimmed.text, trimmed.size);
    }
    text_items_take(reader, (size_t)(trimmed.text - rest.text) + taken);
    article_set_origin(article, MEMBER_BODY, "text", "%s", "");
    set_day(article);
    story_finish(article);
    story_set_agency(article);
    if (abstract.size)
        story_add_abstract(article, &abstract);
    buf_release(&abstract);
    return STATUS_OK;
}

const struct format format_agency = {
    .name = "agency",
    .about = "agency texts: telex messages, tagged lines, press releases",
    .suffixes = "txt tst",
    .sniff = agency_sniff,
    .open = text_items_open,
    .next = agency_next,
    .close = text_items_close,
};
