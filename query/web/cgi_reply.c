#include "query/web/cgi_reply.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "corpus/base/count.h"

static const struct {
    unsigned code;
    const char *reason;
} reasons[] = {
    {200, "OK"},
    {304, "Not Modified"},
    {400, "Bad Request"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {414, "URI Too Long"},
    {500, "Internal Server Error"},
    {503, "Service Unavailable"},
};

static const char *const caches[] = {
    [CACHE_NEVER] = "no-store",
    [CACHE_BRIEF] = "private, max-age=60",
    [CACHE_FOREVER] = "public, max-age=31536000, immutable",
};

/* The same with every answer.  Nothing but our own style sheet is loaded,
 * nothing runs, nobody frames us, and where a reader goes from here is not
 * told what was searched. */
static const char fixed_headers[] =
    "Content-Security-Policy: default-src 'none'; style-src 'self'; "
    "img-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n";

void
reply_release(struct reply *reply)
{
    buf_release(&reply->body);
}

const char *
reply_reason(unsigned code)
{
    for (size_t i = 0; i < COUNT(reasons); i++)
        if (reasons[i].code == code)
            return reasons[i].reason;
    return "Internal Server Error";
}

/* FNV-1a: a tag has to differ when the answer does, nobody gains by making
 * two of them the same. */
uint64_t
reply_tag(uint64_t tag, const void *data, size_t size)
{
    const unsigned char *byte = data;

    if (!tag)
        tag = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < size; i++)
        tag = (tag ^ byte[i]) * UINT64_C(0x100000001b3);
    return tag ? tag : 1;
}

static void
print_tag(uint64_t tag, char out[19])
{
    snprintf(out, 19, "\"%016" PRIx64 "\"", tag);
}

bool
reply_has_tag(const char *if_none_match, uint64_t tag)
{
    char quoted[19];

    if (!tag || !if_none_match)
        return false;
    print_tag(tag, quoted);
    quoted[17] = '\0'; /* servers that compress write "...-gzip" */
    return strcmp(if_none_match, "*") == 0 || strstr(if_none_match, quoted);
}

void
reply_print(const struct reply *reply, bool head_only, struct buf *out)
{
    bool has_body = reply->code != 304;

    buf_printf(out, "Status: %u %s\r\n", reply->code,
               reply_reason(reply->code));
    if (has_body)
        buf_printf(out, "Content-Type: %s\r\nContent-Length: %zu\r\n",
                   reply->type, reply->body.size);
    if (reply->suffix)
        buf_printf(out,
                   "Content-Disposition: attachment; "
                   "filename=\"articles.%s\"\r\n",
                   reply->suffix);
    if (reply->varies)
        buf_add_text(out, "Vary: Accept-Language\r\n");
    if (reply->code == 405)
        buf_add_text(out, "Allow: GET, HEAD\r\n");
    if (reply->code == 503)
        buf_add_text(out, "Retry-After: 2\r\n");
    buf_printf(out, "Cache-Control: %s\r\n", caches[reply->cache]);
    if (reply->tag) {
        char quoted[19];

        print_tag(reply->tag, quoted);
        buf_printf(out, "ETag: %s\r\n", quoted);
    }
    if (!reply->index)
        buf_add_text(out, "X-Robots-Tag: noindex\r\n");
    if (reply->timing)
        timing_print_header(reply->timing, out);
    buf_add_text(out, fixed_headers);
    buf_add_text(out, "\r\n");
    if (has_body && !head_only)
        buf_add(out, reply->body.data, reply->body.size);
}
