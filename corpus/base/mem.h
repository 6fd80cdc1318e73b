/*
 * corpus/base/mem.h - memory that is always there.
 *
 * Running out of memory ends the program with one sentence and exit code 70,
 * here and nowhere else, so no caller has a path for it.  The exception are
 * functions that SQLite calls back: they use sqlite3_malloc64.
 *
 * What these return is released with free(3).
 */
#ifndef CORPUS_MEM_H
#define CORPUS_MEM_H

#include <stddef.h>

/* `size` bytes, not cleared; a `size` of 0 gives a pointer too. */
void *mem_alloc(size_t size);

/* `count` elements of `size` bytes, all zero. */
void *mem_zero(size_t count, size_t size);

/* Resize `old` (or NULL) to `count` elements of `size` bytes. */
void *mem_resize(void *old, size_t count, size_t size);

/* A copy of `size` bytes with a NUL behind it. */
char *mem_text(const char *text, size_t size);

/* A copy of a C string; NULL gives NULL. */
char *mem_string(const char *text);

/* What a library allocated, or the end of the program if that is NULL. */
void *mem_got(void *got);

/* The same for libraries that can be told how to get memory, and would else
 * take the want of it for bad data: as zlib calls it, as others do, and for
 * both to give it back.  `context` is theirs. */
void *mem_for_zlib(void *context, unsigned count, unsigned size);
void *mem_for_library(void *context, size_t size);
void mem_from_library(void *context, void *got);

/* Call `tell` before the program ends for want of so many bytes; it may end
 * the program in a way of its own. */
void mem_on_refusal(void (*tell)(size_t wanted));

/*
 * Make room for one more element in a growing array:
 *
 *     list->item = mem_grow(list->item, list->count, &list->room,
 *                           sizeof(*list->item));
 */
void *mem_grow(void *old, size_t count, size_t *room, size_t size);

#endif
