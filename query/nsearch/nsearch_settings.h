/*
 * query/nsearch/nsearch_settings.h - what a person wants every time.
 *
 *     # ~/.config/nsearch/config
 *     archive  /srv/news
 *     archive  /srv/wires
 *     sort     newest
 *     saved    quotas  (opec OR cartel) quota
 *
 * One setting a line: the name of an option, blanks, its value; nsearch(1)
 * lists which.  They are what options are when the command line does not say.
 */
#ifndef QUERY_NSEARCH_SETTINGS_H
#define QUERY_NSEARCH_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "corpus/base/error.h"
#include "corpus/base/list.h"

/* Takes one setting. */
struct settings_reader {
    enum status (*set)(void *context, const char *name, const char *value,
                       struct error *err);
    void *context;
};

/* Read a file; one that is not there has nothing to say.  STATUS_USAGE: a line
 * that is not a setting, with file and line in the sentence. */
enum status settings_read(const char *path,
                          const struct settings_reader *reader,
                          struct error *err);

/* The files that are read, first the machine's and then the person's; the
 * values of the variables are passed in by main. */
void settings_paths(const char *xdg_config_home, const char *home,
                    struct list *paths);

#endif
