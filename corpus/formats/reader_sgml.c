/*
 * The SGML of research collections: Reuters-21578 and TREC, many articles a
 * file, with no DTD that holds for all of them.
 *
 *     <REUTERS ... NEWID="1"> <DATE>..</DATE> ..
 *       <TEXT><TITLE>..</TITLE><DATELINE>..</DATELINE><BODY>..</BODY></TEXT>
 *     </REUTERS>
 *
 *     <DOC> <DOCNO> AP880212-0001 </DOCNO> <HEAD>..</HEAD>
 *       <TEXT> .. <P> .. </TEXT>
 *     </DOC>
 *
 * A record goes from one start tag to its end tag, or to the next start tag
 * where the end tag is missing.  Inside, an element is what stands between
 * the first tag of its name and the end tag.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "corpus/article/keywords.h"
#include "corpus/base/ascii.h"
#include "corpus/base/count.h"
#include "corpus/base/mem.h"
#include "corpus/date/date_scan.h"
#include "corpus/formats/formats.h"
#include "corpus/input/charset.h"
#include "corpus/story/byline.h"
#include "corpus/story/paragraph.h"
#include "corpus/syntax/sgml.h"

enum {
    LARGEST_RECORD = 64 * 1024 * 1024
};

struct records {
    struct buf line;
    uint64_t line_offset;
    bool have_line; /* `line` begins the next record */
    bool reuters;   /* else TREC */
    struct buf raw;
    struct buf record; /* as UTF-8 */
    struct buf text;
};

static bool
starts_with(const char *text, size_t size, const char *word)
{
    size_t length = strlen(word);

    return size >= length && strncasecmp(text, word, length) == 0;
}

/* "<DOC>" or "<DOC id=...>", but not "<DOCNO>". */
static bool
is_start(const struct buf *line, bool *reuters)
{
    const char *at = line->data + strspn(line->data, " \t");
    size_t size = line->size - (size_t)(at - line->data);

    if (starts_with(at, size, "<REUTERS ")) {
        *reuters = true;
        return true;
    }
    if (starts_with(at, size, "<DOC>") || starts_with(at, size, "<DOC ")) {
        *reuters = false;
        return true;
    }
    return false;
}

/* Is the end tag of a record in the line? */
static bool
is_end(const struct records *records)
{
    struct span line = {records->line.data, records->line.size};

    return sgml_find(line, records->reuters ? "</REUTERS>" : "</DOC>") <
           line.size;
}

static int
sniff(const char *head, size_t size)
{
    struct span all = {head, size};

    if (sgml_find(all, "<REUTERS TOPICS=") < size)
        return 95;
    if (sgml_find(all, "<DOC>") < size && sgml_find(all, "<DOCNO>") < size)
        return 95;
    if (sgml_find(all, "<DOC id=\"") < size && sgml_find(all, "<TEXT>") < size)
        return 90;
    return 0;
}

static enum status
open_sgml(struct reader *reader, struct error *err)
{
    struct records *records = mem_zero(1, sizeof(*records));

    (void)err;
    records->line = BUF_LIMITED(LARGEST_RECORD);
    records->raw = BUF_LIMITED(LARGEST_RECORD);
    records->record = BUF_INIT;
    records->text = BUF_INIT;
    reader->state = records;
    return STATUS_OK;
}

static void
close_sgml(struct reader *reader)
{
    struct records *records = reader->state;

    if (!records)
        return;
    buf_release(&records->line);
    buf_release(&records->raw);
    buf_release(&records->record);
    buf_release(&records->text);
    free(records);
}

/* The next line; `*more` is false at the end and after an error. */
static enum status
next_line(struct reader *reader, bool *more, struct error *err)
{
    struct records *records = reader->state;
    enum status status;

    records->line_offset = input_offset(reader->input);
    status = input_line(reader->input, &records->line, more, err);
    if (status)
        *more = false;
    return status;
}

/* Collect a record in records->raw.  What was begun before an error in the
 * file is a record still; the error comes back with the next call. */
