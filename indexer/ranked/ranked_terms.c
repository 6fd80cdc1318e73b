#include "indexer/ranked/ranked_terms.h"

#include <string.h>

#include "corpus/base/bytes.h"
#include "indexer/ranked/ranked_parts.h"

/* A walk through the terms, from the first of a group on. */
struct walk {
    struct ranked *ranked;
    const unsigned char *at; /* the next term */
    const unsigned char *end;
    uint64_t next;  /* number of the next term */
    uint64_t list;  /* start of the present term's list */
    uint32_t bytes; /* of it */
    char term[256];
    size_t size;
};

static bool
walk_start(struct walk *walk, struct ranked *ranked, uint64_t group)
{
    uint64_t start = ranked_group_u64(ranked, group, RANKED_GROUP_TERMS);

    *walk = (struct walk){.ranked = ranked};
    if (start > ranked->dictionary_size) {
        ranked->damaged = true;
        return false;
    }
    walk->at = ranked->dictionary + start;
    walk->end = ranked->dictionary + ranked->dictionary_size;
    walk->next = group * RANKED_GROUP;
    walk->list = ranked_group_u64(ranked, group, RANKED_GROUP_LIST);
    return true;
}

static bool
walk_next(struct walk *walk)
{
    struct ranked *ranked = walk->ranked;
    size_t shared;
    size_t own;

    if (walk->next == ranked->terms)
        return false;
    if (walk->end - walk->at < 2)
        goto damaged;
    ranked_touch(ranked, walk->at);
    shared = *walk->at++;
    own = *walk->at++;
    if (shared > walk->size || shared + own >= sizeof(walk->term) ||
        (size_t)(walk->end - walk->at) < own)
        goto damaged;
    memcpy(walk->term + shared, walk->at, own);
    walk->size = shared + own;
    walk->at += own;
    walk->list += walk->bytes;
    if (!ranked_varint(&walk->at, walk->end, &walk->bytes) ||
        walk->list > ranked->lists_size ||
        walk->bytes > ranked->lists_size - walk->list)
        goto damaged;
    walk->next++;
    return true;
damaged:
    ranked->damaged = true;
    return false;
}

/* The first term of a group against another. */
static int
compare_first(struct ranked *ranked, uint64_t group, const char *term,
              size_t size)
{
    uint64_t start = ranked_group_u64(ranked, group, RANKED_GROUP_TERMS);
    uint64_t left = ranked->dictionary_size - start;
    const unsigned char *at;

    if (start <= ranked->dictionary_size)
        ranked_touch(ranked, ranked->dictionary + start);
    if (start > ranked->dictionary_size || left < 2 ||
        left - 2 < ranked->dictionary[start + 1]) {
        ranked->damaged = true;
        return 0;
    }
    at = ranked->dictionary + start;
    return bytes_compare(at + 2, at[1], term, size);
}

/* A walk at the group where the term is if it is anywhere. */
static bool
walk_to(struct walk *walk, struct ranked *ranked, const char *term, size_t size)
{
    struct bisect half = bisect_between(1, ranked->groups);

    /* The last group that does not begin behind the term, or the first. */
    while (bisect_next(&half))
        bisect_go(&half, compare_first(ranked, half.middle, term, size) <= 0);
    return ranked->groups > 0 && walk_start(walk, ranked, half.low - 1);
}

static bool
open_list(struct ranked *ranked, uint64_t start, uint32_t bytes, uint64_t term,
          struct ranked_list *list)
{
    *list = (struct ranked_list){0};
    ranked_touch(ranked, ranked->data + start);
    list->term = term;
    if (ranked_head(ranked, ranked->data + start, bytes, list))
        return true;
    *list = (struct ranked_list){0};
    ranked->damaged = true;
    return false;
}

/* Go to the term in its group; false if it is not there. */
static bool
walk_group(struct walk *walk, const char *term, size_t size)
{
    for (int i = 0; i < RANKED_GROUP && walk_next(walk); i++) {
        int order = bytes_compare(walk->term, walk->size, term, size);

        if (order >= 0)
            return order == 0;
    }
    return false;
}

bool
ranked_find(struct ranked *ranked, const char *term, size_t size,
            struct ranked_list *list)
{
    struct walk walk;

    *list = (struct ranked_list){0};
    return walk_to(&walk, ranked, term, size) &&
           walk_group(&walk, term, size) &&
           open_list(ranked, walk.list, walk.bytes, walk.next - 1, list);
}

bool
ranked_term(struct ranked *ranked, uint64_t number, struct ranked_term *term,
            struct ranked_list *list)
{
    struct walk walk;

    if (number >= ranked->terms ||
        !walk_start(&walk, ranked, number / RANKED_GROUP))
        return false;
    while (walk.next <= number)
        if (!walk_next(&walk))
            return false;
    memcpy(term->text, walk.term, walk.size);
    term->size = walk.size;
    return open_list(ranked, walk.list, walk.bytes, number, list);
}

