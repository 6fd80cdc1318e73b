/*
 * query/render/render.h - results in the formats that people and programs read.
 *
 * A renderer turns a result into bytes; it knows nothing of the archive, and
 * the search knows nothing of formats.  A new format is one file,
 * render_NAME.c, and one row in the table of render.c.
 */
#ifndef QUERY_RENDER_H
#define QUERY_RENDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "corpus/base/buf.h"
#include "query/search/result.h"

/* The version of what programs read: raised when a name in it changes its
 * meaning or goes. */
#define RENDER_VERSION 1

/* What lines of matches are sorted by. */
enum render_kwic {
    KWIC_RANK, /* as the hits are */
    KWIC_LEFT, /* the words before the match, the nearest first */
    KWIC_RIGHT,
    KWIC_DATE /* oldest first */
};

struct render_options {
    const char *query;    /* as typed */
    const char *template; /* "{date} {headline}\\n", for text; or NULL */
    const char *fields;   /* "date,source,headline" for csv and tsv; or NULL */
    const char *base_url; /* where the search page is, for feeds; or NULL */
    const char *address;  /* of this very result, for feeds; or NULL */
    const char *page;     /* of the page that shows it, for feeds; or NULL */
    int64_t now;          /* for feeds that no article dates */
    size_t offset;        /* of the first hit */
    size_t width;         /* columns of the terminal; 0: do not wrap */
    bool color;           /* marks and fields in colour */
    bool links;           /* headlines as links of the terminal */
    const char *link; /* "{url}", "file://{host}{path}": of these links; NULL:
                         the address, else the file */
    const char *host; /* of this machine, for links to files; or NULL */
    bool one_line;    /* text: date, source and headline only */
    bool keywords;    /* text, csv, tsv: every match in its line */
    enum render_kwic kwic;
    bool near;          /* the words near instead of hits */
    bool counts;        /* csv, tsv, jsonl: those of facets, not hits */
    size_t facet_limit; /* most values of a facet; 0: all */
    bool goes_on;       /* hits came before these in the same file: */
    bool stays_open;    /* or will come after them */
    bool mark;          /* csv: a byte order mark, for spreadsheets */
    bool whole;         /* hits have their texts, and these are shown */
};

/* Where a format is offered; what is in the table is offered on a terminal. */
enum {
    RENDER_PAGE = 1,      /* the search page has it, too */
    RENDER_ALTERNATE = 2, /* and tells browsers and programs of it */
    RENDER_FEED = 4,      /* can be subscribed to: comes before others */
    RENDER_EXPORT = 8     /* all hits at once can be taken along in it */
};

struct renderer {
    const char *name;   /* what --format and the page's "format" take */
    const char *title;  /* "BibTeX": of a link to it */
    const char *media;  /* "text/csv; charset=utf-8" */
    const char *suffix; /* "csv", if a browser is to save it; else NULL */
    const char *about;  /* a line of help */
    unsigned offers;    /* RENDER_... */
    void (*render)(struct buf *out, const struct search_result *result,
                   const struct render_options *options);
};

/* All of them, ended by a row without a name. */
const struct renderer *renderers(void);

/* Those of them that are offered there, feeds first: the one after `last`, or
 * the first if that is NULL; NULL after the last. */
const struct renderer *renderer_offered(const struct renderer *last,
                                        unsigned offer);

/* NULL if there is none of that name. */
const struct renderer *renderer_find(const char *name);

/* The fields that csv and tsv have, by numbers from 0; NULL after the last. */
const char *render_field(size_t number);

/* Is every name in a list of fields one that csv and tsv have?  If not,
 * `*bad` and `*bad_size` are the first that is not. */
bool render_fields_known(const char *fields, const char **bad,
                         size_t *bad_size);

/* The same of the fields that a template names. */
bool render_template_known(const char *text, const char **bad,
                           size_t *bad_size);

/* Does one of them need the texts of hits (search_request.texts)? */
bool render_fields_want_texts(const char *fields);

#endif
