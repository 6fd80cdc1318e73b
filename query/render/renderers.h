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
void render_csl(struct buf *out, const struct search_result *result,
                const struct render_options *options);
void render_html(struct buf *out, const struct search_result *result,
                 const struct render_options *options);

/* The counts of facets: for a terminal, as rows of a table, as the list of one
 * facet's values, and a line for each value. */
void render_counts_text(struct buf *out, const struct search_result *result,
                        const struct render_options *options);
void render_counts_table(struct buf *out, const struct search_result *result,
                         const struct render_options *options, char between);
void render_counts_json(struct buf *out, const struct search_result *result,
                        enum search_facet which,
                        const struct render_options *options);
void render_counts_jsonl(struct buf *out, const struct search_result *result,
                         const struct render_options *options);

/* Every match in its line: for a terminal, and as rows of a table. */
void render_kwic_text(struct buf *out, const struct search_result *result,
                      const struct render_options *options);
void render_kwic_table(struct buf *out, const struct search_result *result,
                       const struct render_options *options, char between);

/* The words near those of the query. */
void render_near_text(struct buf *out, const struct search_result *result);
void render_near_table(struct buf *out, const struct search_result *result,
                       char between);
void render_near_json(struct buf *out, const struct search_result *result);
void render_near_jsonl(struct buf *out, const struct search_result *result);

/* Hits as a template has them. */
void render_template(struct buf *out, const struct search_result *result,
                     const struct render_options *options);

/* A value in a table, quoted if commas are between. */
void render_table_value(struct buf *out, const struct buf *value, char between);

/* One article, whole: what render_text() does with options->whole. */
void render_article(struct buf *out, const struct hit *hit,
                    const struct render_options *options);

#endif
