/*
 * Web archives: WARC with its sibling WET, and ARC.  Of all records only
 * pages are articles: successful responses that are HTML, resources that are
 * (as warcit makes of files), and the plain text that WET keeps of them.
 *
 *     WARC/1.0                      http://a.example/ 1.2.3.4 20080430 ..
 *     WARC-Type: response           HTTP/1.1 200 OK
 *     Content-Length: 74581         ..
 *
 *     HTTP/1.1 200 OK ..
 *
 * Lengths are checked and never trusted for an allocation.  Behind a record
 * whose length is wrong the next one is looked for.
 *
 * A record may be cut into segments.  Those that follow one another are
 * joined; what is not all there, or lies elsewhere, is an error and no
 * article.
 *
 * Debian 12 has no library that reads these in C; warcio is Python, JWAT is
 * Java.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "corpus/base/ascii.h"
#include "corpus/base/count.h"
#include "corpus/base/mem.h"
#include "corpus/formats/formats.h"
#include "corpus/html/html.h"
#include "corpus/html/html_scan.h"
#include "corpus/input/content_coding.h"

enum {
    MOST_LINES = 1000,             /* of a header */
    LONGEST_LINE = 64 * 1024,      /* in it */
    MOST_CHUNKS = 1000000,         /* of a transfer coding */
    LARGEST_PAGE = HTML_SIZE_MOST, /* that is kept */
    PAGE_SURE = 90                 /* of format_html's 95 */
};

/* Packed pages of an archive hold five to ten times its bytes; one that holds
 * more than this is a bomb, and the rest of it is not read. */
enum {
    MIB = 1024 * 1024,
    UNPACKED_FREE = 16 * MIB,
    UNPACKED_MOST = 20 /* times what was read of the file */
};

enum record_kind {
    RECORD_OTHER,
    RECORD_RESPONSE,
    RECORD_RESOURCE, /* as it was, without a server's headers */
    RECORD_TEXT,
    RECORD_CONTINUATION /* the next segment of another */
};

/* What kind of thing a content says it is. */
enum content_kind {
    CONTENT_UNSAID,
    CONTENT_HTML,
    CONTENT_TEXT,
    CONTENT_HTTP,
    CONTENT_OTHER
};

/* What the header of a record says. */
struct record {
    enum record_kind kind;
    enum content_kind type;
    uint64_t length;
    struct buf url;
    struct date date;
    uint64_t offset;   /* of the content in the file */
    uint64_t segment;  /* its number; 0: it is whole */
    bool last_segment; /* as it says */
};

struct warc {
    bool arc;
    struct buf line;
    uint64_t records;     /* read so far */
    struct record record; /* the one at hand */
    struct record coming; /* the one whose header was read last */
    bool pending;         /* ... and is still to be handled */
    struct buf content;   /* of the record */
    struct buf page;      /* decoded */
    bool cut;             /* the file ended in the record */
    uint64_t unpacked;    /* bytes, of pages that are packed in the records */
};

static int
sniff(const char *head, size_t size)
{
    if (size > 7 && memcmp(head, "WARC/", 5) == 0)
        return 100;
    return size > 11 && memcmp(head, "filedesc://", 11) == 0 ? 100 : 0;
}

static enum status
open_warc(struct reader *reader, struct error *err)
{
    struct warc *warc = mem_zero(1, sizeof(*warc));
    const char *head;
    size_t size;

    (void)err;
    warc->line = BUF_LIMITED(LONGEST_LINE);
    warc->content = BUF_LIMITED(LARGEST_PAGE);
    warc->record.url = BUF_INIT;
    warc->coming.url = BUF_INIT;
    warc->page = BUF_LIMITED(LARGEST_PAGE);
    input_peek(reader->input, 11, &head, &size);
    warc->arc = size == 11 && memcmp(head, "filedesc://", 11) == 0;
    reader->state = warc;
    return STATUS_OK;
}

static void
close_warc(struct reader *reader)
{
    struct warc *warc = reader->state;

    if (!warc)
        return;
    buf_release(&warc->line);
    buf_release(&warc->content);
    buf_release(&warc->record.url);
    buf_release(&warc->coming.url);
    buf_release(&warc->page);
    free(warc);
}

