#include "corpus/command/choices.h"

#include <stdlib.h>
#include <string.h>

#include "corpus/base/mem.h"

void
choices_release(struct choices *choices)
{
    free(choices->item);
    *choices = CHOICES_INIT;
}

void
choices_add_field(struct choices *choices, const struct choice *field)
{
    choices->item = mem_grow(choices->item, choices->count, &choices->room,
                             sizeof(*choices->item));
    choices->item[choices->count++] = *field;
}

void
choices_add(struct choices *choices, const char *name, const char *about)
{
    choices_add_field(choices, &(struct choice){.name = name, .about = about});
}

void
choices_print(const struct choices *choices, const char *between,
              const char *last, struct buf *out)
{
    for (size_t i = 0; i < choices->count; i++) {
        if (i)
            buf_add_text(out, i + 1 < choices->count ? between : last);
        buf_add_text(out, choices->item[i].name);
    }
}

size_t
choices_find(const struct choices *choices, const char *name)
{
    size_t i = 0;

    while (i < choices->count && strcmp(choices->item[i].name, name) != 0)
        i++;
    return i;
}