static enum status
next_record(struct reader *reader, struct article *article, bool *more,
            struct error *err)
{
    struct records *records = reader->state;
    enum status status = STATUS_OK;
    bool reuters;

    buf_clear(&records->raw);
    *more = true;
    while (!records->have_line) {
        status = next_line(reader, more, err);
        if (!*more)
            return status;
        records->have_line = is_start(&records->line, &records->reuters);
    }
    records->have_line = false;
    article->offset = records->line_offset;
    buf_add(&records->raw, records->line.data, records->line.size);
    while (!is_end(records)) {
        bool there;

        if (next_line(reader, &there, NULL) || !there)
            break;
        if (is_start(&records->line, &reuters)) {
            records->reuters = reuters;
            records->have_line = true;
            break;
        }
        buf_add_byte(&records->raw, '\n');
        buf_add(&records->raw, records->line.data, records->line.size);
    }
    return STATUS_OK;
}

/* The element of the first of these names that there is, as plain text. */
static bool
element_text(struct records *records, const char *names, const char **which)
{
    struct span all = {records->record.data, records->record.size};
    char name[16];

    buf_clear(&records->text);
    while (*names) {
        size_t length = strcspn(names, " ");
        struct span inside;

        memcpy(name, names, length);
        name[length] = '\0';
        if (sgml_element(all, name, &inside)) {
            sgml_text(&records->text, inside);
            buf_trim(&records->text);
            if (records->text.size > 0) {
                *which = names;
                return true;
            }
        }
        names += length;
        names += strspn(names, " ");
    }
    return false;
}

static void
set_headline(struct article *article, const struct buf *text)
{
    buf_set(&article->headline, text->data, text->size);
}

static void
set_byline(struct article *article, const struct buf *text)
{
    byline_to_article(article, text->data, text->size);
    if (article->byline.size == 0)
        buf_set(&article->byline, text->data, text->size);
}

/* Does the day begin here: "Feb 26", "Nov. 1", "1 Nov"? */
static bool
is_day(const char *text, size_t size)
{
    struct scan s = {.text = text, .size = size};
    int value;

    if (scan_digits(&s, 2, &value) > 0) {
        scan_blanks(&s);
        return scan_month(&s, &value);
    }
    if (!scan_month(&s, &value))
        return false;
    scan_byte(&s, '.');
    scan_blanks(&s);
    return ascii_is_digit(scan_peek(&s, 0));
}

/* The place of an element that is a dateline and no more:
 * "PORTLAND, Ore., Feb 26 - ". */
static void
set_dateline(struct article *article, const struct buf *dateline)
{
    const char *text = dateline->data;
    size_t size = dateline->size;
    size_t start = 0;
    size_t end;

    while (start < size && (unsigned char)text[start] <= ' ')
        start++;
    for (end = start; end < size; end++) {
        bool word = end == start || text[end - 1] == ' ' ||
                    text[end - 1] == ',' || text[end - 1] == '\n';

        if (text[end] == '(' || (word && is_day(text + end, size - end)) ||
            (word && text[end] == '-'))
            break;
    }
    while (end > start && strchr(" \t\n\r,-/", text[end - 1]))
        end--;
    buf_set(&article->dateline, text + start, end - start);
}

static void
set_date(struct article *article, const struct buf *text)
{
    size_t start;

    if (date_find(text->data, text->size, true, &article->published, &start) ||
        date_parse(text->data, text->size, true, &article->published))
        article->published_from = DATE_FROM_WIRE;
}

static void
set_section(struct article *article, const struct buf *text)
{
    buf_set(&article->section, text->data, text->size);
}

static void
set_keywords(struct article *article, const struct buf *text)
{
    keywords_split(article, text->data, text->size);
}

static void
set_publication(struct article *article, const struct buf *text)
{
    buf_set(&article->publication, text->data, text->size);
}

static void
set_key(struct article *article, const struct buf *text)
{
    buf_set(&article->key, text->data, text->size);
}

