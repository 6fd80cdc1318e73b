#include "query/render/render.h"

#include <string.h>

#include "query/render/renderers.h"

static const struct renderer table[] = {
    {"text", "Text", "text/plain; charset=utf-8", NULL, "for a terminal", 0,
     render_text},
    {"json", "JSON", "application/json", NULL, "all that is known of the hits",
     RENDER_PAGE | RENDER_ALTERNATE, render_json},
    {"jsonl", "JSON Lines", "application/jsonl", "jsonl",
     "a line of JSON for each hit", RENDER_PAGE | RENDER_EXPORT, render_jsonl},
    {"csv", "CSV", "text/csv; charset=utf-8", "csv",
     "a table, for spreadsheets", RENDER_PAGE | RENDER_EXPORT, render_csv},
    {"tsv", "TSV", "text/tab-separated-values; charset=utf-8", "tsv",
     "a table, for cut and awk", RENDER_PAGE, render_tsv},
    {"rss", "RSS", "application/rss+xml; charset=utf-8", NULL, "an RSS feed",
     RENDER_PAGE | RENDER_ALTERNATE | RENDER_FEED, render_rss},
    {"atom", "Atom", "application/atom+xml; charset=utf-8", NULL,
     "an Atom feed", RENDER_PAGE | RENDER_ALTERNATE | RENDER_FEED, render_atom},
    {"ris", "RIS", "application/x-research-info-systems", "ris",
     "citations, for reference managers", RENDER_PAGE | RENDER_EXPORT,
     render_ris},
    {"bibtex", "BibTeX", "application/x-bibtex; charset=utf-8", "bib",
     "citations, for BibTeX", RENDER_PAGE | RENDER_EXPORT, render_bibtex},
    {"csl-json", "CSL-JSON", "application/vnd.citationstyles.csl+json", "json",
     "citations, for Zotero and pandoc", RENDER_PAGE | RENDER_EXPORT,
     render_csl},
    {"html", "HTML", "text/html; charset=utf-8", NULL, "a page of its own", 0,
     render_html},
    {NULL, NULL, NULL, NULL, NULL, 0, NULL},
};

const struct renderer *
renderers(void)
{
    return table;
}

const struct renderer *
renderer_offered(const struct renderer *last, unsigned offer)
{
    unsigned feed = !last ? RENDER_FEED : last->offers & RENDER_FEED;
    const struct renderer *row = last ? last + 1 : table;

    for (;; row++) {
        if (!row->name) {
            if (!feed)
                return NULL;
            feed = 0;
            row = table;
        }
        if ((row->offers & offer) && (row->offers & RENDER_FEED) == feed)
            return row;
    }
}

const struct renderer *
renderer_find(const char *name)
{
    for (const struct renderer *row = table; row->name; row++)
        if (strcmp(row->name, name) == 0)
            return row;
    return NULL;
}
