/*
 * query/nsearch/nsearch_put.h - what nsearch(1) writes, and where to.
 *
 * Results go to stdout, through a pager if they are more than a screen; all
 * that is said about them goes to stderr.
 */
#ifndef QUERY_NSEARCH_PUT_H
#define QUERY_NSEARCH_PUT_H

#include <stdbool.h>
#include <stddef.h>

#include "corpus/base/buf.h"

enum {
    EXIT_FOUND = 0,
    EXIT_NOTHING = 1,
    EXIT_TROUBLE = 2,
    EXIT_UNFINISHED = 3,   /* the time limit struck */
    EXIT_VERSION_OLD = 20, /* of --format-version, as notmuch has it */
    EXIT_VERSION_NEW = 21
};

/* Say what is wrong; returns EXIT_TROUBLE. */
int put_trouble(const char *sentence);

/* The same of a write that failed, by errno. */
int put_write_failed(void);

/* A sentence that may quote what was typed. */
void put_note(const char *note);

/* Columns and lines of the terminal that stdout is; 0 if it is none. */
void put_terminal_size(size_t *columns, size_t *lines);

/*
 * Write to stdout; if it is at least `lines` lines and that is not 0, through
 * the pager.  A pager that fails is told, and the results go straight out.
 */
int put_out(const struct buf *out, size_t lines);

#endif
