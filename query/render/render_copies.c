/* The copies of a hit in one line. */
#include <string.h>

#include "query/render/render_parts.h"

/* Is it the first of the copies that is of its paper? */
static bool
is_of_new_paper(const struct search_result *result, size_t copy)
{
    const struct hit *hit = &result->hit[copy];

    for (size_t i = 0; i < copy; i++)
        if (result->hit[i].copy_of == hit->copy_of &&
            buf_equal(&result->hit[i].publication, &hit->publication))
            return false;
    return hit->publication.size > 0;
}

static void
keep_earlier(const struct date **first, const struct hit *hit)
{
    const struct date *date = &hit->published;

    if (date->precision != DATE_NONE &&
        (!*first || date->seconds < (*first)->seconds))
        *first = date;
}

void
render_copies(struct buf *out, const struct search_result *result, size_t i,
              size_t offset)
{
    const struct hit *hit = &result->hit[i];
    const struct date *first = NULL;
    const char *before = ": ";
    size_t papers = 0;

    if (!hit->copies)
        return;
    keep_earlier(&first, hit);
    for (size_t j = i + 1; j < result->hits; j++) {
        if (result->hit[j].copy_of != i + 1)
            continue;
        papers += is_of_new_paper(result, j);
        keep_earlier(&first, &result->hit[j]);
    }
    buf_printf(out, "+%zu %s", hit->copies,
               hit->copies == 1 ? "copy" : "copies");
    if (papers)
        buf_printf(out, " in %zu %s", papers, papers == 1 ? "paper" : "papers");
    if (first) {
        buf_add_text(out, ", first ");
        render_day(out, first);
    }
    for (size_t j = i + 1; j < result->hits; j++)
        if (result->hit[j].copy_of == i + 1) {
            buf_printf(out, "%s%zu", before, offset + j + 1);
            before = ", ";
        }
}
