/*
 * query/web/cgi_config.h - the settings of nsearch.cgi, from one small file.
 *
 *     # Comments and empty lines are passed over.
 *     archive    /srv/news
 *     site_name  The Harbour Gazette
 *     base_url   https://archive.example/search
 *
 * One setting a line: its name, blanks, its value.  nsearch.cgi(8) describes
 * them all; a new one is a row in the table of cgi_config.c, a member here
 * and a line there.
 */
#ifndef QUERY_CGI_CONFIG_H
#define QUERY_CGI_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "corpus/base/buf.h"
#include "corpus/base/error.h"
#include "corpus/base/list.h"

struct cgi_config {
    struct list archives; /* the archives' folders; empty: not set */
    char *site_name;      /* what the masthead says */
    char *base_url;       /* the page's address as seen from outside, or NULL;
                             needed where a link must be absolute */
    char *language;       /* the pages' only one, or NULL: the visitor's */
    char *time_zone;      /* what "today" is in, as TZ has it; or NULL: UTC */
    char *footer;         /* a text below every page, or NULL */
    struct list footer_link; /* "https://a.example/imprint Imprint" */
    struct list saved;       /* "NAME QUERY": searches that have a name */
    struct buf style;        /* the site's own style sheet, or empty */
    uint64_t style_tag;
    struct buf logo; /* a picture, or empty */
    uint64_t logo_tag;
    const char *logo_type;    /* its media type */
    unsigned export_hits;     /* most hits that can be taken along at once */
    unsigned export_deadline; /* milliseconds to gather them */
    unsigned write_deadline;  /* milliseconds for a visitor to take an answer */
    unsigned hits;            /* hits on a page */
    unsigned pages;           /* pages that can be leafed through */
    unsigned query_bytes;     /* of what is typed */
    unsigned query_words;
    unsigned query_patterns;
    unsigned query_depth;
    unsigned soft_deadline; /* milliseconds: the search stops */
    unsigned hard_deadline; /* milliseconds: the process ends */
    unsigned cpu_seconds;   /* the kernel ends the process */
    unsigned memory;        /* MiB */
    unsigned slots;         /* requests at work at one time; 0: no limit */
    unsigned slot_wait;     /* milliseconds to wait for one */
    char *slot_folder;      /* for files that stand for slots, or NULL */
    bool index;             /* search engines may keep our pages */
    bool require_sandbox;   /* without a sandbox, answer 500 */
    bool log_queries;       /* one line a query on stderr */
    bool timing;            /* tell in a header where the time goes */
};

/* The defaults; owns its strings. */
void cgi_config_init(struct cgi_config *config);
void cgi_config_release(struct cgi_config *config);

/*
 * Read the file at `path` over what `config` holds.
 *
 * STATUS_ABSENT: there is no such file.  STATUS_FORMAT: a line that is not a
 * setting; the sentence names file, line and what is allowed there.
 */
enum status cgi_config_read(struct cgi_config *config, const char *path,
                            struct error *err);

/* The same from memory; `path` is for the sentences. */
enum status cgi_config_parse(struct cgi_config *config, const char *text,
                             size_t size, const char *path, struct error *err);

#endif
