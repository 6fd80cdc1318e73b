#include "corpus/base/seen.h"

#include <search.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "corpus/base/mem.h"

struct sighting {
    const char *text;
    size_t size;
    size_t number;
};

/* By size first: most texts differ in it. */
static int
compare(const void *a, const void *b)
{
    const struct sighting *left = a;
    const struct sighting *right = b;

    if (left->size != right->size)
        return left->size < right->size ? -1 : 1;
    return left->size ? memcmp(left->text, right->text, left->size) : 0;
}

/* A sighting and its text in one piece. */
static struct sighting *
sighting_new(const struct sighting *like)
{
    struct sighting *sighting = mem_alloc(sizeof(*sighting) + like->size);
    char *text = (char *)(sighting + 1);

    *sighting = *like;
    if (like->size)
        memcpy(text, like->text, like->size);
    sighting->text = text;
    return sighting;
}

void
seen_release(struct seen *seen)
{
    while (seen->root) {
        struct sighting *sighting = *(struct sighting **)seen->root;

        (void)tdelete(sighting, &seen->root, compare);
        free(sighting);
    }
    *seen = SEEN_INIT;
}

size_t
seen_number(struct seen *seen, const char *text, size_t size)
{
    struct sighting wanted = {text, size, seen->count};
    struct sighting **found = mem_got(tsearch(&wanted, &seen->root, compare));

    /* The tree took what was looked for, which is not to stay. */
    if (*found == &wanted) {
        *found = sighting_new(&wanted);
        seen->count++;
    }
    return (*found)->number;
}

size_t
seen_find(const struct seen *seen, const char *text, size_t size)
{
    const struct sighting wanted = {text, size, 0};
    struct sighting **found = tfind(&wanted, &seen->root, compare);

    return found ? (*found)->number : SIZE_MAX;
}

size_t
seen_thing(struct seen *seen, const void *thing)
{
    return seen_number(seen, (const char *)&thing, sizeof(thing));
}

size_t
seen_find_thing(const struct seen *seen, const void *thing)
{
    return seen_find(seen, (const char *)&thing, sizeof(thing));
}
