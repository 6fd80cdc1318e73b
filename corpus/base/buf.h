/*
 * corpus/base/buf.h - a growing byte string.
 *
 * Invariants: `data` is never NULL and data[size] is a NUL, also when the
 * string is empty, so `data` can always be read as a C string.  The bytes
 * may hold NULs of their own.  A buffer that grows from input is given a
 * limit; appending beyond it sets `over` and drops the bytes, and the owner
 * asks for `over` once at the end.
 */
#ifndef CORPUS_BUF_H
#define CORPUS_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf {
    char *data;
    size_t size;  /* bytes in use, without the NUL */
    size_t room;  /* bytes allocated; 0 while data is the shared empty one */
    size_t limit; /* most bytes accepted; 0 is no limit */
    bool over;    /* something did not fit under the limit */
};

extern char buf_empty[1];

#define BUF_INIT ((struct buf){.data = buf_empty})
#define BUF_LIMITED(bytes) ((struct buf){.data = buf_empty, .limit = (bytes)})

/* Free the contents; the buffer is empty and usable again. */
void buf_release(struct buf *buf);

/* Make it empty, keep the memory. */
void buf_clear(struct buf *buf);

/* Cut it to at most `size` bytes. */
void buf_cut(struct buf *buf, size_t size);

/* Make room for `more` bytes behind the present ones. */
void buf_reserve(struct buf *buf, size_t more);

void buf_add(struct buf *buf, const void *data, size_t size);
void buf_add_byte(struct buf *buf, char byte);
void buf_add_text(struct buf *buf, const char *text);
void buf_printf(struct buf *buf, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Replace the contents. */
void buf_set(struct buf *buf, const void *data, size_t size);
void buf_set_text(struct buf *buf, const char *text);

/* Remove ASCII blanks, tabs and line ends at both ends. */
void buf_trim(struct buf *buf);

/* The contents as a string of the caller's; the buffer is empty after. */
char *buf_take(struct buf *buf);

/* Exchange contents. */
void buf_swap(struct buf *a, struct buf *b);

bool buf_equal(const struct buf *a, const struct buf *b);

#endif
