#include "corpus/story/paragraph.h"

#include <stdbool.h>
#include <string.h>

#include "corpus/article/article.h"
#include "corpus/base/buf.h"

enum {
    WIDEST = 100,  /* bytes of a line that was broken at a width */
    NARROWEST = 40 /* the least width that anybody breaks at */
};

struct line {
    const char *text; /* without blanks at both ends */
    size_t size;
    size_t indent;
};

/* What the lines have in common. */
struct shape {
    size_t longest;
    size_t indent; /* of the line with the least */
    bool wrapped;
};

static bool
is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\f' ||
           byte == '\v';
}

/* The line at `*at`; moves behind it.  False at the end. */
static bool
next_line(const char **at, const char *end, struct line *line)
{
    const char *mark;
    const char *stop;

    if (*at >= end)
        return false;
    mark = memchr(*at, '\n', (size_t)(end - *at));
    stop = mark ? mark : end;
    line->text = *at;
    *at = mark ? mark + 1 : end;
    line->indent = 0;
    while (line->text < stop && is_blank(*line->text)) {
        line->indent += *line->text == '\t' ? 8 : 1;
        line->text++;
    }
    while (stop > line->text && is_blank(stop[-1]))
        stop--;
    line->size = (size_t)(stop - line->text);
    return true;
}

static struct shape
measure(const char *text, size_t size)
{
    struct shape shape = {.indent = WIDEST};
    const char *at = text;
    size_t lines = 0;
    size_t full = 0;
    struct line line;

    while (next_line(&at, text + size, &line)) {
        if (line.size == 0)
            continue;
        lines++;
        if (line.size > shape.longest)
            shape.longest = line.size;
        if (line.indent < shape.indent)
            shape.indent = line.indent;
    }
    for (at = text; next_line(&at, text + size, &line);)
        if (line.size > shape.longest * 3 / 5)
            full++;
    shape.wrapped = lines > 1 && shape.longest <= WIDEST &&
                    shape.longest >= NARROWEST && full * 2 >= lines;
    return shape;
}

static bool
ends_sentence(const struct buf *paragraph)
{
    return paragraph->size > 0 &&
           strchr(".!?\":", paragraph->data[paragraph->size - 1]);
}

/* Does the line begin a paragraph of wrapped text? */
static bool
begins(const struct shape *shape, const struct line *line, size_t last_size,
       const struct buf *paragraph)
{
    if (!shape->wrapped || line->indent > shape->indent + 1)
        return true;
    return last_size < shape->longest * 3 / 5 && ends_sentence(paragraph);
}

void
paragraph_split(struct article *article, const char *text, size_t size)
{
    struct shape shape = measure(text, size);
    struct buf paragraph = BUF_INIT;
    const char *at = text;
    size_t last_size = 0;
    struct line line;

    while (next_line(&at, text + size, &line)) {
        if (line.size == 0 || begins(&shape, &line, last_size, &paragraph)) {
            article_add_paragraph(article, paragraph.data, paragraph.size);
            buf_clear(&paragraph);
        }
        if (paragraph.size > 0 && line.size > 0)
            buf_add_byte(&paragraph, ' ');
        buf_add(&paragraph, line.text, line.size);
        last_size = line.size;
    }
    article_add_paragraph(article, paragraph.data, paragraph.size);
    buf_release(&paragraph);
}
