/* Searches over time. */
#include <string.h>

#include "corpus/base/buf.h"
#include "corpus/base/list.h"
#include "query/trend/trend.h"
#include "query/web/visit_parts.h"

enum {
    PAGE_BYTES = 8 << 20
};

static void
split(const char *text, struct list *lines)
{
    while (*text) {
        const size_t size = strcspn(text, "\n");

        if (size)
            list_add(lines, text, size);
        text += size + (text[size] != '\0');
    }
}

/* All searches and the count of what is held share the time of one. */
enum status
visit_trend(struct visit *visit, struct error *err)
{
    struct search_request request = SEARCH_REQUEST_INIT;
    struct trend trend = TREND_INIT;
    struct page page = visit_page(visit);
    struct markup markup = {.out = BUF_LIMITED(PAGE_BYTES)};
    struct list lines = LIST_INIT;
    struct list notes = LIST_INIT;
    struct buf query = BUF_INIT;
    enum status status;

    split(visit->request.trend, &lines);
    visit_search_request(visit, &request);
    cgi_ask(&visit->request, &visit->config, &request, &query, &notes);
    request.time_limit /= (unsigned)lines.count + 1;
    request.facet_time = request.time_limit / 2 + 1;
    status =
        trend_run(visit->search, &lines, &request, FACET_COUNT, &trend, err);
    if (status) {
        visit_fail_archive(visit, status);
        markup_release(&markup);
    } else {
        page_trend(&markup, &page, &trend);
        visit_take_page(visit, &markup);
        visit->reply.cache = trend.cut_short ? CACHE_NEVER : CACHE_BRIEF;
        visit->reply.tag = trend.cut_short ? 0 : visit->reply.tag;
    }
    trend_release(&trend);
    buf_release(&query);
    list_release(&notes);
    list_release(&lines);
    return status;
}
