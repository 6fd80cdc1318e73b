#include "query/web/visit.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "corpus/base/buf.h"
#include "corpus/date/calendar.h"
#include "query/render/render.h"
#include "query/web/visit_parts.h"

/* A page is small, and so is a part of an article. */
#define PAGE_BYTES (8u << 20)

#define SNIPPET_BYTES 280

struct page
visit_page(const struct visit *visit)
{
    return (struct page){.config = &visit->config,
                         .request = &visit->request,
                         .words = visit->words ? visit->words : &words_en,
                         .now = visit->now};
}

void
visit_take_page(struct visit *visit, struct markup *markup)
{
    buf_swap(&visit->reply.body, &markup->out);
    markup_release(markup);
}

static void
fail(struct visit *visit, unsigned code, enum word word, const char *english)
{
    struct page page = visit_page(visit);
    struct markup markup = {.out = BUF_LIMITED(PAGE_BYTES)};

    page_failure(&markup, &page, code, word, english);
    visit->reply.code = code;
    visit->reply.type = "text/html; charset=utf-8";
    visit->reply.cache = CACHE_NEVER;
    visit->reply.tag = 0;
    visit->reply.index = false;
    visit->reply.suffix = NULL;
    visit_take_page(visit, &markup);
}

void
visit_fail(struct visit *visit, unsigned code, enum word word)
{
    fail(visit, code, word, NULL);
}

void
visit_refuse(struct visit *visit, unsigned code, const char *sentence)
{
    fail(visit, code, WORD_DID_NOT_WORK, sentence);
}

void
visit_fail_archive(struct visit *visit, enum status status)
{
    if (status == STATUS_ABSENT)
        visit_fail(visit, 503, WORD_BEING_BUILT);
    else
        visit_fail(visit, 500, WORD_CANNOT_READ);
}

/* What of the settings changes pages. */
static void
print_settings(const struct visit *visit, struct buf *what)
{
    const struct cgi_config *config = &visit->config;

    buf_printf(what, "%s %s %s %s %u %d %u %u %u %u %u ", NSEARCH_VERSION,
               visit_page(visit).words->code, config->site_name,
               config->base_url ? config->base_url : "-", config->hits,
               config->index, config->query_bytes, config->query_words,
               config->query_patterns, config->query_depth,
               config->export_hits);
    buf_printf(what, "%llx %llx %llx %s ", (unsigned long long)page_style_tag(),
               (unsigned long long)config->style_tag,
               (unsigned long long)config->logo_tag,
               config->footer ? config->footer : "-");
    for (size_t i = 0; i < config->footer_link.count; i++)
        buf_printf(what, "%s ", config->footer_link.item[i]);
}

/* The tag of what this request would be answered with; true if the browser
 * has that already. */
static bool
is_unchanged(struct visit *visit)
{
    int64_t day = calendar_day_of(visit->today); /* "date:2w.." moves with it */
    struct buf what = BUF_INIT;

    if (!visit->archive_tag)
        return false;
    print_settings(visit, &what);
    buf_printf(&what, "%lld ", (long long)day);
    cgi_link(&visit->request, &what);
    visit->reply.tag = reply_tag(visit->archive_tag, what.data, what.size);
    buf_release(&what);
    if (!reply_has_tag(visit->environment.if_none_match, visit->reply.tag))
        return false;
    visit->reply.code = 304;
    visit->reply.cache = CACHE_BRIEF;
    return true;
}

void
visit_search_request(struct visit *visit, struct search_request *request)
{
    const struct cgi_config *config = &visit->config;
    const struct cgi_request *asked = &visit->request;
    unsigned hits = asked->hits ? asked->hits : config->hits;

    request->now = visit->today;
    request->limit = hits;
    request->offset = (size_t)(asked->page - 1) * hits;
    request->sort = asked->sort;
    /* Who subscribes to a search wants what is new. */
    if (asked->renderer && (asked->renderer->offers & RENDER_FEED))
        request->sort = SORT_NEWEST;
    request->snippet_width = SNIPPET_BYTES;
    request->time_limit = config->soft_deadline;
    request->timing = &visit->timing;
}

void
visit_name_archive(struct hit *hit)
{
    const char *name = strrchr(hit->archive.data, '/');
    struct buf last = BUF_INIT;

    if (!name)
        return;
    buf_add_text(&last, name + 1);
    buf_swap(&hit->archive, &last);
    buf_release(&last);
}

void
visit_render(struct visit *visit, struct search_result *result,
             struct render_options *options)
{
    const struct renderer *renderer = visit->request.renderer;
    struct cgi_request page = visit->request;
    struct buf address = BUF_INIT;
    struct buf around = BUF_INIT;