/* Names as the collections spell them, the preferred ones first. */
static const struct {
    enum article_member member;
    const char *names;
    void (*set)(struct article *article, const struct buf *text);
} elements[] = {
    {MEMBER_KEY, "DOCNO DOCID", set_key},
    {MEMBER_HEADLINE, "TITLE HEADLINE HEAD HL TTL TI H3", set_headline},
    {MEMBER_BYLINE, "AUTHOR BYLINE BY", set_byline},
    {MEMBER_DATELINE, "DATELINE", set_dateline},
    {MEMBER_PUBLISHED, "DATE_TIME DATE DATE1 DD DATETIME", set_date},
    {MEMBER_SECTION, "SECTION", set_section},
    {MEMBER_KEYWORDS, "KEYWORDS KEYWORD KW SUBJECT", set_keywords},
    {MEMBER_PUBLICATION, "SOURCE SO PUB", set_publication},
};

/*
 * Collections date their articles by number: AP880212-0001 (year first),
 * LA010189-0001 (month first), XIN_ENG_20020101.0001.
 */
static void
date_from_key(struct article *article)
{
    const char *at = article->key.data;
    size_t count;
    struct buf text = BUF_INIT;

    at += strcspn(at, "0123456789");
    count = strspn(at, "0123456789");
    if (count == 6) {
        buf_printf(&text, "%s%.6s", at[0] < '5' ? "20" : "19", at);
        if (!date_parse(text.data, text.size, true, &article->published)) {
            buf_clear(&text);
            buf_printf(&text, "%.2s/%.2s/%.2s", at, at + 2, at + 4);
            date_parse(text.data, text.size, true, &article->published);
        }
    } else if (count == 8) {
        date_parse(at, count, true, &article->published);
    }
    if (article->published.precision == DATE_DAY) {
        article->published_from = DATE_FROM_WIRE;
        article_set_origin(article, MEMBER_PUBLISHED, "docno", "%s",
                           article->key.data);
    }
    buf_release(&text);
}

/* The agency signs its stories in a last line of its own. */
static void
cut_signature(struct buf *text)
{
    size_t size;

    while (text->size > 0 && (unsigned char)text->data[text->size - 1] <= ' ')
        buf_cut(text, text->size - 1);
    size = text->size;
    while (size > 0 && text->data[size - 1] != '\n')
        size--;
    if (strcasecmp(text->data + size + strspn(text->data + size, " "),
                   "reuter") == 0)
        buf_cut(text, size);
}

/* Text that nobody took apart opens with its headline, in capitals. */
static void
headline_of_text(struct article *article, struct buf *text)
{
    size_t skip = strspn(text->data, " \t\n\x02");
    size_t size = strcspn(text->data + skip, "\n");
    struct buf rest = BUF_INIT;

    if (size < 8 || size > 100 || skip + size == text->size ||
        ascii_has_lower(text->data + skip, size))
        return;
    buf_set(&article->headline, text->data + skip, size);
    article_set_origin(article, MEMBER_HEADLINE, "sgml", "first line of TEXT");
    buf_add(&rest, text->data + skip + size, text->size - skip - size);
    buf_swap(text, &rest);
    buf_release(&rest);
}

static void
reuters_body(struct records *records, struct article *article)
{
    struct span all = {records->record.data, records->record.size};
    struct span start = {all.text, sgml_find(all, "<TEXT")};
    struct span inside;
    const char *place = "BODY";

    buf_clear(&records->text);
    start.text += start.size;
    start.size = all.size - start.size;
    if (start.size > 0 &&
        starts_with(start.text, start.size, "<TEXT TYPE=\"BRIEF\""))
        return; /* filler stands where the body would be */
    if (sgml_element(all, "BODY", &inside)) {
        sgml_text(&records->text, inside);
    } else if (sgml_element(all, "TEXT", &inside)) {
        if (article->headline.size > 0)
            return;
        place = "TEXT";
        sgml_text(&records->text, inside);
        headline_of_text(article, &records->text);
    }
    cut_signature(&records->text);
    paragraph_split(article, records->text.data, records->text.size);
    article_set_origin(article, MEMBER_BODY, "sgml", "%s", place);
}

