/*
 * corpus/base/error.h - the one way to fail.
 *
 * A function that can fail returns `enum status` (0 is success) and takes
 * `struct error *err` last.  Failing is one line:
 *
 *     return error_set(err, STATUS_IO, "%s: %s", path, strerror(errno));
 *
 * The sentence is for a person: what, where, why and, if it is known, what
 * to do; no final newline, no function names.  On success `err` is left
 * alone; after a failure every output of the function is safe to release.
 * Nobody prints below `main`.
 */
#ifndef CORPUS_ERROR_H
#define CORPUS_ERROR_H

enum status {
    STATUS_OK = 0,
    STATUS_IO,          /* the system refused to read or write */
    STATUS_FORMAT,      /* bytes that are not what they should be */
    STATUS_LIMIT,       /* larger, deeper or slower than we accept */
    STATUS_USAGE,       /* the caller asked for what does not exist */
    STATUS_ABSENT,      /* no such file, archive or article */
    STATUS_LOCKED,      /* another run is at work */
    STATUS_FULL,        /* no space or quota left */
    STATUS_VERSION,     /* an archive of another schema version */
    STATUS_DAMAGED,     /* an archive that contradicts itself */
    STATUS_INDEX,       /* SQLite failed in some other way */
    STATUS_MEMORY,      /* SQLite or the system got none; mem.h ends the program
                           instead */
    STATUS_INTERRUPTED, /* ended from outside; may go well another time */
    STATUS_KILLED       /* a worker process died of its task */
};

/* Start it at zero: `struct error err = {0};`. */
struct error {
    enum status status;
    char text[1024]; /* valid UTF-8 if the arguments were; cut to fit */
};

/* Fill `err` and return `status`.  `err` may be NULL: nobody wants to know. */
enum status error_set(struct error *err, enum status status, const char *format,
                      ...) __attribute__((format(printf, 3, 4)));

/* Put a prefix such as a file's name before the sentence; returns the status
 * that `err` already has; of NULL, STATUS_IO. */
enum status error_prefix(struct error *err, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* STATUS_FULL for ENOSPC, EDQUOT and EFBIG, STATUS_ABSENT for ENOENT and
 * ENOTDIR, STATUS_MEMORY for ENOMEM, else STATUS_IO. */
enum status status_of_errno(int number);

#endif
