#include "corpus/syntax/mime.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "corpus/base/ascii.h"
#include "corpus/base/mem.h"
#include "corpus/syntax/mime_decode.h"
#include "corpus/syntax/mime_header.h"

enum {
    BOUNDARY_MOST = 250,   /* bytes; 70 are allowed */
    HEAD_MOST = 256 * 1024 /* bytes of a head that are looked at */
};

static void
copy_lower(char *to, size_t room, const char *from, size_t size)
{
    size_t kept = 0;

    for (size_t i = 0; i < size && kept + 1 < room; i++)
        if (from[i] > ' ')
            to[kept++] = ascii_lower(from[i]);
    to[kept] = '\0';
}

/* Cut what is read into the head and the body, at the first empty line or
 * before the first line that is no header. */
static void
split_head(struct mime_part *part, const char *data, size_t size)
{
    struct piece rest = {data, size};
    struct piece line;
    const char *end = data;

    part->body = rest;
    while (piece_line(&rest, &line)) {
        bool fold = line.size && (*line.text == ' ' || *line.text == '\t');

        if (!piece_trim(line).size) {
            part->body = rest;
            break;
        }
        if (!fold && !mime_header_name(line)) {
            part->body =
                (struct piece){line.text, (size_t)(data + size - line.text)};
            break;
        }
        end = rest.text;
        part->body = rest;
    }
    part->head = (struct piece){data, (size_t)(end - data)};
    if (part->head.size > HEAD_MOST)
        part->head.size = HEAD_MOST;
}

static void
read_head(struct mime_part *part, const char *usual)
{
    struct buf value = BUF_INIT;
    struct buf text = BUF_INIT;

    copy_lower(part->type, sizeof(part->type), usual, strlen(usual));
    if (mime_header(&value, part->head, "Content-Type")) {
        size_t size = strcspn(value.data, "; ");

        if (memchr(value.data, '/', size))
            copy_lower(part->type, sizeof(part->type), value.data, size);
        if (mime_parameter(&text, &value, "charset"))
            copy_lower(part->charset, sizeof(part->charset), text.data,
                       text.size);
        part->attached = mime_parameter(&text, &value, "name");
    }
    if (mime_header(&value, part->head, "Content-Transfer-Encoding"))
        copy_lower(part->coding, sizeof(part->coding), value.data,
                   strcspn(value.data, "; "));
    if (mime_header(&value, part->head, "Content-Disposition"))
        part->attached = part->attached ||
                         !strncasecmp(value.data, "attachment", 10) ||
                         mime_parameter(&text, &value, "filename");
    buf_release(&value);
    buf_release(&text);
}

static struct mime_part *
add_part(struct mime *mime)
{
    mime->part =
        mem_grow(mime->part, mime->count, &mime->room, sizeof(*mime->part));
    mime->part[mime->count] = (struct mime_part){0};
    return &mime->part[mime->count++];
}

/* The declared boundary with its two hyphens; or the first line of the body
 * that has some, if none is declared. */
static void
find_boundary(struct buf *boundary, const struct mime_part *part)
{
    struct buf value = BUF_INIT;
    struct buf text = BUF_INIT;
    struct piece first = piece_trim(part->body);

    mime_header(&value, part->head, "Content-Type");
    if (mime_parameter(&text, &value, "boundary") && text.size)
        buf_printf(boundary, "--%s", text.data);
    first.size = piece_find(first, '\n');
    first = piece_trim(first);
    if (!boundary->size && first.size > 4 && !memcmp(first.text, "--", 2))
        buf_set(boundary, first.text, first.size);
    buf_cut(boundary, BOUNDARY_MOST);
    buf_release(&value);
    buf_release(&text);
}

/* Is the line this boundary, and is it the last? */
static bool
is_boundary(struct piece line, const struct buf *boundary, bool *last)
{
    struct piece rest;

    if (line.size < boundary->size ||
        memcmp(line.text, boundary->data, boundary->size) != 0)
        return false;
    rest = piece_trim(
        (struct piece){line.text + boundary->size, line.size - boundary->size});
    *last = rest.size >= 2 && !memcmp(rest.text, "--", 2);
    return rest.size == 0 || *last;
}

static void read_part(struct mime *mime, struct piece bytes, const char *usual,
                      int depth);

/* Read the parts in `body`; false if the boundary is not in it. */
static bool
read_parts(struct mime *mime, struct piece body, const struct buf *boundary,
           const char *usual, int depth)
{
    struct piece rest = body;
    struct piece line;
    const char *from = NULL; /* where the part being read begins */
    bool last = false;
    bool found = false;

    while (!last && piece_line(&rest, &line)) {
        if (line.size < 2 || line.text[0] != '-' ||
            !is_boundary(line, boundary, &last))
            continue;
        found = true;
        if (from)
            read_part(mime, (struct piece){from, (size_t)(line.text - from)},
                      usual, depth + 1);
        from = rest.text;
    }
    if (from && !last && rest.text > from)
        read_part(mime, (struct piece){from, (size_t)(rest.text - from)}, usual,
                  depth + 1);
    return found;
}

/* `usual` is the type of a part that does not say. */
static void
read_part(struct mime *mime, struct piece bytes, const char *usual, int depth)
{
    struct buf boundary = BUF_INIT;
    struct mime_part *part;
    size_t at = mime->count;

    mime->over = mime->over || mime->count >= MIME_PARTS_MOST;
    if (mime->over)
        return;
    part = add_part(mime);
    split_head(part, bytes.text, bytes.size);
    read_head(part, usual);
    if (mime_is(part, "multipart/")) {
        bool digest = mime_is(part, "multipart/digest");
        struct piece body = part->body;

        if (depth < MIME_DEPTH_MOST)
            find_boundary(&boundary, part);
        if (depth < MIME_DEPTH_MOST &&
            (!boundary.size ||
             !read_parts(mime, body, &boundary,
                         digest ? "message/rfc822" : "text/plain", depth)))
            copy_lower(mime->part[at].type, sizeof(mime->part[at].type),
                       "text/plain", 10);
    }
    mime->part[at].end = mime->count;
    buf_release(&boundary);
}

void
mime_read(struct mime *mime, const char *data, size_t size)
{
    mime->count = 0;
    mime->over = false;
    read_part(mime, (struct piece){data, size}, "text/plain", 0);
}

void
mime_release(struct mime *mime)
{
    free(mime->part);
    *mime = MIME_INIT;
}

void
mime_bytes(struct buf *out, const struct mime_part *part)
{
    mime_decode(out, part->body.text, part->body.size, part->coding);
}

bool
mime_is(const struct mime_part *part, const char *type)
{
    size_t size = strlen(type);

    return !strncmp(part->type, type, size) &&
           (type[size - 1] == '/' || part->type[size] == '\0');
}

bool
mime_file_name(struct buf *name, const struct mime_part *part)
{
    struct buf value = BUF_INIT;
    bool found = mime_header(&value, part->head, "Content-Disposition") &&
                 mime_parameter(name, &value, "filename");

    if (!found)
        found = mime_header(&value, part->head, "Content-Type") &&
                mime_parameter(name, &value, "name");
    buf_release(&value);
    return found;
}
