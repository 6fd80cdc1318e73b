#include "query/render/render_parts.h"

#include <string.h>

#include "corpus/base/utf8.h"

void
render_day(struct buf *out, const struct date *date)
{
    struct date day = *date;

    if (day.precision > DATE_DAY)
        day.precision = DATE_DAY;
    date_print(&day, out);
}

void
render_byline(struct buf *out, const struct hit *hit)
{
    if (!hit->authors.count) {
        const char *byline = hit->byline.data;
        size_t size = hit->byline.size;
        size_t by = size > 3 && (byline[0] == 'B' || byline[0] == 'b') &&
                            (byline[1] == 'Y' || byline[1] == 'y') &&
                            byline[2] == ' '
                        ? 3
                        : 0;

        utf8_plain(out, byline + by, size - by);
        return;
    }
    for (size_t i = 0; i < hit->authors.count; i++) {
        if (i)
            buf_add_text(out, ", ");
        utf8_plain(out, hit->authors.item[i], strlen(hit->authors.item[i]));
    }
}