/* The value of a header line of this name; NULL if it is another. */
static const char *
header_value(const char *line, const char *name)
{
    size_t size = strlen(name);

    if (strncasecmp(line, name, size) != 0)
        return NULL;
    line += size + strspn(line + size, " \t");
    if (*line != ':')
        return NULL;
    line++;
    return line + strspn(line, " \t");
}

static enum content_kind
content_kind(const char *type)
{
    if (strncasecmp(type, "text/html", 9) == 0 ||
        strncasecmp(type, "application/xhtml", 17) == 0)
        return CONTENT_HTML;
    if (strncasecmp(type, "text/plain", 10) == 0)
        return CONTENT_TEXT;
    if (strncasecmp(type, "application/http", 16) == 0)
        return CONTENT_HTTP;
    return CONTENT_OTHER;
}

static bool
parse_length(const char *text, uint64_t *length)
{
    char *end;

    if (!ascii_is_digit(*text))
        return false;
    errno = 0;
    *length = strtoull(text, &end, 10);
    return errno == 0 && *length < INT64_MAX &&
           end[strspn(end, " \t\r")] == '\0';
}

static void
set_url(struct record *record, const char *text, size_t size)
{
    if (size > 1 && text[0] == '<' && text[size - 1] == '>') {
        text++; /* as one version of the standard had it */
        size -= 2;
    }
    buf_set(&record->url, text, size);
}

static void
take_type(struct record *record, const char *type)
{
    static const struct {
        const char *type;
        enum record_kind kind;
    } kinds[] = {{"response", RECORD_RESPONSE},
                 {"resource", RECORD_RESOURCE},
                 {"conversion", RECORD_TEXT},
                 {"continuation", RECORD_CONTINUATION}};

    for (size_t i = 0; i < COUNT(kinds); i++)
        if (strncasecmp(type, kinds[i].type, strlen(kinds[i].type)) == 0)
            record->kind = kinds[i].kind;
}

static void
take_warc_header(struct record *record, const char *line, bool *has_length)
{
    const char *value;

    if ((value = header_value(line, "WARC-Type"))) {
        take_type(record, value);
    } else if ((value = header_value(line, "Content-Type"))) {
        record->type = content_kind(value);
    } else if ((value = header_value(line, "WARC-Segment-Number"))) {
        if (!parse_length(value, &record->segment))
            record->segment = 0;
    } else if (header_value(line, "WARC-Segment-Total-Length")) {
        record->last_segment = true;
    } else if ((value = header_value(line, "WARC-Target-URI"))) {
        set_url(record, value, strlen(value));
    } else if ((value = header_value(line, "WARC-Date"))) {
        date_parse(value, strlen(value), false, &record->date);
    } else if ((value = header_value(line, "Content-Length"))) {
        *has_length = parse_length(value, &record->length);
    }
}

/* The rest of a header, up to the empty line. */
static enum status
read_warc_header(struct reader *reader, struct error *err)
{
    struct warc *warc = reader->state;
    bool has_length = false;
    bool more = true;

    for (int lines = 0; lines < MOST_LINES; lines++) {
        enum status status = input_line(reader->input, &warc->line, &more, err);

        if (status)
            return status;
        if (!more || warc->line.size == 0)
            break;
        take_warc_header(&warc->coming, warc->line.data, &has_length);
    }
    if (!has_length)
        return error_set(err, STATUS_FORMAT,
                         "%s: the record before byte %llu has no length that "
                         "makes sense and was left out",
                         input_name(reader->input),
                         (unsigned long long)input_offset(reader->input));
    return STATUS_OK;
}