/* The first term of a group is wanted soon. */
static void
fetch_first(struct ranked *ranked, uint64_t group)
{
    uint64_t start = ranked_group_u64(ranked, group, RANKED_GROUP_TERMS);

    if (start < ranked->dictionary_size)
        __builtin_prefetch(ranked->dictionary + start);
}

/* Halve every search once; false if none was left. */
static bool
halve_all(struct ranked_wanted *wanted, size_t count)
{
    bool any = false;

    for (size_t i = 0; i < count; i++)
        if (bisect_next(&wanted[i].half))
            fetch_first(wanted[i].ranked, wanted[i].half.middle);
    for (size_t i = 0; i < count; i++) {
        struct ranked_wanted *one = &wanted[i];

        if (one->half.low >= one->half.high)
            continue;
        any = true;
        bisect_go(&one->half, compare_first(one->ranked, one->half.middle,
                                            one->term, one->size) <= 0);
        if (bisect_next(&one->half))
            __builtin_prefetch(one->ranked->group +
                               one->half.middle * RANKED_GROUP_SIZE);
    }
    return any;
}

void
ranked_find_all(struct ranked_wanted *wanted, size_t count)
{
    for (size_t i = 0; i < count; i++)
        wanted[i].half = bisect_between(1, wanted[i].ranked->groups);
    while (halve_all(wanted, count))
        ;
    for (size_t i = 0; i < count; i++)
        if (wanted[i].ranked->groups)
            fetch_first(wanted[i].ranked, wanted[i].half.low - 1);
    for (size_t i = 0; i < count; i++) {
        struct ranked_wanted *one = &wanted[i];
        struct walk walk;

        one->bytes = 0;
        if (!one->ranked->groups ||
            !walk_start(&walk, one->ranked, one->half.low - 1) ||
            !walk_group(&walk, one->term, one->size))
            continue;
        one->start = walk.list;
        one->number = walk.next - 1;
        one->bytes = walk.bytes;
        __builtin_prefetch(one->ranked->data + walk.list);
    }
    for (size_t i = 0; i < count; i++) {
        *wanted[i].list = (struct ranked_list){0};
        if (wanted[i].bytes)
            open_list(wanted[i].ranked, wanted[i].start, wanted[i].bytes,
                      wanted[i].number, wanted[i].list);
    }
}

void
ranked_lists(struct ranked *ranked, const char *prefix, size_t size,
             ranked_see_list see, void *context)
{
    struct walk walk;
    struct ranked_list list;

    if (!walk_to(&walk, ranked, prefix, size))
        return;
    while (walk_next(&walk)) {
        size_t least = walk.size < size ? walk.size : size;
        int order = memcmp(walk.term, prefix, least);

        if (order > 0)
            return;
        if (order < 0 || walk.size < size)
            continue;
        if (!open_list(ranked, walk.list, walk.bytes, walk.next - 1, &list) ||
            !see(context, &list, walk.term, walk.size))
            return;
    }
}

struct counted {
    ranked_see see;
    void *context;
};

static bool
see_counted(void *context, const struct ranked_list *list, const char *term,
            size_t size)
{
    const struct counted *counted = context;

    return counted->see(counted->context, term, size, list->articles);
}

void
ranked_words(struct ranked *ranked, const char *prefix, size_t size,
             ranked_see see, void *context)
{
    struct counted counted = {see, context};

    ranked_lists(ranked, prefix, size, see_counted, &counted);
}

/* The first string behind all that begin with these bytes, in their place;
 * 0 if there is none. */
static size_t
behind_prefix(char *prefix, size_t size)
{
    while (size > 0 && (unsigned char)prefix[size - 1] == 0xff)
        size--;
    if (size > 0)
        prefix[size - 1] = (char)((unsigned char)prefix[size - 1] + 1);
    return size;
}

struct ranked_here {
    const struct walk *walk;
};

uint32_t
ranked_articles_here(const struct ranked_here *here)
{
    const struct walk *walk = here->walk;
    struct ranked_list list;

    return open_list(walk->ranked, walk->list, walk->bytes, walk->next - 1,
                     &list)
               ? list.articles
               : 0;
}

void
ranked_browse(struct ranked *ranked, const char *from, size_t size,
              ranked_look look, void *context)
{
    struct walk walk;
    const struct ranked_here here = {&walk};
    char next[sizeof(walk.term)] = "";
    unsigned passed = 0;

    if (size >= sizeof(next) || !walk_to(&walk, ranked, from, size))
        return;
    memcpy(next, from, size);
    while (walk_next(&walk)) {
        size_t hopeless;

        if (size && bytes_compare(walk.term, walk.size, next, size) < 0) {
            /* A few are passed over one by one, more are worth a search. */
            if (++passed == RANKED_GROUP && !walk_to(&walk, ranked, next, size))
                return;
            continue;
        }
        hopeless = look(context, &here, walk.term, walk.size);
        passed = 0;
        size = 0;
        if (hopeless == 0)
            continue;
        if (hopeless > walk.size)
            return;
        memcpy(next, walk.term, hopeless);
        size = behind_prefix(next, hopeless);
        if (!size)
            return;
    }
}
