/*
 * corpus/base/list.h - a growing list of strings.
 *
 * The list owns its strings.  `item` may be NULL while `count` is 0.
 */
#ifndef CORPUS_LIST_H
#define CORPUS_LIST_H

#include <stdbool.h>
#include <stddef.h>

struct list {
    char **item;
    size_t count;
    size_t room;
};

#define LIST_INIT ((struct list){0})

void list_release(struct list *list);
void list_clear(struct list *list);

/* Append a copy of `size` bytes. */
void list_add(struct list *list, const char *text, size_t size);
void list_add_text(struct list *list, const char *text);

/* Is this very string in the list? */
bool list_has(const struct list *list, const char *text);

void list_copy(struct list *list, const struct list *from);

#endif
