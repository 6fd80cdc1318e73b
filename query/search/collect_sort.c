/* The order of what was found. */
#include <stdlib.h>
#include <string.h>

#include "corpus/date/calendar.h"
#include "query/search/collect.h"

enum {
    HALF_LIFE_DAYS = 365 /* what --recent halves a score after */
};

static int
newer_first(const struct found *a, const struct found *b)
{
    if (a->dated != b->dated)
        return a->dated ? -1 : 1;
    if (a->published != b->published)
        return a->published > b->published ? -1 : 1;
    return strcmp(a->key, b->key);
}

static int
by_score(const void *a, const void *b)
{
    const struct found *left = a;
    const struct found *right = b;

    if (left->score != right->score)
        return left->score > right->score ? -1 : 1;
    return newer_first(left, right);
}

static int
by_newest(const void *a, const void *b)
{
    return newer_first(a, b);
}

static int
by_oldest(const void *a, const void *b)
{
    const struct found *left = a;
    const struct found *right = b;

    if (left->dated != right->dated)
        return left->dated ? -1 : 1;
    return -newer_first(left, right);
}

static int
by_words(const void *a, const void *b)
{
    const struct found *left = a;
    const struct found *right = b;

    if (left->words != right->words)
        return left->words > right->words ? -1 : 1;
    return newer_first(left, right);
}

/* A year old weighs half, two years a third: old news is not lost news. */
static uint64_t
aged(const struct found *found, int64_t now)
{
    int64_t days = found->dated && now > found->published
                       ? (now - found->published) / SECONDS_A_DAY
                       : 0;

    if (!found->dated)
        return found->score / 2;
    return found->score / (uint64_t)(days + HALF_LIFE_DAYS) * HALF_LIFE_DAYS;
}

void
collect_sort(const struct collect_request *request, struct collection *out)
{
    static int (*const compare[])(const void *, const void *) = {
        [SORT_RANK] = by_score,
        [SORT_NEWEST] = by_newest,
        [SORT_OLDEST] = by_oldest,
        [SORT_WORDS] = by_words,
    };
    size_t close =
        out->count < SCORER_CLOSE_LOOK ? out->count : SCORER_CLOSE_LOOK;

    if (!out->count)
        return;
    qsort(out->item, out->count, sizeof(*out->item), compare[request->sort]);
    if (request->sort != SORT_RANK)
        return;
    for (size_t i = 0; i < out->count; i++) {
        if (i < close)
            out->item[i].score += out->item[i].near;
        else
            out->item[i].near = 0;
        if (request->recent)
            out->item[i].score = aged(&out->item[i], request->now);
    }
    qsort(out->item, request->recent ? out->count : close, sizeof(*out->item),
          by_score);
}

void
collect_order(struct collection *out, size_t count)
{
    qsort(out->item, count, sizeof(*out->item), by_score);
}
