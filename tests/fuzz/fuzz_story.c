/* Any two texts, a NUL between them: their words find places that rise, the
 * same is said of them in both orders, and of a text with enough words that it
 * is what it is. */
#include <stdlib.h>
#include <string.h>

#include "query/copies/changes.h"
#include "query/copies/story_parts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
expect_rising(const struct story *one, const struct story *other)
{
    struct story_place *place = story_align(one, other);
    size_t next = 0;

    for (size_t i = 0; i < one->words; i++) {
        if (place[i].word == STORY_NO_WORD)
            continue;
        if (place[i].word < next || place[i].word >= other->words)
            abort();
        if (place[i].same &&
            one->word[i].hash != other->word[place[i].word].hash)
            abort();
        next = place[i].word + (size_t)1;
    }
    free(place);
}

struct told {
    size_t one;
    size_t other;
};

static void
count(void *context, enum change change, const char *text, size_t size)
{
    struct told *told = context;

    (void)text;
    told->one += change == CHANGE_IN ? 0 : size;
    told->other += change == CHANGE_OUT ? 0 : size;
}

/* All bytes of both are told of. */
static void
expect_both(const struct story *one, const struct story *other)
{
    struct told told = {0};

    changes_between(one, other, count, &told);
    if (told.one != one->size || told.other != other->size)
        abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *end = size ? memchr(data, 0, size) : NULL;
    size_t first = end ? (size_t)(end - data) : size;
    struct story *one = story_new((const char *)data, first);
    struct story *other = story_new((const char *)data + first, size - first);

    expect_rising(one, other);
    expect_rising(other, one);
    if (story_may_be(one, other) != story_may_be(other, one) ||
        story_is(one, other) != story_is(other, one))
        abort();
    expect_both(one, other);
    for (size_t i = 0; i < one->words; i++)
        if (one->word[i].at + (size_t)one->word[i].size > first)
            abort();
    story_free(one);
    story_free(other);
    return 0;
}
