/*
 * MHTML (RFC 2557): a page saved by a browser with its pictures, as a mail
 * that nobody sent.
 *
 *     From: <Saved by Blink>
 *     Snapshot-Content-Location: https://news.example/gates
 *     Date: Sun, 24 Jan 2021 08:02:48 -0000
 *     Content-Type: multipart/related; type="text/html"; boundary=...
 *
 * It is read as the page that it is; its Date is the day of the visit.
 */
#include <string.h>
#include <strings.h>

#include "corpus/article/article.h"
#include "corpus/formats/formats.h"
#include "corpus/html/html.h"
#include "corpus/syntax/mime.h"
#include "corpus/syntax/mime_header.h"

/* Is there a header line that begins so? */
static bool
has_line(const char *head, size_t size, const char *start)
{
    const size_t length = strlen(start);
    struct piece rest = {head, size};
    struct piece line;

    while (piece_line(&rest, &line) && piece_trim(line).size)
        if (line.size >= length && !strncasecmp(line.text, start, length))
            return true;
    return false;
}

/* Mail with pictures is multipart/related, too; what a browser saved says so,
 * or where the page was. */
static int
mhtml_sniff(const char *head, size_t size)
{
    return has_line(head, size, "Content-Type: multipart/related") &&
                   (has_line(head, size, "Snapshot-Content-Location:") ||
                    has_line(head, size, "From: <Saved by") ||
                    has_line(head, size, "From: \"Saved by") ||
                    has_line(head, size, "X-MAF"))
               ? 99
               : 0;
}

/* The page: the first part that is one. */
static const struct mime_part *
find_page(const struct mime *mime)
{
    for (size_t i = 0; i < mime->count; i++)
        if (strcmp(mime->part[i].type, "text/html") == 0 ||
            strcmp(mime->part[i].type, "application/xhtml+xml") == 0)
            return &mime->part[i];
    return NULL;
}

static enum status
read_page(struct reader *reader, struct article *article,
          const struct mime *mime, struct error *err)
{
    const struct mime_part *page = find_page(mime);
    const char *charset = reader->options.charset;
    struct buf url = BUF_INIT;
    struct buf bytes = BUF_INIT;
    struct buf date = BUF_INIT;
    enum status status;

    if (!page)
        return error_set(err, STATUS_FORMAT, "%s: MHTML without a page in it",
                         input_name(reader->input));
    if (!charset && page->charset[0])
        charset = page->charset;
    if (!mime_header(&url, page->head, "Content-Location"))
        mime_header(&url, mime->part[0].head, "Snapshot-Content-Location");
    mime_bytes(&bytes, page);
    status =
        html_article(article, bytes.data, bytes.size, charset,
                     article_is_web_address(url.data) ? url.data : NULL, err);
    if (mime_header(&date, mime->part[0].head, "Date") &&
        date_parse(date.data, date.size, false, &article->seen))
        article_set_origin(article, MEMBER_SEEN, "mhtml", "Date");
    buf_release(&url);
    buf_release(&bytes);
    buf_release(&date);
    return status;
}

static enum status
mhtml_next(struct reader *reader, struct article *article, bool *more,
           struct error *err)
{
    struct mime mime = MIME_INIT;
    struct buf bytes = BUF_INIT;
    enum status status;

    *more = !reader->items;
    if (!*more)
        return STATUS_OK;
    status = input_all(reader->input, &bytes, err);
    if (status) {
        *more = false;
    } else {
        mime_read(&mime, bytes.data, bytes.size);
        status = read_page(reader, article, &mime, err);
    }
    mime_release(&mime);
    buf_release(&bytes);
    return status;
}

const struct format format_mhtml = {
    .name = "mhtml",
    .about = "a web page with its pictures, as browsers save it",
    .suffixes = "mht mhtml",
    .sniff = mhtml_sniff,
    .next = mhtml_next,
};
