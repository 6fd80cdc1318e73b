/* Any bytes as every text of a page: what is markup in it does not depend on
 * them, and what is text reads as they do. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "corpus/base/count.h"
#include "query/render/render.h"
#include "query/web/page.h"
#include "tests/fuzz/fuzz_pages.h"
#include "tests/fuzz/fuzz_result.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What a reader sees of a piece without markup, be it in an address, and with
 * the bytes that a mild page does not have replaced. */
static void
add_seen(struct buf *out, const char *text, size_t size)
{
    struct buf once = BUF_INIT;
    size_t from = out->size;

    fuzz_unescape(&once, text, size);
    fuzz_unpercent(out, once.data, once.size);
    for (size_t i = from; i < out->size; i++)
        if (fuzz_is_markup(out->data[i]))
            out->data[i] = 'x';
    buf_release(&once);
}

/* The tag that begins at `at`, its values as they are seen; its size. */
static size_t
add_tag(struct buf *out, const char *page, size_t at)
{
    size_t begin = at;

    while (page[at] != '>') {
        size_t size = strcspn(page + at, "\"<>");

        if (page[at] == '<') {
            assert(at == begin);
            buf_add_byte(out, page[at++]);
            continue;
        }
        buf_add(out, page + at, size);
        at += size;
        if (page[at] == '"') {
            size = strcspn(page + at + 1, "\"");
            assert(!memchr(page + at + 1, '<', size));
            buf_add_byte(out, '"');
            add_seen(out, page + at + 1, size);
            buf_add_byte(out, '"');
            at += size + 2;
        }
        assert(page[at]);
    }
    buf_add_byte(out, '>');
    return at + 1 - begin;
}

/* What stands in an item's description is markup, written as text. */
static bool
is_written_markup(const char *page, const char *at)
{
    static const char tag[] = "<description>";
    const size_t size = sizeof(tag) - 1;
    const char *item = strstr(page, "<item>");

    return item && item < at && (size_t)(at - page) > size &&
           memcmp(at - size, tag, size) == 0;
}

static void
add_text(struct buf *out, const char *page, const char *at, size_t size)
{
    struct buf once = BUF_INIT;

    if (is_written_markup(page, at)) {
        fuzz_unescape(&once, at, size);
        at = once.data;
        size = once.size;
    }
    add_seen(out, at, size);
    buf_release(&once);
}

static void
outline(struct buf *out, const struct buf *page)
{
    size_t at = 0;

    assert(utf8_valid(page->data, page->size));
    assert(strlen(page->data) == page->size);
    while (at < page->size) {
        size_t size = strcspn(page->data + at, "<");

        add_text(out, page->data, page->data + at, size);
        at += size;
        if (at < page->size)
            at += add_tag(out, page->data, at);
    }
}

/* All that is markup, one behind the other. */
static void
make_pages(struct fuzz_texts *texts, struct buf *out)
{
    static const char *const formats[] = {"html", "rss", "atom"};
    static struct cgi_config config;
    struct cgi_request request = CGI_REQUEST_INIT;
    struct search_result result;
    struct list notes = LIST_INIT;
    struct markup markup = MARKUP_INIT;
    struct page page = {.config = &config,
                        .request = &request,
                        .words = &words_en,
                        .now = 1541160000,
                        .result = &result,
                        .notes = &notes,
                        .hit = NULL};
    struct render_options options = {.base_url = "https://a.example/",
                                     .now = 1541160000};
    char *text[FILTER_COUNT + 1];

    if (!config.site_name)
        cgi_config_init(&config);
    for (size_t i = 0; i <= FILTER_COUNT; i++)
        text[i] = fuzz_string(texts);
    for (size_t i = 0; i < FILTER_COUNT; i++)
        request.filter[i] = text[i];
    request.text = text[FILTER_COUNT];
    list_add_text(&notes, request.text);
    fuzz_result(texts, &result);
    page.hit = &result.hit[0];
    page_start(&markup, &page);
    page_results(&markup, &page);
    page_article(&markup, &page);
    page_failure(&markup, &page, 400, WORD_BAD_DATE, NULL);
    result.total = 0;
    page_results(&markup, &page);
    buf_add(out, markup.out.data, markup.out.size);
    options.query = request.text;
    options.address = request.text;
    options.page = request.text;
    for (size_t i = 0; i < COUNT(formats); i++)
        renderer_find(formats[i])->render(out, &result, &options);
    search_result_release(&result);
    markup_release(&markup);
    list_release(&notes);
    for (size_t i = 0; i <= FILTER_COUNT; i++)
        free(text[i]);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_texts texts = {.all = (const char *)data, .size = size};
    struct fuzz_texts mild = texts;
    struct buf page = BUF_INIT;
    struct buf mild_page = BUF_INIT;
    struct buf shape = BUF_INIT;
    struct buf mild_shape = BUF_INIT;

    mild.mild = true;
    make_pages(&texts, &page);
    make_pages(&mild, &mild_page);
    outline(&shape, &page);
    outline(&mild_shape, &mild_page);
    assert(buf_equal(&shape, &mild_shape));
    buf_release(&page);
    buf_release(&mild_page);
    buf_release(&shape);
    buf_release(&mild_shape);
    return 0;
}
