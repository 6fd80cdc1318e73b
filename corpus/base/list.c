#include "corpus/base/list.h"

#include <stdlib.h>
#include <string.h>

#include "corpus/base/mem.h"

void
list_release(struct list *list)
{
    list_clear(list);
    free(list->item);
    *list = LIST_INIT;
}

void
list_clear(struct list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->item[i]);
    list->count = 0;
}

void
list_add(struct list *list, const char *text, size_t size)
{
    list->item =
        mem_grow(list->item, list->count, &list->room, sizeof(*list->item));
    list->item[list->count++] = mem_text(text, size);
}

void
list_add_text(struct list *list, const char *text)
{
    list_add(list, text, strlen(text));
}

bool
list_has(const struct list *list, const char *text)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->item[i], text) == 0)
            return true;
    return false;
}

void
list_copy(struct list *list, const struct list *from)
{
    list_clear(list);
    for (size_t i = 0; i < from->count; i++)
        list_add_text(list, from->item[i]);
}
