#include "query/render/render.h"

#include <string.h>

#include "query/render/renderers.h"

static const struct renderer table[] = {
    {"text", "text/plain; charset=utf-8", render_text},
    {"json", "application/json", render_json},
    {"jsonl", "application/jsonl", render_jsonl},
    {"csv", "text/csv; charset=utf-8", render_csv},
    {"tsv", "text/tab-separated-values; charset=utf-8", render_tsv},
    {"rss", "application/rss+xml; charset=utf-8", render_rss},
    {"atom", "application/atom+xml; charset=utf-8", render_atom},
    {"ris", "application/x-research-info-systems", render_ris},
    {"bibtex", "application/x-bibtex; charset=utf-8", render_bibtex},
    {"html", "text/html; charset=utf-8", render_html},
    {NULL, NULL, NULL},
};

const struct renderer *
renderers(void)
{
    return table;
}

const struct renderer *
renderer_find(const char *name)
{
    for (const struct renderer *row = table; row->name; row++)
        if (strcmp(row->name, name) == 0)
            return row;
    return NULL;
}