/* "URL IP-address date type length", the last three from the end. */
static bool
take_arc_header(struct record *record, const char *line)
{
    const char *last = strrchr(line, ' ');
    size_t url = strcspn(line, " ");
    const char *date;

    if (!last || !strchr(line, ':') || !parse_length(last + 1, &record->length))
        return false;
    date = strchr(line + url + 1, ' ');
    if (!date || date == last)
        return false;
    set_url(record, line, url);
    date_parse(date + 1, strcspn(date + 1, " "), false, &record->date);
    record->date.has_zone = record->date.precision >= DATE_MINUTE; /* UTC */
    record->kind =
        strncasecmp(line, "http", 4) == 0 ? RECORD_RESPONSE : RECORD_OTHER;
    return true;
}

static void
clear_record(struct record *record)
{
    struct buf url = record->url;

    buf_clear(&url);
    *record = (struct record){.url = url};
}

/* Up to the next header, over blank lines and whatever a wrong length has
 * left there; into warc->coming. */
static enum status
find_record(struct reader *reader, bool *more, struct error *err)
{
    struct warc *warc = reader->state;

    enum status status;

    *more = true;
    if (warc->pending) {
        warc->pending = false;
        return STATUS_OK;
    }
    for (;;) {
        status = input_line(reader->input, &warc->line, more, err);
        if (status)
            *more = false;
        if (status || !*more)
            return status;
        clear_record(&warc->coming);
        if (warc->arc ? take_arc_header(&warc->coming, warc->line.data)
                      : strncmp(warc->line.data, "WARC/", 5) == 0)
            break;
    }
    status = warc->arc ? STATUS_OK : read_warc_header(reader, err);
    warc->coming.offset = input_offset(reader->input);
    return status;
}

/* Append the content of the record whose header was read last; what no article
 * can come from is passed over. */
static enum status
read_content(struct reader *reader, struct error *err)
{
    struct warc *warc = reader->state;
    uint64_t left = warc->coming.length;
    char some[16 * 1024];

    while (left > 0) {
        size_t want = left < sizeof(some) ? (size_t)left : sizeof(some);
        size_t got;
        enum status status = input_read(reader->input, some, want, &got, err);

        if (status)
            return status;
        if (got == 0) {
            warc->cut = true;
            break;
        }
        if (warc->coming.kind != RECORD_OTHER)
            buf_add(&warc->content, some, got);
        left -= got;
    }
    return STATUS_OK;
}

static enum status
refuse_segment(struct reader *reader, struct error *err)
{
    const struct warc *warc = reader->state;

    return error_set(err, STATUS_FORMAT,
                     "%s: a record of %s is cut into segments that do not "
                     "follow one another; it was left out",
                     input_name(reader->input),
                     warc->record.url.size ? warc->record.url.data
                                           : "no address");
}

/* What follows the first segment of a record, as far as it does. */
static enum status
join_segments(struct reader *reader, struct error *err)
{
    struct warc *warc = reader->state;
    bool last = warc->record.last_segment;
    bool more;

    for (uint64_t segment = 2; !last && !warc->cut; segment++) {
        enum status status = find_record(reader, &more, err);

        if (status)
            return status;
        warc->pending = more && (warc->coming.kind != RECORD_CONTINUATION ||
                                 warc->coming.segment != segment);
        if (!more || warc->pending)
            return refuse_segment(reader, err);
        status = read_content(reader, err);
        if (status)
            return status;
        last = warc->coming.last_segment;
    }
    return STATUS_OK;
}

/* The next record, all of it. */
static enum status
read_record(struct reader *reader, bool *more, struct error *err)
{
    struct warc *warc = reader->state;
    enum status status = find_record(reader, more, err);
    struct record swap;

    if (status || !*more)
        return status;
    warc->records++;
    buf_clear(&warc->content);
    status = read_content(reader, err);
    swap = warc->record;
    warc->record = warc->coming;
    warc->coming = swap;
    if (status) {
        *more = false;
        return status;
    }
    if (warc->record.kind == RECORD_CONTINUATION)
        return refuse_segment(reader, err);
    if (warc->record.segment == 1 && warc->record.kind != RECORD_OTHER)
        return join_segments(reader, err);
    return STATUS_OK;
}

/* The answer of a web server, taken apart. */
struct answer {
    int code;
    enum content_kind type;
    bool chunked;
    bool packed;
    char coding[32];
    char charset[64];
    const char *body;
    size_t size;
};

