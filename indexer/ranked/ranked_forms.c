#include "indexer/ranked/ranked_forms.h"

#include <string.h>

#include "corpus/base/bisect.h"
#include "indexer/ranked/ranked_parts.h"

enum {
    PART = 1 << 16 /* of the forms that are looked through at once */
};

/* A byte that ends a word: how it is written, or the term's end. */
static inline bool
ends_word(unsigned char byte)
{
    return byte <= RANKED_LETTERS;
}

/* The bytes of a group's forms, which begin at `start`. */
static size_t
forms_size(struct ranked *ranked, uint64_t group, uint64_t start)
{
    uint64_t end = group + 1 < ranked->groups
                       ? ranked_group_u64(ranked, group + 1, RANKED_GROUP_FORMS)
                       : ranked->forms_size;

    return end >= start && end <= ranked->forms_size
               ? (size_t)(end - start)
               : (size_t)(ranked->forms_size - start);
}

/* The forms of a group. */
static bool
group_forms(struct ranked *ranked, uint64_t group, const unsigned char **at)
{
    uint64_t start = ranked_group_u64(ranked, group, RANKED_GROUP_FORMS);

    if (start > ranked->forms_size) {
        ranked->damaged = true;
        return false;
    }
    *at = ranked->forms + start;
    ranked_touch_all(ranked, *at, forms_size(ranked, group, start));
    return true;
}

/* The byte behind the forms of a term; NULL if there is no end. */
static const unsigned char *
skip_term(struct ranked *ranked, const unsigned char *at)
{
    const unsigned char *stop = ranked->forms + ranked->forms_size;

    at = at < stop ? memchr(at, 0, (size_t)(stop - at)) : NULL;
    if (at)
        return at + 1;
    ranked->damaged = true;
    return NULL;
}

void
ranked_forms(struct ranked *ranked, const struct ranked_list *list,
             ranked_see_form see, void *context)
{
    const unsigned char *stop = ranked->forms + ranked->forms_size;
    const unsigned char *at;
    const unsigned char *word;
    size_t size = 0;

    if (!group_forms(ranked, list->term / RANKED_GROUP, &at))
        return;
    for (uint64_t i = 0; at && i < list->term % RANKED_GROUP; i++)
        at = skip_term(ranked, at);
    for (word = at; at && at < stop && *at; at++) {
        const unsigned char *from = at;

        while (at < stop && !ends_word(*at))
            at++;
        if (at == stop || !*at)
            break;
        if (at > from) {
            word = from;
            size = (size_t)(at - from);
        }
        if (!see(context, (const char *)word, size, *at - 1U))
            return;
    }
    if (!at || at >= stop || *at)
        ranked->damaged = true;
}

/* --- words that contain a piece --- */

enum {
    SAMPLE = 4096 /* bytes, to see which letters are rare */
};

struct scan {
    struct ranked *ranked;
    const struct ranked_search *search;
    size_t rare; /* the byte of the piece that is met least */
    const unsigned char *stop;
    uint64_t group; /* that was come to, ... */
    uint64_t after; /* ... and the offset at which the next one begins */
};

/* What is looked for is one byte of the piece; the fewer there are of it, the
 * better. */
static size_t
rarest_byte(struct ranked *ranked, const char *piece, size_t size)
{
    size_t sample = ranked->forms_size < SAMPLE ? ranked->forms_size : SAMPLE;
    const unsigned char *from =
        ranked->forms + (ranked->forms_size - sample) / 2;
    uint32_t count[256] = {0};
    size_t rare = 0;

    if (sample) {
        ranked_touch(ranked, from);
        ranked_touch(ranked, from + sample - 1);
    }
    for (size_t i = 0; i < sample; i++)
        count[from[i]]++;
    for (size_t i = 1; i < size; i++)
        if (count[(unsigned char)piece[i]] < count[(unsigned char)piece[rare]])
            rare = i;
    return rare;
}

/* The first place from `at` on where the piece stands; NULL if there is
 * none. */
static const unsigned char *
find_piece(const struct scan *scan, const unsigned char *at)
{
    const struct ranked_search *search = scan->search;

    while ((size_t)(scan->stop - at) >= search->size) {
        size_t left = (size_t)(scan->stop - at) - search->size + 1;
        size_t part = left < PART ? left : PART;
        const unsigned char *from = at + scan->rare;
        const unsigned char *end = from + part;
        const unsigned char *found;

        ranked_touch_all(scan->ranked, at, part + search->size);
        for (; (found = memchr(from, search->piece[scan->rare],
                               (size_t)(end - from))) != NULL;
             from = found + 1)
            if (memcmp(found - scan->rare, search->piece, search->size) == 0)
                return found - scan->rare;
        at += part;
    }
    return NULL;
}

/* The number of the term whose forms are at a place, and where they end; what
 * is looked for rises. */
static uint64_t
term_at(struct scan *scan, const unsigned char *found,
        const unsigned char **end)
{
    struct ranked *ranked = scan->ranked;
    uint64_t offset = (uint64_t)(found - ranked->forms);
    const unsigned char *at;
    uint64_t number;

    if (offset >= scan->after) {
        struct bisect half = bisect_between(scan->group + 1, ranked->groups);

        while (bisect_next(&half))
            bisect_go(&half, ranked_group_u64(ranked, half.middle,
                                              RANKED_GROUP_FORMS) <= offset);
        scan->group = half.low - 1;
        scan->after =
            half.low < ranked->groups
                ? ranked_group_u64(ranked, half.low, RANKED_GROUP_FORMS)
                : UINT64_MAX;
    }
    number = scan->group * RANKED_GROUP;
    if (!group_forms(ranked, scan->group, &at) || at > found)
        return ranked->terms;
    while ((*end = skip_term(ranked, at)) != NULL && *end <= found) {
        at = *end;
        number++;
    }
    return *end ? number : ranked->terms;
}

/* Does the word around a place fit, in one of the ways in which it is written?
 * `*end` is behind it. */
static bool
word_fits(const struct scan *scan, const unsigned char *found,
          const unsigned char **end)
{
    const unsigned char *from = found;
    const unsigned char *to = found;

    while (from > scan->ranked->forms && !ends_word(from[-1]))
        from--;
    while (to < scan->stop && !ends_word(*to))
        to++;
    for (*end = to; *end < scan->stop && **end && ends_word(**end); (*end)++)
        if (scan->search->fits(scan->search->context, (const char *)from,
                               (size_t)(to - from), **end - 1U))
            return true;
    return false;
}

void
ranked_forms_with(struct ranked *ranked, const struct ranked_search *search)
{
    struct scan scan = {.ranked = ranked,
                        .search = search,
                        .stop = ranked->forms + ranked->forms_size};
    const unsigned char *at = ranked->forms;

    if (!search->size || !ranked->groups)
        return;
    scan.rare = rarest_byte(ranked, search->piece, search->size);
    while ((at = find_piece(&scan, at)) != NULL) {
        const unsigned char *found = at;
        struct ranked_list list;
        struct ranked_term term;

        if (!word_fits(&scan, found, &at))
            continue;
        if (!ranked_term(ranked, term_at(&scan, found, &at), &term, &list)) {
            ranked->damaged = true;
            return;
        }
        if (!search->see(search->context, &list, term.text, term.size))
            return;
    }
}
