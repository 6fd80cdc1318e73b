/*
 * query/nsearch/nsearch_options.h - the command line of nsearch(1).
 */
#ifndef QUERY_NSEARCH_OPTIONS_H
#define QUERY_NSEARCH_OPTIONS_H

#include <stdbool.h>
#include <stdio.h>

#include "corpus/base/buf.h"
#include "corpus/base/error.h"
#include "query/render/render.h"
#include "query/search/search.h"

enum option_when {
    WHEN_AUTO,
    WHEN_ALWAYS,
    WHEN_NEVER
};

struct options {
    const char *dir; /* -d, or NULL */
    struct buf query;
    struct search_request request; /* all but text and now */
    const struct renderer *renderer;
    const char *fields;
    int format_version;
    enum option_when color;
    bool links;
    bool timing;
    bool pager;
    bool quiet;
    bool count;
    bool paths;
    bool nul;
    bool one_line;
    bool show_values;
    enum search_facet values;
    size_t shell; /* to print a completion for */
};

enum options_result {
    OPTIONS_RUN,
    OPTIONS_HELP,
    OPTIONS_VERSION,
    OPTIONS_COMPLETION,
    OPTIONS_BAD /* the sentence is in `err` */
};

/* Strings of `argv` are borrowed. */
enum options_result options_read(struct options *options, int argc, char **argv,
                                 struct error *err);
void options_release(struct options *options);

void options_print_help(FILE *out);

#endif