static void
copy_word(char *to, size_t room, const char *from)
{
    size_t size = strcspn(from, " \t\r\n;,\"");

    if (size >= room)
        size = room - 1;
    memcpy(to, from, size);
    to[size] = '\0';
}

static void
take_http_header(struct answer *answer, const char *line)
{
    const char *value;

    if ((value = header_value(line, "Content-Type"))) {
        const char *charset = strstr(value, "charset=");

        answer->type = content_kind(value);
        if (charset)
            copy_word(answer->charset, sizeof(answer->charset),
                      charset + 8 + strspn(charset + 8, "\""));
    } else if ((value = header_value(line, "Transfer-Encoding"))) {
        answer->chunked = strncasecmp(value, "chunked", 7) == 0;
    } else if ((value = header_value(line, "Content-Encoding"))) {
        copy_word(answer->coding, sizeof(answer->coding), value);
        answer->packed = strcasecmp(answer->coding, "identity") != 0;
    }
}

/* "HTTP/1.1 200 OK", "HTTP/2 200", "http/1.0 200". */
static int
status_code(const char *line)
{
    line += strcspn(line, " \t");
    return (int)strtol(line, NULL, 10);
}

/* Where nobody says what it is: does it begin as a page does? */
static bool
is_page(const struct answer *answer)
{
    return !answer->chunked && !answer->packed &&
           format_html.sniff(answer->body, answer->size) >= PAGE_SURE;
}

static bool
take_answer(const struct buf *content, struct answer *answer)
{
    const char *at = content->data;
    const char *end = at + content->size;
    const char *mark;
    struct buf line = BUF_LIMITED(LONGEST_LINE);
    bool first = true;

    *answer = (struct answer){0};
    while (at < end && (mark = memchr(at, '\n', (size_t)(end - at)))) {
        buf_set(&line, at, (size_t)(mark - at));
        buf_trim(&line);
        at = mark + 1;
        if (line.size == 0)
            break;
        if (first && strncasecmp(line.data, "HTTP/", 5) == 0)
            answer->code = status_code(line.data);
        else
            take_http_header(answer, line.data);
        first = false;
    }
    buf_release(&line);
    answer->body = at;
    answer->size = (size_t)(end - at);
    return answer->code == 200 && answer->size > 0 &&
           (answer->type == CONTENT_HTML ||
            (answer->type == CONTENT_UNSAID && is_page(answer)));
}

/* Undo the transfer coding.  A body that only claims to have one, because
 * the archiver undid it already, is left as it is. */
static void
join_chunks(struct answer *answer, struct buf *out)
{
    const char *at = answer->body;
    const char *end = at + answer->size;

    buf_clear(out);
    for (int chunks = 0; chunks < MOST_CHUNKS && at < end; chunks++) {
        char *stop;
        unsigned long size = strtoul(at, &stop, 16);
        const char *mark = memchr(at, '\n', (size_t)(end - at));

        if (!mark || stop == at || stop > mark || !strchr(" ;\r\n\t", *stop)) {
            if (chunks == 0)
                return;
            break;
        }
        at = mark + 1;
        if (size == 0)
            break;
        if (size > (size_t)(end - at))
            size = (size_t)(end - at);
        buf_add(out, at, size);
        at += size;
        while (at < end && (*at == '\r' || *at == '\n'))
            at++;
    }
    answer->body = out->data;
    answer->size = out->size;
}

static enum status
read_page(struct reader *reader, struct article *article, struct answer *answer,
          struct error *err)
{
    struct warc *warc = reader->state;
    struct buf unpacked = BUF_LIMITED(LARGEST_PAGE);
    const char *charset = reader->options.charset;
    enum status status = STATUS_OK;

    if (answer->chunked)
        join_chunks(answer, &warc->page);
    if (answer->packed && answer->size > 0) {
        status =
            content_coding_undo(&unpacked, answer->coding, answer->body,
                                answer->size, input_name(reader->input), err);
        answer->body = unpacked.data;
        answer->size = unpacked.size;
        warc->unpacked += status == STATUS_LIMIT ? MIB : unpacked.size;
    }
    if (!charset && answer->charset[0])
        charset = answer->charset;
    if (!status)
        status = html_article(article, answer->body, answer->size, charset,
                              warc->record.url.data, err);
    buf_release(&unpacked);
    return status;
}

