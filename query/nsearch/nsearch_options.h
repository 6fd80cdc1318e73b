/*
 * query/nsearch/nsearch_options.h - the command line of nsearch(1).
 */
#ifndef QUERY_NSEARCH_OPTIONS_H
#define QUERY_NSEARCH_OPTIONS_H

#include <stdbool.h>
#include <stdio.h>

#include "corpus/base/buf.h"
#include "corpus/base/error.h"
#include "corpus/base/list.h"
#include "query/render/render.h"
#include "query/search/search.h"

/* What happens to hits that are copies of others. */
enum option_copies {
    COPIES_FOLD, /* the first of them tells of the others */
    COPIES_SHOW
};

enum option_when {
    WHEN_AUTO,
    WHEN_ALWAYS,
    WHEN_NEVER
};

/* What a command line asks for: one of these. */
enum output {
    OUTPUT_HITS,
    OUTPUT_LINES,   /* -1 */
    OUTPUT_KWIC,    /* --kwic */
    OUTPUT_NEAR,    /* --collocates */
    OUTPUT_FILES,   /* -l, -0 */
    OUTPUT_COUNT,   /* -c */
    OUTPUT_NOTHING, /* -q */
    OUTPUT_ARTICLE, /* --show */
    OUTPUT_OPEN,    /* --open */
    OUTPUT_RELATED, /* --related */
    OUTPUT_VALUES,  /* --values */
    OUTPUT_TREND,   /* --trend */
    OUTPUT_DIFF,    /* --diff */
    OUTPUT_CHECK,   /* --receipt-check */
    OUTPUT_SAVE,    /* --save */
    OUTPUT_FORGET,  /* --forget */
    OUTPUT_SAVED,   /* --saved, and no name */
    OUTPUT_TOTAL
};

struct options {
    struct list dirs;  /* -d */
    struct list usual; /* the settings' archives, if there is no -d */
    struct list saved; /* "NAME QUERY", of the settings */
    const char *watch; /* the name of --new, --save or --forget */
    const char *spool; /* --spool, or NULL */
    const char *like;  /* --like, or NULL */
    bool receipt;      /* --receipt */
    struct list then;  /* of --receipt-check: the receipt */
    bool list_saved;   /* --saved without a name */
    struct buf query;
    struct list parts;             /* the query's arguments, each by itself */
    enum search_facet by;          /* of --trend; FACET_COUNT: what suits */
    bool first;                    /* --first or --last */
    struct search_request request; /* all but text and now */
    const struct renderer *renderer;
    const char *fields;
    const char *template;
    const char *article; /* of --show and --open: a key or a number */
    int format_version;
    enum output output;
    enum option_when color;
    enum option_copies copies;
    enum render_kwic kwic;
    size_t facet_limit;
    size_t window;    /* words at each side, of --collocates */
    size_t width;     /* columns; 0: the terminal's */
    bool json;        /* --json, beside what --format may say */
    const char *link; /* the form of links, or NULL */
    bool links;
    bool timing;
    bool pager;
    bool nul;
    enum search_facet values;
    size_t shell;       /* to print a completion for */
    const char *joined; /* "-dock": -d and its value as one word, which may
                           have been meant to leave a word out; or NULL */
};

enum options_result {
    OPTIONS_RUN,
    OPTIONS_HELP,
    OPTIONS_VERSION,
    OPTIONS_COMPLETION,
    OPTIONS_BAD /* the sentence is in `err` */
};

/* Strings of `argv` are borrowed.  `settings` are files to read first, and
 * `saved` one of saved searches, or NULL. */
enum options_result options_read(struct options *options, int argc, char **argv,
                                 const struct list *settings, const char *saved,
                                 struct error *err);
void options_release(struct options *options);

void options_print_help(FILE *out);

/* The number of the hit that --show or --open names; 0: it names a key. */
size_t options_rank(const struct options *options);

#endif
