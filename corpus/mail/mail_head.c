#include "corpus/mail/mail_head.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "corpus/article/article.h"
#include "corpus/article/keywords.h"
#include "corpus/base/ascii.h"
#include "corpus/base/count.h"
#include "corpus/base/piece.h"
#include "corpus/story/byline.h"
#include "corpus/story/dateline.h"
#include "corpus/story/story.h"

enum {
    HEAD_LINES = 14,    /* that may stand above a story */
    SHORT_LINE = 140,   /* bytes; longer ones are text */
    SLUG_WORDS = 3,     /* a line with more of them may be a headline */
    WRAPPED_LEAST = 50, /* bytes of a line that may go on in the next */
    HEADLINE_WORDS = 4
};

/* --- fields --------------------------------------------------------------- */

static void
set_headline(struct article *article, struct piece value)
{
    buf_set(&article->headline, value.text, value.size);
    article_set_origin(article, MEMBER_HEADLINE, "mail text", "%s", "");
}

static void
set_byline(struct article *article, struct piece value)
{
    byline_to_article(article, value.text, value.size);
    article_set_origin(article, MEMBER_BYLINE, "mail text", "%s", "");
}

static void
set_place(struct article *article, struct piece value)
{
    buf_set(&article->dateline, value.text, value.size);
    article_set_origin(article, MEMBER_DATELINE, "mail text", "%s", "");
}

static void
set_section(struct article *article, struct piece value)
{
    buf_set(&article->section, value.text, value.size);
    article_set_origin(article, MEMBER_SECTION, "mail text", "%s", "");
}

static void
set_keywords(struct article *article, struct piece value)
{
    keywords_split(article, value.text, value.size);
    article_set_origin(article, MEMBER_KEYWORDS, "mail text", "%s", "");
}

static void
set_published(struct article *article, struct piece value)
{
    struct date date;

    if (date_parse(value.text, value.size, false, &date))
        story_set_published(article, &date, "mail text");
}

/* Names of fields; those without a function are for the desk. */
static const struct {
    const char *name;
    void (*set)(struct article *article, struct piece value);
} fields[] = {
    {"headline", set_headline},
    {"title", set_headline},
    {"schlagzeile", set_headline},
    {"titre", set_headline},
    {"byline", set_byline},
    {"author", set_byline},
    {"dateline", set_place},
    {"category", set_section},
    {"section", set_section},
    {"published", set_published},
    {"slug", NULL},
    {"slugline", NULL},
    {"keyword", set_keywords},
    {"keywords", set_keywords},
    {"desk", NULL},
    {"priority", NULL},
    {"urgency", NULL},
    {"abstract", NULL},
    {"sign off", NULL},
    {"embargo", NULL},
    {"word count", NULL},
    {"words", NULL},
};

enum {
    FIELDS = COUNT(fields)
};

/* The field that a line is; FIELDS if none. */
static size_t
field_of(struct piece line, struct piece *value)
{
    size_t colon = piece_find(line, ':');
    struct piece name = piece_trim((struct piece){line.text, colon});

    if (colon == line.size)
        return FIELDS;
    *value = piece_trim(
        (struct piece){line.text + colon + 1, line.size - colon - 1});
    for (size_t i = 0; i < FIELDS; i++)
        if (strlen(fields[i].name) == name.size &&
            !strncasecmp(fields[i].name, name.text, name.size))
            return i;
    return FIELDS;
}

/* --- lines ---------------------------------------------------------------- */

static size_t
count_words(struct piece line)
{
    size_t words = 0;

    for (size_t i = 0; i < line.size; i++)
        words += line.text[i] != ' ' && (i == 0 || line.text[i - 1] == ' ');
    return words;
}

/* "STRIKE-HARBOUR 2", "Gol PGA": what the desk calls the story. */
static bool
is_slug(struct piece line)
{
    return count_words(line) <= SLUG_WORDS &&
           (!ascii_has_lower(line.text, line.size) ||
            count_words(line) < SLUG_WORDS);
}

/* A subject that is a slug: in capitals with a hyphen, or one word. */
static bool
is_slug_subject(const struct buf *subject)
{
    struct piece line = {subject->data, subject->size};

    return !subject->size || count_words(line) == 1 ||
           (!ascii_has_lower(line.text, line.size) &&
            count_words(line) <= SLUG_WORDS);
}

static bool
is_byline(struct piece line)
{
    return byline_look(line.text, line.size) == BYLINE_SURE;
}

static bool
is_dateline(struct piece line)
{
    struct dateline parts;

    return dateline_parse(line.text, line.size, &parts) > 0;
}

/* The same letters and digits in any case? */
static bool
is_same(struct piece line, const struct buf *text)
{
    struct piece other = piece_trim((struct piece){text->data, text->size});

    line = piece_trim(line);
    return line.size == other.size && line.size > 0 &&
           !strncasecmp(line.text, other.text, line.size);
}

/* --- the head ------------------------------------------------------------- */

struct head {
    bool anchored; /* a byline or a dateline is near, and what is above is
                      not the story */
    size_t anchor; /* its line, not counting blank ones */
};

static struct head
look(struct piece text)
{
    struct head head = {0};
    struct piece line;
    struct piece value;
    bool joined = false; /* the line before is long and ends where the next
                            word would not have fitted */

    for (size_t lines = 0; lines < HEAD_LINES && piece_line(&text, &line);) {
        line = piece_trim(line);
        if (!line.size) {
            joined = false;
            continue;
        }
        if (!joined && (is_byline(line) || is_dateline(line))) {
            head.anchored = true;
            head.anchor = lines;
            break;
        }
        if (field_of(line, &value) == FIELDS) {
            if (joined || line.size > SHORT_LINE)
                break;
            joined = line.size > WRAPPED_LEAST;
        }
        lines++;
    }
    return head;
}

/* Is a line of the head not for the story's text?  A headline is taken. */
static bool
take_line(struct article *article, struct piece line, bool anchored)
{
    struct piece value;
    size_t field = field_of(line, &value);

    if (field < FIELDS) {
        if (fields[field].set && value.size)
            fields[field].set(article, value);
        return true;
    }
    if (is_same(line, &article->headline))
        return true;
    if (!anchored || line.size > SHORT_LINE)
        return false;
    if (is_slug(line))
        return true;
    if (is_slug_subject(&article->headline) &&
        count_words(line) >= HEADLINE_WORDS) {
        set_headline(article, line);
        return true;
    }
    return false;
}

void
mail_head_take(struct article *article, struct buf *text)
{
    struct piece rest = {text->data, text->size};
    struct head head = look(rest);
    struct buf out = BUF_INIT;
    struct piece line;
    bool over = false; /* the story has begun */

    for (size_t lines = 0; piece_line(&rest, &line);) {
        struct piece trimmed = piece_trim(line);
        bool above = head.anchored && lines < head.anchor;

        if (trimmed.size && !over) {
            lines++;
            if (take_line(article, trimmed, above))
                continue;
            over = !above;
        }
        buf_add(&out, line.text, line.size);
        buf_add_byte(&out, '\n');
    }
    buf_swap(text, &out);
    buf_release(&out);
}
