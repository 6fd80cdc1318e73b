#include "indexer/bits/sql.h"

#include <errno.h>
#include <string.h>

#include <sqlite3.h>

static enum status
no_memory(const char *what, struct error *err)
{
    return error_set(err, STATUS_MEMORY,
                     "%s: out of memory; nothing was changed, run again when "
                     "there is more",
                     what);
}

enum status
sql_failed(struct sqlite3 *db, const char *what, struct error *err)
{
    return sql_failed_with(db, db ? sqlite3_errcode(db) : SQLITE_NOMEM, what,
                           err);
}

enum status
sql_failed_with(struct sqlite3 *db, int code, const char *what,
                struct error *err)
{
    int last = errno; /* before anything can change it */
    const char *text = db && sqlite3_errcode(db) == code ? sqlite3_errmsg(db)
                                                         : sqlite3_errstr(code);
    int number = db ? sqlite3_system_errno(db) : 0;

    switch (code & 0xff) {
    case SQLITE_FULL:
        return error_set(err, STATUS_FULL, "%s: no space left", what);
    case SQLITE_NOMEM:
        return no_memory(what, err);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        /* A read error may look like this, too, so nothing is concluded
         * here: nindex check reads the file again. */
        return error_set(err, STATUS_DAMAGED,
                         "%s: contradicts itself, or could not be read; look "
                         "with: nindex check",
                         what);
    case SQLITE_ERROR: /* what is asked is always the same: so it is the file */
        return error_set(err, STATUS_INDEX,
                         "%s: gives no answer; look with: nindex check", what);
    case SQLITE_READONLY:
        return error_set(err, STATUS_IO, "%s: %s", what,
                         db && sqlite3_extended_errcode(db) ==
                                     SQLITE_READONLY_DIRECTORY
                             ? "no file may be made beside it"
                             : "may not be written to");
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
        if (db && sqlite3_extended_errcode(db) == SQLITE_IOERR_NOMEM)
            return no_memory(what, err);
        /* A quota or a limit on file sizes comes out of SQLite as a failed
         * write; after a failed COMMIT only errno still knows. */
        if (db && (status_of_errno(number) == STATUS_FULL ||
                   status_of_errno(last) == STATUS_FULL))
            return error_set(err, STATUS_FULL, "%s: no space left", what);
        /* After a file that it may not make SQLite looks for one to read. */
        if (number == ENOENT)
            text = "cannot be made";
        else if (number)
            text = strerror(number);
        return error_set(err, STATUS_IO, "%s: %s", what, text);
    default:
        return error_set(err, STATUS_INDEX, "%s: %s", what, text);
    }
}
