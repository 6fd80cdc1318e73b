/*
 * corpus/html/html_scan.h - a page made small and safe before it is parsed.
 *
 * Two thirds of a news page are scripts, styles, drawings and attributes
 * that say nothing about its text, and an HTML5 parser pays dearly for each
 * byte of them.  Some pages are worse than useless: half a million nested
 * divs, or unclosed <b> tags that the standard has a parser open again in
 * every paragraph.  One pass over the bytes takes all that out:
 *
 *     <script>..</script>          gone, but JSON-LD is put aside
 *     <b>, <i>, <font> ...         plain elements that are never reopened
 *     <div onclick=x class=y>      <div class="y">
 *     <div style="display:none">   <div hidden="1">
 *     tags deeper than HTML_DEPTH, or behind HTML_TAGS of them: gone
 */
#ifndef CORPUS_HTML_SCAN_H
#define CORPUS_HTML_SCAN_H

#include <stddef.h>

#include "corpus/base/buf.h"
#include "corpus/base/error.h"
#include "corpus/base/list.h"

enum {
    HTML_SIZE_MOST = 24 << 20, /* bytes of a page that are accepted */
    HTML_TAGS = 200000,        /* tags kept */
    HTML_NAME = 24 /* bytes of an element's name; longer ones are cut */
};

struct html_scan {
    struct buf html;    /* what is left, for the parser */
    struct list jsonld; /* the texts of <script type="application/ld+json"> */
};

#define HTML_SCAN_INIT ((struct html_scan){.html = BUF_INIT})

void html_scan_release(struct html_scan *scan);

/* Scan a page of valid UTF-8.  STATUS_LIMIT for one above HTML_SIZE_MOST. */
enum status html_scan(struct html_scan *scan, const char *text, size_t size,
                      struct error *err);

/* The charset that the first 4 KiB of `bytes` declare in a <meta>, or NULL.
 * The caller frees it. */
char *html_declared_charset(const char *bytes, size_t size);

#endif
