#include "query/render/render_diff.h"

#include <string.h>

#include "corpus/base/utf8.h"
#include "query/copies/changes.h"
#include "query/render/render_parts.h"

struct drawing {
    struct buf *out;
    bool color;
    bool same;
};

/* What stands around a piece. */
static const struct {
    const char *before;
    const char *behind;
} signs[2][3] = {
    {
        [CHANGE_NONE] = {"", ""},
        [CHANGE_OUT] = {"[-", "-]"},
        [CHANGE_IN] = {"{+", "+}"},
    },
    {
        [CHANGE_NONE] = {"", ""},
        [CHANGE_OUT] = {"\033[9;31m", "\033[0m"},
        [CHANGE_IN] = {"\033[32m", "\033[0m"},
    },
};

/* Paragraphs stand apart, and each line has its own signs. */
static void
draw_piece(void *context, enum change change, const char *text, size_t size)
{
    struct drawing *drawing = context;
    struct buf *out = drawing->out;

    drawing->same = drawing->same && change == CHANGE_NONE;
    while (size) {
        const char *end = memchr(text, '\n', size);
        size_t line = end ? (size_t)(end - text) : size;

        if (line || change != CHANGE_NONE)
            buf_add_text(out, signs[drawing->color][change].before);
        utf8_plain(out, text, line);
        /* A paragraph that begins or ends only in one of them. */
        if (end && change != CHANGE_NONE)
            buf_add_text(out, "\xc2\xb6");
        if (line || change != CHANGE_NONE)
            buf_add_text(out, signs[drawing->color][change].behind);
        if (end && change != CHANGE_OUT)
            buf_add_text(out, "\n\n");
        line += end != NULL;
        text += line;
        size -= line;
    }
}

static void
draw_head(struct buf *out, const char *sign, const struct hit *hit)
{
    buf_add_text(out, sign);
    if (hit->published.precision == DATE_NONE)
        buf_add_text(out, "undated");
    else
        render_day(out, &hit->published);
    buf_add_text(out, "  ");
    if (hit->publication.size) {
        utf8_plain(out, hit->publication.data, hit->publication.size);
        buf_add_text(out, "  ");
    }
    utf8_plain(out, hit->headline.text.data, hit->headline.text.size);
    buf_add_byte(out, '\n');
}

void
render_diff(struct buf *out, const struct hit *one, const struct hit *other,
            bool color, bool *same)
{
    struct story *first = story_new(one->body.text.data, one->body.text.size);
    struct story *second =
        story_new(other->body.text.data, other->body.text.size);
    struct drawing drawing = {out, color, true};

    draw_head(out, "--- ", one);
    draw_head(out, "+++ ", other);
    buf_add_byte(out, '\n');
    changes_between(first, second, draw_piece, &drawing);
    buf_add_byte(out, '\n');
    if (changes_are_cut(first, second))
        buf_add_text(out, "\n(what follows was not compared)\n");
    *same = drawing.same;
    story_free(first);
    story_free(second);
}
