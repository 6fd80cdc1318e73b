#include "query/copies/changes.h"

#include <stdlib.h>

#include "corpus/base/ascii.h"
#include "query/copies/story_parts.h"

/* A part of a text. */
struct stretch {
    const char *text;
    size_t size;
};

struct telling {
    changes_see see;
    void *context;
};

static void
tell(const struct telling *telling, enum change change, const char *text,
     size_t size)
{
    if (size)
        telling->see(telling->context, change, text, size);
}

/* Is `at` between two words, or where a text ends? */
static bool
is_between_words(struct stretch part, size_t at)
{
    return at == 0 || at >= part.size ||
           !ascii_is_word_byte(part.text[at - 1]) ||
           !ascii_is_word_byte(part.text[at]);
}

static size_t
shared_front(struct stretch one, struct stretch other)
{
    size_t most = one.size < other.size ? one.size : other.size;
    size_t front = 0;

    while (front < most && one.text[front] == other.text[front])
        front++;
    while (front &&
           !(is_between_words(one, front) && is_between_words(other, front)))
        front--;
    return front;
}

static size_t
shared_back(struct stretch one, struct stretch other)
{
    size_t most = one.size < other.size ? one.size : other.size;
    size_t back = 0;

    while (back < most &&
           one.text[one.size - 1 - back] == other.text[other.size - 1 - back])
        back++;
    while (back && !(is_between_words(one, one.size - back) &&
                     is_between_words(other, other.size - back)))
        back--;
    return back;
}

/* Parts that stand in the same place: what both begin or end with is the
 * same. */
static void
tell_parts(const struct telling *telling, struct stretch one,
           struct stretch other)
{
    size_t front = shared_front(one, other);
    size_t back;

    tell(telling, CHANGE_NONE, other.text, front);
    one = (struct stretch){one.text + front, one.size - front};
    other = (struct stretch){other.text + front, other.size - front};
    back = shared_back(one, other);
    tell(telling, CHANGE_OUT, one.text, one.size - back);
    tell(telling, CHANGE_IN, other.text, other.size - back);
    tell(telling, CHANGE_NONE, other.text + other.size - back, back);
}

void
changes_between(const struct story *one, const struct story *other,
                changes_see see, void *context)
{
    const struct telling telling = {see, context};
    struct story_place *place = story_align(one, other);
    size_t from = 0; /* bytes that have been told of each */
    size_t other_from = 0;

    for (size_t i = 0; i < one->words; i++) {
        const struct story_word *word = &one->word[i];
        const struct story_word *twin;

        if (!place[i].same)
            continue;
        twin = &other->word[place[i].word];
        tell_parts(
            &telling, (struct stretch){one->text + from, word->at - from},
            (struct stretch){other->text + other_from, twin->at - other_from});
        /* Capitals may differ. */
        tell_parts(&telling, (struct stretch){one->text + word->at, word->size},
                   (struct stretch){other->text + twin->at, twin->size});
        from = word->at + (size_t)word->size;
        other_from = twin->at + (size_t)twin->size;
    }
    tell_parts(
        &telling, (struct stretch){one->text + from, one->size - from},
        (struct stretch){other->text + other_from, other->size - other_from});
    free(place);
}

bool
changes_are_cut(const struct story *one, const struct story *other)
{
    return one->cut || other->cut;
}