/* The text that a crawler kept of a page: as any page's text. */
static enum status
read_text(struct reader *reader, struct article *article, bool *found,
          struct error *err)
{
    struct warc *warc = reader->state;
    struct reader_options options = {.format = "text"};
    struct input *input = NULL;
    struct reader *text = NULL;
    enum status status =
        input_open_memory(&input, warc->content.data, warc->content.size,
                          input_name(reader->input), NULL, err);

    if (!status)
        status = reader_open(&text, input, &options, err);
    if (!status)
        status = reader_next(text, article, found, err);
    reader_close(text);
    input_close(input);
    return status;
}

/* The article in the record at hand, if one can be in it. */
static enum status
read_article(struct reader *reader, struct article *article, bool *found,
             struct error *err)
{
    struct warc *warc = reader->state;
    const enum content_kind type = warc->record.type;
    enum record_kind kind = warc->record.kind;
    struct answer answer = {0};

    *found = false;
    if (kind == RECORD_RESOURCE && type == CONTENT_HTTP)
        kind = RECORD_RESPONSE;
    else if (kind == RECORD_RESOURCE && type == CONTENT_TEXT)
        kind = RECORD_TEXT;
    if (kind == RECORD_RESPONSE && take_answer(&warc->content, &answer)) {
        *found = true;
        return read_page(reader, article, &answer, err);
    }
    if (kind == RECORD_RESOURCE && type == CONTENT_HTML &&
        warc->content.size > 0) {
        *found = true;
        answer.body = warc->content.data;
        answer.size = warc->content.size;
        return read_page(reader, article, &answer, err);
    }
    if (kind != RECORD_TEXT || !warc->content.size)
        return STATUS_OK;
    *found = true;
    return read_text(reader, article, found, err);
}

/* A sentence why nothing more is read, if that is so. */
static enum status
look_for_end(struct reader *reader, struct error *err)
{
    const struct warc *warc = reader->state;

    if (warc->cut)
        return error_set(err, STATUS_FORMAT,
                         "%s: the file ends in the middle of a record; what "
                         "came before was read",
                         input_name(reader->input));
    if (warc->unpacked >
        UNPACKED_FREE + UNPACKED_MOST * input_bytes_read(reader->input))
        return error_set(err, STATUS_LIMIT,
                         "%s: its pages unpack to more than %d times its size, "
                         "which pages do not; the rest was not read",
                         input_name(reader->input), UNPACKED_MOST);
    return STATUS_OK;
}

static enum status
next_warc(struct reader *reader, struct article *article, bool *more,
          struct error *err)
{
    struct warc *warc = reader->state;
    bool found = false;

    while (!found) {
        enum status status = look_for_end(reader, err);

        *more = !status;
        if (!status)
            status = read_record(reader, more, err);
        if (!status && !*more && reader->items == 0)
            return error_set(err, STATUS_FORMAT,
                             "%s: none of its %llu records is a web page that "
                             "was found, or the text of one",
                             input_name(reader->input),
                             (unsigned long long)warc->records);
        if (status || !*more)
            return status;
        article->offset = warc->record.offset;
        status = read_article(reader, article, &found, err);
        if (status)
            return status;
    }
    if (article->url.size == 0)
        buf_set(&article->url, warc->record.url.data, warc->record.url.size);
    if (article->key.size == 0)
        buf_set(&article->key, article->url.data, article->url.size);
    article->seen = warc->record.date;
    article_set_origin(article, MEMBER_SEEN, "warc", "record");
    return STATUS_OK;
}

const struct format format_warc = {
    .name = "warc",
    .about = "a web archive: WARC, WET or ARC",
    .suffixes = "warc wet arc",
    .sniff = sniff,
    .open = open_warc,
    .next = next_warc,
    .close = close_warc,
};
