#include "query/web/visit.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "corpus/base/buf.h"
#include "corpus/base/list.h"
#include "corpus/date/calendar.h"
#include "query/render/render.h"
#include "query/web/page.h"

/* A page is small; only the text of a long article makes it this large. */
#define PAGE_BYTES (8u << 20)

#define SNIPPET_BYTES 280

/* Milliseconds to count facets in; then comes an estimate. */
#define FACET_TIME 600

void
visit_fail(struct visit *visit, unsigned code, const char *sentence)
{
    struct page page = {.config = &visit->config,
                        .request = &visit->request,
                        .now = visit->now};
    struct markup markup = MARKUP_INIT;

    page_failure(&markup, &page, code, sentence);
    visit->reply.code = code;
    visit->reply.type = "text/html; charset=utf-8";
    visit->reply.cache = CACHE_NEVER;
    visit->reply.tag = 0;
    visit->reply.index = false;
    visit->reply.suffix = NULL;
    buf_swap(&visit->reply.body, &markup.out);
    markup_release(&markup);
}

/* The archive failed us: the visitor is told that, not how. */
static void
fail_archive(struct visit *visit, enum status status)
{
    if (status == STATUS_ABSENT)
        visit_fail(visit, 503, "The archive is being built. Come back soon.");
    else
        visit_fail(visit, 500, "The archive cannot be read at the moment.");
}

/* The tag of what this request would be answered with; true if the browser
 * has that already. */
static bool
is_unchanged(struct visit *visit)
{
    const struct cgi_config *config = &visit->config;
    int64_t day = calendar_day_of(visit->now); /* "date:2w.." moves with it */
    struct buf what = BUF_INIT;

    if (!visit->archive_tag)
        return false;
    buf_printf(&what, "%s %s %s %u %d %u %u %u %u %llx %lld ", NSEARCH_VERSION,
               config->site_name, config->base_url ? config->base_url : "-",
               config->hits, config->index, config->query_bytes,
               config->query_words, config->query_patterns, config->query_depth,
               (unsigned long long)page_style_tag(), (long long)day);
    cgi_link(&visit->request, &what);
    visit->reply.tag = reply_tag(visit->archive_tag, what.data, what.size);
    buf_release(&what);
    if (!reply_has_tag(visit->environment.if_none_match, visit->reply.tag))
        return false;
    visit->reply.code = 304;
    visit->reply.cache = CACHE_BRIEF;
    return true;
}

static void
search_request_fill(struct visit *visit, struct search_request *request)
{
    const struct cgi_config *config = &visit->config;
    unsigned hits = visit->request.hits ? visit->request.hits : config->hits;

    request->now = visit->now;
    request->limit = hits;
    request->offset = (size_t)(visit->request.page - 1) * hits;
    request->sort = visit->request.sort;
    request->snippet_width = SNIPPET_BYTES;
    request->time_limit = config->soft_deadline;
    request->timing = &visit->timing;
}

/* The hits as a page. */
static void
print_page(struct visit *visit, const struct search_result *result,
           const struct list *notes)
{
    struct markup markup = {.out = BUF_LIMITED(PAGE_BYTES)};
    struct page page = {.config = &visit->config,
                        .request = &visit->request,
                        .now = visit->now,
                        .result = result,
                        .notes = notes};

    page_results(&markup, &page);
    buf_swap(&visit->reply.body, &markup.out);
    markup_release(&markup);
}

/* The hits in another format, but not in which files of ours they are. */
static void
print_format(struct visit *visit, const struct renderer *renderer,
             const struct search_request *request, struct search_result *result)
{
    struct render_options options = {
        .query = visit->request.text,
        .base_url = visit->config.base_url,
        .now = visit->now,
        .offset = request->offset,
    };
    struct buf address = BUF_INIT;

    if (visit->config.base_url) {
        buf_add_text(&address, visit->config.base_url);
        cgi_link(&visit->request, &address);
        options.address = address.data;
    }
    for (size_t i = 0; i < result->hits; i++)
        buf_clear(&result->hit[i].path);
    renderer->render(&visit->reply.body, result, &options);
    buf_release(&address);
    visit->reply.type = renderer->media;
    visit->reply.suffix = renderer->suffix;
}

static enum status
answer_results(struct visit *visit, struct error *err)
{
    const struct renderer *renderer = visit->request.renderer;
    struct search_request request = SEARCH_REQUEST_INIT;
    struct search_result result = SEARCH_RESULT_INIT;
    struct list notes = LIST_INIT;
    struct buf query = BUF_INIT;
    enum status status = STATUS_OK;

    search_request_fill(visit, &request);
    if (!renderer)
        request.facets = page_facet_set();
    request.facet_time = FACET_TIME;
    cgi_query(&visit->request, &visit->config, visit->now, &query, &notes);
    request.text = query.data;
    status = search_run(visit->search, &request, &result, err);
    if (status) {
        fail_archive(visit, status);
    } else if (result.cut_short && !result.hits) {
        visit_fail(visit, 503, "This question takes too long. Narrow it.");
    } else {
        if (renderer)
            print_format(visit, renderer, &request, &result);
        else
            print_page(visit, &result, &notes);
        visit->reply.cache = result.cut_short ? CACHE_NEVER : CACHE_BRIEF;
        visit->reply.tag = result.cut_short ? 0 : visit->reply.tag;
    }
    buf_release(&query);
    list_release(&notes);
    search_result_release(&result);
    return status;
}

