/* One article: as a page, and in other formats. */
#include <string.h>

#include "corpus/base/buf.h"
#include "corpus/base/list.h"
#include "query/render/render.h"
#include "query/web/visit_parts.h"

enum {
    PAGE_BYTES = 8 << 20,
    AROUND_TIME = 300, /* milliseconds, for the hits before and after */
    LIKE_TIME = 200,
    LIKE_MOST = 5
};

/* The hits before and after the one that the address says it is; nothing, if
 * it is that no more. */
static void
look_around(struct visit *visit, const struct search_request *asked,
            struct search_result *result, struct page_neighbours *neighbours)
{
    struct search_request request = *asked;
    struct error err = {0};
    unsigned number = visit->request.hit;
    size_t here = number > 1 ? 1 : 0;

    if (!number ||
        (!visit->request.text[0] && !cgi_is_filtered(&visit->request)))
        return;
    request.texts = false;
    request.plain = true;
    request.advice = false;
    request.offset = number - 1 - here;
    request.limit = here + 2;
    request.time_limit = AROUND_TIME;
    if (search_run(visit->search, &request, result, &err) ||
        result->cut_short || result->hits <= here ||
        strcmp(result->hit[here].key.data, visit->request.article) != 0)
        return;
    neighbours->total = result->total;
    if (here)
        neighbours->before = &result->hit[0];
    if (result->hits > here + 1)
        neighbours->after = &result->hit[here + 1];
}

/* How many articles its source has of its day. */
static uint64_t
count_day(struct visit *visit, const struct hit *hit)
{
    struct cgi_request request = CGI_REQUEST_INIT;
    struct date day = hit->published;
    struct buf name = BUF_INIT;
    uint64_t total = 0;

    if (day.precision < DATE_DAY || !hit->publication.size ||
        hit->publication.size > CGI_FILTER_BYTES)
        return 0;
    day.precision = DATE_DAY;
    date_print(&day, &name);
    request.filter[FILTER_SOURCE] = hit->publication.data;
    request.filter[FILTER_FROM] = name.data;
    request.filter[FILTER_TO] = name.data;
    total = visit_count(visit, &request, AROUND_TIME);
    buf_release(&name);
    return total;
}

/* What is like it; nothing, if that takes too long. */
static void
look_for_like(struct visit *visit, const struct hit *hit,
              struct search_result *like)
{
    struct search_request request = SEARCH_REQUEST_INIT;
    struct error err = {0};

    request.limit = LIKE_MOST;
    request.snippet_width = 0;
    request.time_limit = LIKE_TIME;
    request.timing = &visit->timing;
    if (search_like(visit->search, hit->key.data, &request, like, &err))
        search_result_release(like);
}

static void
print_article(struct visit *visit, struct hit *hit,
              const struct search_request *request)
{
    struct markup markup = {.out = BUF_LIMITED(PAGE_BYTES)};
    struct search_result around = SEARCH_RESULT_INIT;
    struct search_result like = SEARCH_RESULT_INIT;
    struct page page = visit_page(visit);
    size_t from;
    size_t to;

    visit_name_archive(hit);
    page.hit = hit;
    if (visit->request.part > page_part(hit, visit->request.part, &from, &to)) {
        visit_fail(visit, 404, WORD_TOO_FEW_PAGES);
        return;
    }
    look_around(visit, request, &around, &page.neighbours);
    page.same_day = count_day(visit, hit);
    look_for_like(visit, hit, &like);
    page.like = &like;
    page_article(&markup, &page);
    visit_take_page(visit, &markup);
    search_result_release(&around);
    search_result_release(&like);
}

/* As a result of one hit, without its texts: what is cited. */
static void
render_article(struct visit *visit, struct hit *hit)
{
    struct search_result one = SEARCH_RESULT_INIT;
    struct render_options options = {.whole = true};

    one.hit = hit;
    one.hits = 1;
    one.total = 1;
    visit_render(visit, &one, &options);
}

enum status
visit_article(struct visit *visit, struct error *err)
{
    struct search_request request = SEARCH_REQUEST_INIT;
    struct list notes = LIST_INIT;
    struct buf query = BUF_INIT;
    struct hit hit;
    enum status status = STATUS_OK;

    hit_init(&hit);
    visit_search_request(visit, &request);
    request.texts = true;
    cgi_ask(&visit->request, &visit->config, &request, &query, &notes);
    status = search_fetch(visit->search, visit->request.article, &request, &hit,
                          err);
    timing_end(&visit->timing, STAGE_SEARCH);
    if (status == STATUS_ABSENT) {
        visit_fail(visit, 404, WORD_NO_ARTICLE);
        status = STATUS_OK; /* nothing that the log has to tell */
    } else if (status) {
        visit_fail_archive(visit, status);
    } else {
        visit->reply.cache = CACHE_BRIEF;
        if (visit->request.renderer) {
            render_article(visit, &hit);
        } else {
            visit->reply.index = visit->config.index;
            print_article(visit, &hit, &request);
        }
    }
    buf_release(&query);
    list_release(&notes);
    hit_release(&hit);
    return status;
}
