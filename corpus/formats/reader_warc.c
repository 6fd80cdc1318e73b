/*
 * Web archives: WARC with its sibling WET, and ARC.  Of all records only
 * pages are articles: successful responses that are HTML, and the plain text
 * that WET keeps of them.
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
 * Debian 12 has no library that reads these in C; warcio is Python, JWAT is
 * Java.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "corpus/base/ascii.h"
#include "corpus/base/mem.h"
#include "corpus/formats/formats.h"
#include "corpus/html/html.h"
#include "corpus/html/html_scan.h"
#include "corpus/input/content_coding.h"

enum {
    MOST_LINES = 1000,            /* of a header */
    LONGEST_LINE = 64 * 1024,     /* in it */
    MOST_CHUNKS = 1000000,        /* of a transfer coding */
    LARGEST_PAGE = HTML_SIZE_MOST /* that is kept */
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
    RECORD_TEXT
};

struct warc {
    bool arc;
    struct buf line;
    enum record_kind kind;
    uint64_t length;
    uint64_t records; /* read so far */
    struct buf url;
    struct buf content; /* of the record */
    struct buf page;    /* decoded */
    struct date date;
    bool cut;          /* the file ended in the record */
    uint64_t unpacked; /* bytes, of pages that are packed in the records */
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
    warc->url = BUF_INIT;
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
    buf_release(&warc->url);
    buf_release(&warc->page);
    free(warc);
}

/* The value of a header line of this name; NULL if it is another. */
static const char *
header_value(const char *line, const char *name)
{
    size_t size = strlen(name);

    if (strncasecmp(line, name, size) != 0 || line[size] != ':')
        return NULL;
    line += size + 1;
    return line + strspn(line, " \t");
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
set_url(struct warc *warc, const char *text, size_t size)
{
    if (size > 1 && text[0] == '<' && text[size - 1] == '>') {
        text++; /* as one version of the standard had it */
        size -= 2;
    }
    buf_set(&warc->url, text, size);
}

static void
take_warc_header(struct warc *warc, bool *has_length)
{
    const char *line = warc->line.data;
    const char *value;

    if ((value = header_value(line, "WARC-Type"))) {
        if (strncasecmp(value, "response", 8) == 0)
            warc->kind = RECORD_RESPONSE;
        else if (strncasecmp(value, "conversion", 10) == 0)
            warc->kind = RECORD_TEXT;
    } else if ((value = header_value(line, "WARC-Target-URI"))) {
        set_url(warc, value, strlen(value));
    } else if ((value = header_value(line, "WARC-Date"))) {
        date_parse(value, strlen(value), false, &warc->date);
    } else if ((value = header_value(line, "Content-Length"))) {
        *has_length = parse_length(value, &warc->length);
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
        take_warc_header(warc, &has_length);
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
take_arc_header(struct warc *warc)
{
    const char *line = warc->line.data;
    const char *last = strrchr(line, ' ');
    size_t url = strcspn(line, " ");
    const char *date;

    if (!last || !strchr(line, ':') || !parse_length(last + 1, &warc->length))
        return false;
    date = strchr(line + url + 1, ' ');
    if (!date || date == last)
        return false;
    set_url(warc, line, url);
    date_parse(date + 1, strcspn(date + 1, " "), false, &warc->date);
    warc->date.has_zone = warc->date.precision >= DATE_MINUTE; /* UTC */
    warc->kind =
        strncasecmp(line, "http", 4) == 0 ? RECORD_RESPONSE : RECORD_OTHER;
    return true;
}

/* Up to the next header, over blank lines and whatever a wrong length has
 * left there. */
static enum status
find_record(struct reader *reader, bool *more, struct error *err)
{
    struct warc *warc = reader->state;

    for (;;) {
        enum status status = input_line(reader->input, &warc->line, more, err);

        if (status)
            *more = false;
        if (status || !*more)
            return status;
        warc->kind = RECORD_OTHER;
        warc->length = 0;
        warc->date = (struct date){0};
        buf_clear(&warc->url);
        if (warc->arc && take_arc_header(warc))
            return STATUS_OK;
        if (!warc->arc && strncmp(warc->line.data, "WARC/", 5) == 0)
            return read_warc_header(reader, err);
    }
}

/* The record's content; what no article can come from is passed over. */
static enum status
read_content(struct reader *reader, struct error *err)
{
    struct warc *warc = reader->state;
    uint64_t left = warc->length;
    char some[16 * 1024];

    buf_clear(&warc->content);
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
        if (warc->kind != RECORD_OTHER)
            buf_add(&warc->content, some, got);
        left -= got;
    }
    return STATUS_OK;
}

/* The answer of a web server, taken apart. */
struct answer {
    int code;
    bool html;
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

        answer->html = strncasecmp(value, "text/html", 9) == 0 ||
                       strncasecmp(value, "application/xhtml", 17) == 0;
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
        if (first && strncmp(line.data, "HTTP/", 5) == 0 && line.size > 11)
            answer->code = (int)strtol(line.data + 9, NULL, 10);
        else
            take_http_header(answer, line.data);
        first = false;
    }
    buf_release(&line);
    answer->body = at;
    answer->size = (size_t)(end - at);
    return answer->code == 200 && answer->html && answer->size > 0;
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
                              warc->url.data, err);
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

static enum status
next_warc(struct reader *reader, struct article *article, bool *more,
          struct error *err)
{
    struct warc *warc = reader->state;
    enum status status = STATUS_OK;
    bool found = false;

    if (warc->cut) {
        *more = false;
        return error_set(err, STATUS_FORMAT,
                         "%s: the file ends in the middle of a record; what "
                         "came before was read",
                         input_name(reader->input));
    }
    if (warc->unpacked >
        UNPACKED_FREE + UNPACKED_MOST * input_bytes_read(reader->input)) {
        *more = false;
        return error_set(err, STATUS_LIMIT,
                         "%s: its pages unpack to more than %d times its size, "
                         "which pages do not; the rest was not read",
                         input_name(reader->input), UNPACKED_MOST);
    }
    while (!found) {
        struct answer answer;

        status = find_record(reader, more, err);
        if (!status && !*more && reader->items == 0)
            return error_set(err, STATUS_FORMAT,
                             "%s: none of its %llu records is a web page that "
                             "was found, or the text of one",
                             input_name(reader->input),
                             (unsigned long long)warc->records);
        if (status || !*more)
            return status;
        warc->records++;
        article->offset = input_offset(reader->input);
        status = read_content(reader, err);
        if (status) {
            *more = false;
            return status;
        }
        if (warc->kind == RECORD_RESPONSE &&
            take_answer(&warc->content, &answer)) {
            found = true;
            status = read_page(reader, article, &answer, err);
        } else if (warc->kind == RECORD_TEXT && warc->content.size > 0) {
            found = true;
            status = read_text(reader, article, &found, err);
        } else if (warc->cut) {
            return next_warc(reader, article, more, err);
        }
    }
    if (status)
        return status;
    if (article->url.size == 0)
        buf_set(&article->url, warc->url.data, warc->url.size);
    if (article->key.size == 0)
        buf_set(&article->key, article->url.data, article->url.size);
    article->seen = warc->date;
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