static enum status
answer_article(struct visit *visit, struct error *err)
{
    struct search_request request = SEARCH_REQUEST_INIT;
    struct page page = {.config = &visit->config,
                        .request = &visit->request,
                        .now = visit->now};
    struct list notes = LIST_INIT;
    struct buf query = BUF_INIT;
    struct hit hit;
    enum status status = STATUS_OK;

    hit_init(&hit);
    search_request_fill(visit, &request);
    request.texts = true;
    cgi_query(&visit->request, &visit->config, visit->now, &query, &notes);
    request.text = query.data;
    status = search_fetch(visit->search, visit->request.article, &request, &hit,
                          err);
    timing_end(&visit->timing, STAGE_SEARCH);
    if (status == STATUS_ABSENT) {
        visit_fail(visit, 404,
                   "The archive does not have this article. It may have "
                   "been withdrawn.");
        status = STATUS_OK; /* nothing that the log has to tell */
    } else if (status) {
        fail_archive(visit, status);
    } else {
        struct markup markup = {.out = BUF_LIMITED(PAGE_BYTES)};

        page.hit = &hit;
        page_article(&markup, &page);
        buf_swap(&visit->reply.body, &markup.out);
        markup_release(&markup);
        visit->reply.cache = CACHE_BRIEF;
        visit->reply.index = visit->config.index;
    }
    buf_release(&query);
    list_release(&notes);
    hit_release(&hit);
    return status;
}

static void
answer_page(struct visit *visit,
            void (*print)(struct markup *out, const struct page *page))
{
    struct markup markup = MARKUP_INIT;
    struct page page = {.config = &visit->config,
                        .request = &visit->request,
                        .now = visit->now};

    print(&markup, &page);
    buf_swap(&visit->reply.body, &markup.out);
    markup_release(&markup);
    visit->reply.cache = CACHE_BRIEF;
    visit->reply.index = visit->config.index;
}

static enum status
answer_start(struct visit *visit, struct error *err)
{
    (void)err;
    answer_page(visit, page_start);
    return STATUS_OK;
}

static enum status
answer_help(struct visit *visit, struct error *err)
{
    (void)err;
    answer_page(visit, page_help);
    return STATUS_OK;
}

static enum status
answer_style(struct visit *visit, struct error *err)
{
    (void)err;
    page_style(&visit->reply.body);
    visit->reply.type = "text/css; charset=utf-8";
    visit->reply.cache = CACHE_FOREVER;
    return STATUS_OK;
}

static enum status
answer_description(struct visit *visit, struct error *err)
{
    (void)err;
    if (!visit->config.base_url) {
        visit_fail(visit, 404, "This archive does not say where it is.");
        return STATUS_OK;
    }
    answer_page(visit, page_description);
    visit->reply.type = "application/opensearchdescription+xml";
    return STATUS_OK;
}

/* Who answers what; `archive`: not without one. */
static const struct {
    bool archive;
    enum status (*answer)(struct visit *visit, struct error *err);
} answers[] = {
    [SHOW_START] = {false, answer_start},
    [SHOW_RESULTS] = {true, answer_results},
    [SHOW_ARTICLE] = {true, answer_article},
    [SHOW_HELP] = {false, answer_help},
    [SHOW_STYLE] = {false, answer_style},
    [SHOW_DESCRIPTION] = {false, answer_description},
};

/* May it be answered at all?  False: the reply says why not. */
static bool
is_sound(struct visit *visit)
{
    const struct environment *environment = &visit->environment;
    struct error err = {0};
    enum status status = STATUS_OK;

    if (!environment->method || (strcmp(environment->method, "GET") != 0 &&
                                 strcmp(environment->method, "HEAD") != 0)) {
        visit_fail(visit, 405, "This page is read with GET or HEAD only.");
        return false;
    }
    if (environment->path_info && *environment->path_info) {
        visit_fail(visit, 404, "There is no page here.");
        return false;
    }
    status = cgi_parse(&visit->request, &visit->config,
                       environment->query ? environment->query : "", &err);
    if (status)
        visit_fail(visit, status == STATUS_LIMIT ? 414 : 400, err.text);
    return !status;
}

enum status
visit_answer(struct visit *visit, struct error *err)
{
    if (!is_sound(visit))
        return STATUS_OK;
    if (answers[visit->request.show].archive && !visit->search) {
        fail_archive(visit, visit->closed);
        return STATUS_OK; /* the log knows already */
    }
    if (is_unchanged(visit))
        return STATUS_OK;
    return answers[visit->request.show].answer(visit, err);
}