/* <TOPICS><D>grain</D><D>wheat</D></TOPICS>, and the other lists beside it. */
static void
reuters_keywords(struct records *records, struct article *article)
{
    static const char *const names[] = {"TOPICS", "PLACES",    "PEOPLE",
                                        "ORGS",   "EXCHANGES", "COMPANIES"};
    const struct span all = {records->record.data, records->record.size};

    for (size_t i = 0; i < COUNT(names); i++) {
        struct span inside;
        struct span one;

        if (!sgml_element(all, names[i], &inside))
            continue;
        while (sgml_element(inside, "D", &one)) {
            buf_clear(&records->text);
            sgml_text(&records->text, one);
            keywords_add(article, records->text.data, records->text.size);
            inside.size -= (size_t)(one.text + one.size - inside.text);
            inside.text = one.text + one.size;
        }
    }
    if (article->keywords.count)
        article_set_origin(article, MEMBER_KEYWORDS, "sgml", "TOPICS");
}

static void
reuters_identity(struct records *records, struct article *article)
{
    struct span all = {records->record.data, records->record.size};
    struct span id;

    buf_set_text(&article->publication, "Reuters");
    article_set_origin(article, MEMBER_PUBLICATION, "sgml", "REUTERS");
    if (sgml_attribute(all, "NEWID", &id)) {
        buf_set_text(&article->key, "reuters:");
        buf_add(&article->key, id.text, id.size);
        article_set_origin(article, MEMBER_KEY, "sgml", "NEWID");
    }
}

static void
trec_body(struct records *records, struct article *article)
{
    static const char *const names[] = {"LEADPARA", "LP", "TEXT", NULL};
    struct span all = {records->record.data, records->record.size};
    struct span id;

    if (article->key.size == 0 && sgml_attribute(all, "id", &id))
        buf_set(&article->key, id.text, id.size);
    for (size_t i = 0; names[i]; i++) {
        const char *which;

        if (!element_text(records, names[i], &which))
            continue;
        paragraph_split(article, records->text.data, records->text.size);
        article_set_origin(article, MEMBER_BODY, "sgml", "%s", names[i]);
    }
    if (article->published.precision == DATE_NONE)
        date_from_key(article);
}

static enum status
next_sgml(struct reader *reader, struct article *article, bool *more,
          struct error *err)
{
    struct records *records = reader->state;
    bool reuters = false;
    enum status status = next_record(reader, article, more, err);

    if (status || !*more)
        return status;
    if (records->raw.over)
        return error_set(err, STATUS_LIMIT, "%s: a record of more than %d MiB",
                         input_name(reader->input),
                         LARGEST_RECORD / 1024 / 1024);
    buf_clear(&records->record);
    charset_decode(&records->record, records->raw.data, records->raw.size,
                   reader->options.charset);
    is_start(&records->raw, &reuters);
    if (reuters)
        reuters_identity(records, article);
    if (reuters)
        reuters_keywords(records, article);
    for (size_t i = 0; i < COUNT(elements); i++) {
        const char *which = "";

        if (!element_text(records, elements[i].names, &which))
            continue;
        elements[i].set(article, &records->text);
        article_set_origin(article, elements[i].member, "sgml", "%.*s",
                           (int)strcspn(which, " "), which);
    }
    if (reuters)
        reuters_body(records, article);
    if (reuters && article->headline.size == 0 && article->body.size == 0)
        buf_set_text(&article->headline, "[no text]"); /* one story has none */
    if (!reuters)
        trec_body(records, article);
    return STATUS_OK;
}

const struct format format_sgml = {
    .name = "sgml",
    .about = "Reuters-21578 or TREC SGML",
    .suffixes = "sgm sgml",
    .sniff = sniff,
    .open = open_sgml,
    .next = next_sgml,
    .close = close_sgml,
};
