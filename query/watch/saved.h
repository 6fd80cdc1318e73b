/*
 * query/watch/saved.h - searches that have a name.
 *
 *     # ~/.config/nsearch/saved
 *     quotas  (opec OR cartel) quota
 *
 * One a line: its name, blanks, its query.  The file belongs to the program,
 * which keeps what else a person writes into it; the search page reads one of
 * the same form.
 */
#ifndef QUERY_SAVED_H
#define QUERY_SAVED_H

#include <stdbool.h>

#include "corpus/base/buf.h"
#include "corpus/base/error.h"
#include "corpus/base/list.h"

/* Letters of any script, digits, and "-_." after the first; 64 bytes at most:
 * it is also the name of files. */
bool saved_name_is_sound(const char *name);

/*
 * Append "NAME QUERY" for each search in a file; one that is not there has
 * none.  STATUS_USAGE: a line that is no search, with its number.
 */
enum status saved_read(const char *path, struct list *saved, struct error *err);

/* The query of that name, the last of several; NULL: there is none. */
const char *saved_find(const struct list *saved, const char *name);

/* Append a query as it stands in a line. */
void saved_flatten(const char *query, struct buf *out);

/* Save a search in the file DIR/NAME_OF_FILE in the place of one of its name;
 * without a query that one goes.  The folder is made. */
enum status saved_put(const char *dir, const char *file, const char *name,
                      const char *query, struct error *err);

#endif
