/*
 * EPUB: a ZIP file of web pages, as Calibre makes it of a newspaper and pandoc
 * of a text.
 *
 *     META-INF/container.xml    rootfile full-path="OPS/package.opf"
 *     OPS/package.opf           metadata: dc:title, dc:creator, dc:date ...
 *                               manifest: item id href; spine: itemref idref
 *     OPS/ch1.xhtml
 *
 * Each page of the spine that has a text is an article, in their order; what
 * its package says of all is each one's that does not say it itself.  Covers,
 * title pages and tables of contents are none.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/tree.h>

#include "corpus/article/article.h"
#include "corpus/article/keywords.h"
#include "corpus/base/count.h"
#include "corpus/base/fnv.h"
#include "corpus/base/hash_table.h"
#include "corpus/base/mem.h"
#include "corpus/formats/formats.h"
#include "corpus/formats/zipped.h"
#include "corpus/html/html.h"
#include "corpus/story/byline.h"
#include "corpus/story/story.h"

/* A file that the manifest lists. */
struct page {
    struct buf id;
    struct buf path; /* empty once it has been handed out, and of the "nav" */
};

struct epub {
    struct zipped zipped;
    struct page *page;
    size_t pages;
    size_t room;
    struct hash_table ids; /* of the pages */
    xmlDoc *package;
    struct buf folder; /* of the package: "OPS/" */
    struct article common;
    struct buf title;
    const xmlNode *spine;
    const xmlNode *at; /* the itemref handed out last */
};

static int
epub_sniff(const char *head, size_t size)
{
    return zipped_sniff(head, size, "application/epub+zip") ? 100 : 0;
}

/* What the package says of all its pages. */
static void
read_metadata(struct epub *epub, const xmlNode *meta)
{
    struct article *common = &epub->common;
    const xmlNode *node = NULL;
    struct buf text = BUF_INIT;

    xml_text(&epub->title, xml_find(meta, "title"));
    if (xml_text(&common->publication, xml_find(meta, "publisher")))
        article_set_origin(common, MEMBER_PUBLICATION, "epub", "publisher");
    if (xml_text(&text, xml_find(meta, "language")))
        story_set_language(common, &text);
    if (xml_date(&common->published, xml_find(meta, "date"))) {
        common->published_from = DATE_FROM_FEED;
        article_set_origin(common, MEMBER_PUBLISHED, "epub", "date");
    }
    while ((node = xml_next(node, meta, NULL))) {
        if (!xml_text(&text, node))
            continue;
        if (xml_is(node, "creator"))
            byline_to_article(common, text.data, text.size);
        else if (xml_is(node, "subject"))
            keywords_add(common, text.data, text.size);
    }
    if (common->authors.count)
        article_set_origin(common, MEMBER_BYLINE, "epub", "creator");
    if (common->keywords.count)
        article_set_origin(common, MEMBER_KEYWORDS, "epub", "subject");
    article_shorten(common);
    buf_release(&text);
}

/* Append an address of the package's with its %20 undone. */
static void
add_path(struct buf *path, const char *href)
{
    for (; *href && *href != '#'; href++) {
        char hex[3] = "";
        char *end = hex;
        long byte = 0;

        if (*href == '%') {
            snprintf(hex, sizeof(hex), "%.2s", href + 1);
            byte = strtol(hex, &end, 16);
        }
        if (end == hex + 2 && byte)
            href += 2;
        else
            byte = (unsigned char)*href;
        buf_add_byte(path, (char)byte);
    }
}

static void
read_manifest(struct epub *epub, const xmlNode *manifest)
{
    const xmlNode *item = NULL;
    struct buf text = BUF_INIT;

    while ((item = xml_next(item, manifest, "item"))) {
        struct page page = {BUF_INIT, BUF_INIT};

        if (!xml_attribute(&page.id, item, "id"))
            continue;
        xml_attribute(&text, item, "properties");
        if (!strstr(text.data, "nav") && xml_attribute(&text, item, "href")) {
            buf_add(&page.path, epub->folder.data, epub->folder.size);
            add_path(&page.path, text.data);
        }
        hash_table_add(&epub->ids,
                       fnv_add_bytes(FNV_START, page.id.data, page.id.size),
                       (uint32_t)epub->pages);
        epub->page =
            mem_grow(epub->page, epub->pages, &epub->room, sizeof(*epub->page));
        epub->page[epub->pages++] = page;
    }
    buf_release(&text);
}

static enum status
read_package(struct epub *epub, struct reader *reader, struct error *err)
{
    xmlDoc *container = zipped_xml(&epub->zipped, "META-INF/container.xml");
    const xmlNode *root = container ? xmlDocGetRootElement(container) : NULL;
    struct buf path = BUF_INIT;
    const char *slash;

    if (xml_attribute(&path, xml_find(root, "rootfile"), "full-path"))
        epub->package = zipped_xml(&epub->zipped, path.data);
    slash = path.size ? strrchr(path.data, '/') : NULL;
    if (slash)
        buf_set(&epub->folder, path.data, (size_t)(slash - path.data) + 1);
    buf_release(&path);
    xmlFreeDoc(container);
    if (!epub->package)
        return error_set(err, STATUS_FORMAT,
                         "%s: an EPUB without a package that says what is in "
                         "it",
                         input_name(reader->input));
    root = xmlDocGetRootElement(epub->package);
    read_metadata(epub, xml_find(root, "metadata"));
    read_manifest(epub, xml_find(root, "manifest"));
    epub->spine = xml_find(root, "spine");
    return STATUS_OK;
}