    options->query = visit->request.text;
    options->base_url = visit->config.base_url;
    options->now = visit->now;
    options->mark = true;
    page.renderer = NULL;
    if (visit->config.base_url) {
        buf_add_text(&address, visit->config.base_url);
        cgi_link(&visit->request, &address);
        buf_add_text(&around, visit->config.base_url);
        cgi_link(&page, &around);
        options->address = address.data;
        options->page = around.data;
    }
    for (size_t i = 0; i < result->hits; i++) {
        buf_clear(&result->hit[i].path);
        visit_name_archive(&result->hit[i]);
    }
    renderer->render(&visit->reply.body, result, options);
    buf_release(&address);
    buf_release(&around);
    visit->reply.type = renderer->media;
    visit->reply.suffix = renderer->suffix;
}

static enum status
answer_help(struct visit *visit, struct error *err)
{
    struct page page = visit_page(visit);
    struct markup markup = MARKUP_INIT;

    (void)err;
    page_help(&markup, &page);
    visit_take_page(visit, &markup);
    visit->reply.cache = CACHE_BRIEF;
    visit->reply.index = visit->config.index;
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

/* A file of the settings. */
static enum status
answer_file(struct visit *visit, const struct buf *file, const char *type)
{
    if (!file->size) {
        visit_refuse(visit, 404, "There is no page of that name.");
        return STATUS_OK;
    }
    buf_set(&visit->reply.body, file->data, file->size);
    visit->reply.type = type;
    visit->reply.cache = CACHE_FOREVER;
    return STATUS_OK;
}

static enum status
answer_site_style(struct visit *visit, struct error *err)
{
    (void)err;
    return answer_file(visit, &visit->config.style, "text/css; charset=utf-8");
}

static enum status
answer_logo(struct visit *visit, struct error *err)
{
    (void)err;
    return answer_file(visit, &visit->config.logo, visit->config.logo_type);
}

static enum status
answer_description(struct visit *visit, struct error *err)
{
    struct page page = visit_page(visit);
    struct markup markup = MARKUP_INIT;

    (void)err;
    if (!visit->config.base_url) {
        visit_refuse(visit, 404, "This archive does not say where it is.");
        return STATUS_OK;
    }
    page_description(&markup, &page);
    visit_take_page(visit, &markup);
    visit->reply.cache = CACHE_BRIEF;
    visit->reply.type = "application/opensearchdescription+xml";
    return STATUS_OK;
}

/* Who answers what; `archive`: not without one. */
static const struct {
    bool archive;
    enum status (*answer)(struct visit *visit, struct error *err);
} answers[] = {
    [SHOW_START] = {false, visit_start},
    [SHOW_RESULTS] = {true, visit_results},
    [SHOW_ARTICLE] = {true, visit_article},
    [SHOW_TREND] = {true, visit_trend},
    [SHOW_HELP] = {false, answer_help},
    [SHOW_STYLE] = {false, answer_style},
    [SHOW_SITE_STYLE] = {false, answer_site_style},
    [SHOW_LOGO] = {false, answer_logo},
    [SHOW_DESCRIPTION] = {false, answer_description},
};

/* What could not be right; the form keeps what was asked. */
static void
fail_request(struct visit *visit, enum status status, const char *sentence)
{
    unsigned bad = visit->request.bad;
    unsigned both = 1u << FILTER_FROM | 1u << FILTER_TO;

    if (status == STATUS_LIMIT)
        visit_refuse(visit, 414, sentence);
    else if (!bad)
        visit_refuse(visit, 400, sentence);
    else
        visit_fail(visit, 400,
                   bad == both && cgi_dates_are_sound(&visit->request)
                       ? WORD_BAD_ORDER
                       : WORD_BAD_DATE);
}

/* May it be answered at all?  False: the reply says why not. */
static bool
is_sound(struct visit *visit)
{
    const struct environment *environment = &visit->environment;
    const char *path = environment->path_info;
    struct error err = {0};
    enum status status = STATUS_OK;

    if (!environment->method || (strcmp(environment->method, "GET") != 0 &&
                                 strcmp(environment->method, "HEAD") != 0)) {
        visit_refuse(visit, 405, "This page is read with GET or HEAD only.");
        return false;
    }
    /* A slash after the program's name is one that somebody typed. */
    if (path && *path && strcmp(path, "/") != 0) {
        visit_refuse(visit, 404, "There is no page here.");
        return false;
    }
    status = cgi_parse(&visit->request, &visit->config,
                       environment->query ? environment->query : "", &err);
    if (status)
        fail_request(visit, status, err.text);
    return !status;
}

enum status
visit_answer(struct visit *visit, struct error *err)
{
    if (!is_sound(visit))
        return STATUS_OK;
    if (answers[visit->request.show].archive && !visit->search) {
        visit_fail_archive(visit, visit->closed);
        return STATUS_OK; /* the log knows already */
    }
    if (is_unchanged(visit))
        return STATUS_OK;
    return answers[visit->request.show].answer(visit, err);
}
