/*
 * query/render/renderers.h - the renderers themselves, for the table of
 * render.c.
 */
#ifndef QUERY_RENDERERS_H
#define QUERY_RENDERERS_H

#include "query/render/render.h"

void render_text(struct buf *out, const struct search_result *result,
                 const struct render_options *options);
void render_json(struct buf *out, const struct search_result *result,
                 const struct render_options *options);
void render_jsonl(struct buf *out, const struct search_result *result,
                  const struct render_options *options);
void render_csv(struct buf *out, const struct search_result *result,
                const struct render_options *options);
void render_tsv(struct buf *out, const struct search_result *result,
                const struct render_options *options);
void render_rss(struct buf *out, const struct search_result *result,
                const struct render_options *options);
void render_atom(struct buf *out, const struct search_result *result,
                 const struct render_options *options);
void render_ris(struct buf *out, const struct search_result *result,
                const struct render_options *options);
void render_bibtex(struct buf *out, const struct search_result *result,
                   const struct render_options *options);
void render_html(struct buf *out, const struct search_result *result,
                 const struct render_options *options);

#endif
