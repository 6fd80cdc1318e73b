/* Hits: as a page, in other formats, and all of them at once. */
#include <string.h>

#include "corpus/base/buf.h"
#include "corpus/base/list.h"
#include "query/receipt/receipt.h"
#include "query/render/render.h"
#include "query/web/visit_parts.h"

enum {
    PAGE_BYTES = 8 << 20,
    FACET_TIME = 600, /* milliseconds to count facets; then comes an estimate */
    START_TIME = 150, /* the same for the page that everybody sees first */
    WIDER_TIME = 200, /* for each question that asks for less */
    LATEST = 5
};

uint64_t
visit_count(struct visit *visit, const struct cgi_request *request,
            unsigned milliseconds)
{
    struct search_request search = SEARCH_REQUEST_INIT;
    struct search_result result = SEARCH_RESULT_INIT;
    struct list notes = LIST_INIT;
    struct buf text = BUF_INIT;
    struct error err = {0};
    uint64_t total = 0;

    search.now = visit->today;
    search.limit = 0;
    search.time_limit = milliseconds;
    cgi_ask(request, &visit->config, &search, &text, &notes);
    search.advice = false;
    if (!search_run(visit->search, &search, &result, &err) && !result.cut_short)
        total = result.total;
    search_result_release(&result);
    list_release(&notes);
    buf_release(&text);
    return total;
}

/* When nothing was found: each filter that something would be found without. */
static size_t
look_wider(struct visit *visit, struct page_wider wider[FILTER_COUNT])
{
    size_t widers = 0;

    for (int i = 0; i <= FILTER_FROM; i++) {
        struct page_wider *one = &wider[widers];

        one->request = visit->request;
        one->request.page = 1;
        one->without = (enum cgi_filter)i;
        one->request.filter[i] = "";
        if (i == FILTER_FROM)
            one->request.filter[FILTER_TO] = "";
        if (cgi_same(&one->request, &visit->request) ||
            (!one->request.text[0] && !cgi_is_filtered(&one->request)))
            continue;
        one->total = visit_count(visit, &one->request, WIDER_TIME);
        widers += one->total > 0;
    }
    return widers;
}

static void
print_page(struct visit *visit, struct search_result *result,
           const struct list *notes)
{
    struct markup markup = {.out = BUF_LIMITED(PAGE_BYTES)};
    struct page_wider wider[FILTER_COUNT];
    struct page page = visit_page(visit);

    page.result = result;
    page.notes = notes;
    page.wider = wider;
    for (size_t i = 0; i < result->hits; i++)
        visit_name_archive(&result->hit[i]);
    if (!result->total && !result->cut_short)
        page.widers = look_wider(visit, wider);
    page_results(&markup, &page);
    visit_take_page(visit, &markup);
}

/* --- all hits at once ----------------------------------------------------- */

/* A file that grows hit by hit. */
struct exporting {
    struct visit *visit;
    struct render_options options;
};

static bool
export_hit(void *context, struct hit *hit)
{
    struct exporting *exporting = context;
    struct search_result one = SEARCH_RESULT_INIT;

    one.hit = hit;
    one.hits = 1;
    exporting->options.stays_open = true;
    visit_render(exporting->visit, &one, &exporting->options);
    exporting->options.goes_on = true;
    exporting->options.offset++;
    return !exporting->visit->reply.body.over;
}

/* The answer is complete before it is sent: its length is told, and so what is
 * cut on the way is seen to be. */
static enum status
export_all(struct visit *visit, const struct search_request *asked,
           struct error *err)
{
    struct search_request request = *asked;
    struct exporting exporting = {.visit = visit};
    struct search_result none = SEARCH_RESULT_INIT;
    struct search_result result = SEARCH_RESULT_INIT;
    enum status status;

    if (visit->take_time)
        visit->take_time(&visit->config);
    request.limit = visit->config.export_hits;
    request.offset = 0;
    request.time_limit = visit->config.export_deadline;
    request.unmarked = true;
    request.advice = false;
    request.take = export_hit;
    request.taking = &exporting;
    status = search_run(visit->search, &request, &result, err);
    if (status) {
        visit_fail_archive(visit, status);
    } else if (result.cut_short) {
        buf_clear(&visit->reply.body);
        visit_fail(visit, 503, WORD_TAKES_TOO_LONG);
    } else {
        exporting.options.stays_open = false;
        visit_render(visit, &none, &exporting.options);
        visit->reply.cache = CACHE_BRIEF;
    }
    search_result_release(&result);
    return status;
}

/* --- a page of hits ------------------------------------------------------- */

static enum status
answer_hits(struct visit *visit, struct search_request *request,
            struct list *notes, struct error *err)
{
    struct search_result result = SEARCH_RESULT_INIT;
    struct render_options options = {.offset = request->offset};
    const struct receipt receipt = {.query = visit->request.text,
                                    .now = visit->now,
                                    .by_day = true,
                                    .program = "nsearch " NSEARCH_VERSION};
    enum status status = search_run(visit->search, request, &result, err);

    if (!status && !visit->request.renderer)
        status = receipt_make(visit->search, &receipt, request, &result, err);
    if (status) {
        visit_fail_archive(visit, status);
    } else if (result.cut_short && !result.hits) {
        visit_fail(visit, 503, WORD_TAKES_TOO_LONG);
    } else {
        if (visit->request.renderer)
            visit_render(visit, &result, &options);
        else
            print_page(visit, &result, notes);
        visit->reply.cache = result.cut_short ? CACHE_NEVER : CACHE_BRIEF;
        visit->reply.tag = result.cut_short ? 0 : visit->reply.tag;
    }
    search_result_release(&result);
    return status;
}

enum status
visit_results(struct visit *visit, struct error *err)
{
    struct search_request request = SEARCH_REQUEST_INIT;
    struct list notes = LIST_INIT;
    struct buf query = BUF_INIT;
    enum status status;

    visit_search_request(visit, &request);
    if (!visit->request.renderer)
        request.facets = page_facet_set();
    request.facet_time = FACET_TIME;
    request.fold = visit->request.hits != CGI_ALL_HITS;
    cgi_ask(&visit->request, &visit->config, &request, &query, &notes);
    if (visit->request.hits == CGI_ALL_HITS)
        status = export_all(visit, &request, err);
    else
        status = answer_hits(visit, &request, &notes, err);
    buf_release(&query);
    list_release(&notes);
    return status;
}

/* Without an archive there is still a form. */
enum status
visit_start(struct visit *visit, struct error *err)
{
    struct search_request request = SEARCH_REQUEST_INIT;
    struct search_result result = SEARCH_RESULT_INIT;
    struct page page = visit_page(visit);
    struct markup markup = {.out = BUF_LIMITED(PAGE_BYTES)};
    enum status status = STATUS_OK;

    request.now = visit->today;
    request.everything = true;
    request.unmarked = true;
    request.advice = false;
    request.limit = LATEST;
    request.sort = SORT_NEWEST;
    request.facets = page_facet_set();
    request.facet_time = START_TIME;
    request.time_limit = visit->config.soft_deadline;
    request.timing = &visit->timing;
    if (visit->search)
        status = search_run(visit->search, &request, &result, err);
    if (!status && visit->search)
        page.result = &result;
    page_start(&markup, &page);
    visit_take_page(visit, &markup);
    visit->reply.cache = result.cut_short ? CACHE_NEVER : CACHE_BRIEF;
    visit->reply.index = visit->config.index;
    search_result_release(&result);
    return status;
}
