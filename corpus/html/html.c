#include "corpus/html/html.h"

#include <stdlib.h>
#include <string.h>

#include "corpus/html/html_page.h"
#include "corpus/input/charset.h"

static void
page_release(struct html_page *page)
{
    html_blocks_release(&page->blocks);
    html_tree_release(&page->tree);
    html_scan_release(&page->scan);
    html_jsonld_release(&page->stated);
    free(page->metas);
    *page = HTML_PAGE_INIT;
}

/* Scan, parse and cut valid UTF-8. */
static enum status
page_build(struct html_page *page, const char *text, size_t size,
           struct error *err)
{
    enum status status = html_scan(&page->scan, text, size, err);

    if (!status)
        status = html_tree_build(&page->tree, &page->scan.html, err);
    if (!status)
        html_blocks_build(&page->blocks, &page->tree);
    return status;
}

/* What the page says of itself in JSON-LD. */
static void
read_stated(struct html_page *page, const char *url)
{
    const char *address = html_address(page);
    struct buf title = BUF_INIT;

    html_title(&page->tree, &title);
    html_jsonld_read(&page->stated, &page->scan.jsonld, address ? address : url,
                     title.data);
    buf_release(&title);
}

enum status
html_article(struct article *article, const char *bytes, size_t size,
             const char *charset, const char *url, struct error *err)
{
    struct html_page page = HTML_PAGE_INIT;
    struct buf text = BUF_INIT;
    char *declared = charset ? NULL : html_declared_charset(bytes, size);
    enum status status;

    charset_decode(&text, bytes, size, charset ? charset : declared);
    page.article = article;
    status = page_build(&page, text.data, text.size, err);
    if (status)
        goto done;
    html_meta_find(&page);
    read_stated(&page, url);
    html_stated(&page, url);
    html_headline(&page);
    html_root(&page);
    html_captions(&page);
    html_body(&page);
    html_authors(&page);
    html_date(&page, url);
    html_keywords(&page);
    html_kind(&page);
done:
    page_release(&page);
    buf_release(&text);
    free(declared);
    return status;
}

enum status
html_fragment(struct article *article, const char *text, size_t size,
              struct error *err)
{
    struct html_page page = HTML_PAGE_INIT;
    enum status status;

    page.article = article;
    status = page_build(&page, text, size, err);
    if (!status) {
        html_captions(&page);
        html_body_whole(&page);
    }
    page_release(&page);
    return status;
}
