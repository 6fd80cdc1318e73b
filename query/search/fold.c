#include "query/search/fold.h"

#include <stdlib.h>

#include "query/copies/story.h"

static bool
are_of_a_time(const struct hit *one, const struct hit *other)
{
    const int64_t window = (int64_t)FOLD_DAYS * 86400;
    int64_t apart = one->published.seconds - other->published.seconds;

    return one->published.precision == DATE_NONE ||
           other->published.precision == DATE_NONE ||
           (apart <= window && apart >= -window);
}

static bool
is_copy(const struct hit *hit, const struct hit *first)
{
    return !first->copy_of && are_of_a_time(hit, first) &&
           story_may_be(hit->story, first->story) &&
           story_is(hit->story, first->story);
}

void
fold_hits(struct search_result *result)
{
    for (size_t i = 0; i < result->hits; i++) {
        struct hit *hit = &result->hit[i];
        size_t from = i > FOLD_BEHIND ? i - FOLD_BEHIND : 0;

        for (size_t j = from; hit->story && !hit->copy_of && j < i; j++)
            if (result->hit[j].story && is_copy(hit, &result->hit[j])) {
                hit->copy_of = j + 1;
                result->hit[j].copies++;
            }
    }
    for (size_t i = 0; i < result->hits; i++) {
        story_free(result->hit[i].story);
        result->hit[i].story = NULL;
    }
}
