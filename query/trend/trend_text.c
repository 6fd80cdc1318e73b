/*
 * A trend on a terminal: each search a chart of its own, so that they need no
 * colours to be told apart, on the same scale where that lets all be seen.
 *
 *     strike  154 of 24,935 articles
 *       2.41% ⢀⠔⠒⢄
 *             ⠊   ⠑⠤⠤⣀
 *       0.00% ────────····──
 *             1987      1995
 *
 * The signs of Braille have two dots by four, so a chart has eight times as
 * many as it has letters.  Where nothing is held there are no dots, and the
 * axis is dotted.
 */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "corpus/base/mem.h"
#include "corpus/base/utf8.h"
#include "query/trend/trend.h"

enum {
    ROWS = 4, /* of signs */
    DOTS = 4 * ROWS,
    MARGIN = 10,       /* columns before a chart */
    SCALES_DIFFER = 4, /* what would be lower than a row has its own */
    WIDTH_USUAL = 80,
    WIDTH_LEAST = 20
};

/* What is drawn: two columns of dots a sign. */
struct canvas {
    unsigned char *sign; /* ROWS * columns, the bits of U+2800 */
    bool *gap;           /* of a column of signs */
    size_t columns;
};

static void
set_dot(struct canvas *canvas, size_t x, size_t y)
{
    /* Bits of the dots in a sign, from the top, left and right. */
    static const unsigned char bits[4][2] = {
        {1, 8}, {2, 16}, {4, 32}, {64, 128}};
    const size_t row = ROWS - 1 - y / 4;

    canvas->sign[row * canvas->columns + x / 2] |= bits[3 - y % 4][x % 2];
}

/* The share of the points that column x of the dots stands for, -1 for a gap:
 * all of them together, if there are several. */
static double
share_at(const struct trend *trend, size_t line, size_t x, size_t dots)
{
    size_t first = x * trend->points / dots;
    size_t last = (x + 1) * trend->points / dots;
    uint64_t count = 0;
    uint64_t held = 0;

    if (last <= first)
        last = first + 1;
    for (size_t i = first; i < last; i++) {
        count += trend->line[line].count[i];
        held += trend->point[i].held;
    }
    return held ? (double)count / (double)held : -1;
}

static double
most_drawn(const struct trend *trend, size_t line, size_t dots)
{
    double most = 0;

    for (size_t x = 0; trend->points && x < dots; x++)
        most = fmax(most, share_at(trend, line, x, dots));
    return most;
}

static void
draw(struct canvas *canvas, const struct trend *trend, size_t line, double most)
{
    const size_t dots = 2 * canvas->columns;
    bool before = false;
    size_t last = 0;

    for (size_t x = 0; x < dots; x++) {
        const double share = share_at(trend, line, x, dots);
        size_t y;

        if (share < 0) {
            before = false;
            continue;
        }
        canvas->gap[x / 2] = false;
        y = most > 0 ? (size_t)(share / most * (DOTS - 1) + .5) : 0;
        /* A line is joined to where it was. */
        for (size_t k = before ? last : y; k != y; k += k < y ? 1 : (size_t)-1)
            set_dot(canvas, x, k);
        set_dot(canvas, x, y);
        last = y;
        before = true;
    }
}

static void
add_sign(struct buf *out, unsigned char bits)
{
    const char sign[3] = {(char)0xe2, (char)(0xa0 | bits >> 6),
                          (char)(0x80 | (bits & 63))};

    if (bits)
        buf_add(out, sign, sizeof(sign));
    else
        buf_add_byte(out, ' ');
}

static void
add_rows(struct buf *out, const struct canvas *canvas, double most, bool color)
{
    for (size_t row = 0; row < ROWS; row++) {
        size_t end = canvas->columns;
        const unsigned char *sign = canvas->sign + row * canvas->columns;

        while (end && !sign[end - 1])
            end--;
        if (row == 0)
            buf_printf(out, "%8.2f%%", most * 100);
        else
            buf_printf(out, "%9s", "");
        buf_add_text(out, color ? " \033[1;31m" : " ");
        for (size_t i = 0; i < end; i++)
            add_sign(out, sign[i]);
        buf_add_text(out, color ? "\033[0m\n" : "\n");
    }
}

/* The names of the first, the last and, if there is room, the middle point. */
static void
add_names(struct buf *out, const struct trend *trend, size_t columns)
{
    const char *first = trend->point[0].name;
    const char *middle = trend->point[trend->points / 2].name;
    const char *last = trend->point[trend->points - 1].name;
    const size_t size = strlen(first);
    size_t at = size;

    buf_printf(out, "%*s%s", MARGIN, "", first);
    if (trend->points > 2 && columns >= 3 * size + 6 &&
        trend->points / 2 * columns / trend->points > size) {
        const size_t from = trend->points / 2 * columns / trend->points;

        buf_printf(out, "%*s%s", (int)(from - at), "", middle);
        at = from + size;
    }
    if (trend->points > 1 && columns > at + size)
        buf_printf(out, "%*s", (int)(columns - at), last);
    buf_add_byte(out, '\n');
}

static void
add_chart(struct buf *out, const struct trend *trend, size_t line,
          size_t columns, double most, bool color)
{
    struct canvas canvas = {.columns = columns};

    canvas.sign = mem_zero(ROWS * columns, sizeof(*canvas.sign));
    canvas.gap = mem_zero(columns, sizeof(*canvas.gap));
    memset(canvas.gap, true, columns * sizeof(*canvas.gap));
    draw(&canvas, trend, line, most);
    add_rows(out, &canvas, most, color);
    buf_printf(out, "%8.2f%% ", 0.0);
    for (size_t i = 0; i < columns; i++)
        buf_add_text(out, canvas.gap[i] ? "\xc2\xb7" : "\xe2\x94\x80");
    buf_add_byte(out, '\n');
    free(canvas.sign);
    free(canvas.gap);
}

void
trend_print_text(const struct trend *trend, size_t width, bool color,
                 struct buf *out)
{
    size_t columns = width ? width : WIDTH_USUAL;
    double most = 0;

    columns = (columns > WIDTH_LEAST ? columns : WIDTH_LEAST) - MARGIN - 1;
    /* Few points are drawn in whole signs, so that all are equally wide. */
    if (trend->points && trend->points <= columns)
        columns -= columns % trend->points;
    for (size_t i = 0; i < trend->lines; i++)
        most = fmax(most, most_drawn(trend, i, 2 * columns));
    for (size_t i = 0; i < trend->lines; i++) {
        const struct trend_line *line = &trend->line[i];

        if (i)
            buf_add_byte(out, '\n');
        utf8_plain(out, line->query, strlen(line->query));
        buf_printf(out, "  %" PRIu64 " of %" PRIu64 " articles", line->total,
                   trend->articles);
        if (line->undated)
            buf_printf(out, ", %" PRIu64 " undated", line->undated);
        buf_printf(out, "; share of what is held, by %s\n",
                   search_facet_name(trend->by));
        if (trend->points) {
            const double own = most_drawn(trend, i, 2 * columns);

            add_chart(out, trend, i, columns,
                      own * SCALES_DIFFER < most ? own : most, color);
            add_names(out, trend, columns);
        }
    }
}