static enum status
epub_open(struct reader *reader, struct error *err)
{
    struct epub *epub = mem_zero(1, sizeof(*epub));
    enum status status;

    epub->zipped = ZIPPED_INIT;
    epub->folder = BUF_INIT;
    epub->title = BUF_INIT;
    article_init(&epub->common);
    reader->state = epub;
    status = zipped_read(&epub->zipped, reader->input, err);
    return status ? status : read_package(epub, reader, err);
}

static void
epub_close(struct reader *reader)
{
    struct epub *epub = reader->state;

    if (!epub)
        return;
    zipped_release(&epub->zipped);
    for (size_t i = 0; i < epub->pages; i++) {
        buf_release(&epub->page[i].id);
        buf_release(&epub->page[i].path);
    }
    free(epub->page);
    hash_table_release(&epub->ids);
    xmlFreeDoc(epub->package);
    buf_release(&epub->folder);
    buf_release(&epub->title);
    article_release(&epub->common);
    free(epub);
    reader->state = NULL;
}

/* The page of an itemref: its path, and its bytes, or NULL.  Each is found but
 * once: a spine may name one a million times. */
static const struct buf *
find_page(struct epub *epub, const xmlNode *itemref, struct buf *path)
{
    struct buf id = BUF_INIT;
    struct hash_look look;
    uint32_t at;

    xml_attribute(&id, itemref, "idref");
    look =
        hash_table_look(&epub->ids, fnv_add_bytes(FNV_START, id.data, id.size));
    buf_clear(path);
    while ((at = hash_look_next(&look)) != HASH_NONE)
        if (!path->size && buf_equal(&epub->page[at].id, &id))
            buf_swap(path, &epub->page[at].path);
    buf_release(&id);
    return path->size ? zipped_find(&epub->zipped, path->data) : NULL;
}

/* Does the page say that it is a cover, its title or a table of contents? */
static bool
is_front(const struct buf *bytes)
{
    static const char *const types[] = {"\"titlepage\"", "\"cover\"", "\"toc\"",
                                        "\"landmarks\""};
    const char *type = strstr(bytes->data, "epub:type=");

    for (size_t i = 0; type && i < COUNT(types); i++)
        if (!strncmp(type + sizeof("epub:type=") - 1, types[i],
                     strlen(types[i])))
            return true;
    return false;
}

/* The first paragraph again, if it says `text`. */
static void
drop_first(struct article *article, const struct buf *text)
{
    struct buf *body = &article->body;
    const size_t size = strcspn(body->data, "\n");

    if (size != text->size || size >= body->size ||
        memcmp(body->data, text->data, size) != 0)
        return;
    memmove(body->data, body->data + size + 1, body->size - size - 1);
    buf_cut(body, body->size - size - 1);
}

static enum status
read_page(struct epub *epub, struct article *article, const struct buf *bytes,
          const struct buf *path, struct error *err)
{
    enum status status =
        html_article(article, bytes->data, bytes->size, NULL, NULL, err);

    if (status)
        return status;
    /* What is in a book is there to be read: it is no list of links. */
    if (article->kind != ARTICLE_STORY && article->body.size)
        article->kind = ARTICLE_STORY;
    buf_clear(&article->key);
    buf_printf(&article->key, "#id=%s", path->data);
    if (!article->headline.size) {
        buf_set(&article->headline, epub->title.data, epub->title.size);
        article_set_origin(article, MEMBER_HEADLINE, "epub", "title");
    }
    drop_first(article, &article->headline);
    drop_first(article, &epub->common.byline);
    if (!article->keywords.count) {
        list_copy(&article->keywords, &epub->common.keywords);
        article->origin[MEMBER_KEYWORDS] = epub->common.origin[MEMBER_KEYWORDS];
    }
    article_complete(article, &epub->common);
    return STATUS_OK;
}

static enum status
epub_next(struct reader *reader, struct article *article, bool *more,
          struct error *err)
{
    struct epub *epub = reader->state;
    struct buf path = BUF_INIT;
    enum status status = STATUS_OK;
    bool found = false;

    while (!status && !found &&
           (epub->at = xml_next(epub->at, epub->spine, "itemref"))) {
        const struct buf *bytes = find_page(epub, epub->at, &path);

        if (!bytes || is_front(bytes))
            continue;
        article_clear(article);
        status = read_page(epub, article, bytes, &path, err);
        found = article->body.size > 0;
    }
    *more = found || status;
    buf_release(&path);
    return status;
}

const struct format format_epub = {
    .name = "epub",
    .about = "an EPUB, each page of it an article",
    .suffixes = "epub",
    .sniff = epub_sniff,
    .open = epub_open,
    .next = epub_next,
    .close = epub_close,
};
