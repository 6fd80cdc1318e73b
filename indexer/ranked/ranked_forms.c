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

/* The first place from `at` on where the piece stands; NULL if there is
 * none. */
static const unsigned char *
find_piece(struct ranked *ranked, const unsigned char *at, const char *piece,
           size_t size)
{
    const unsigned char *stop = ranked->forms + ranked->forms_size;

    while ((size_t)(stop - at) >= size) {
        size_t part = (size_t)(stop - at) < PART ? (size_t)(stop - at) : PART;
        const unsigned char *found = at;

        ranked_touch_all(ranked, at, part + size);
        while ((found = memchr(found, piece[0], (size_t)(at + part - found))) !=
               NULL) {
            if ((size_t)(stop - found) >= size &&
                memcmp(found, piece, size) == 0)
                return found;
            found++;
        }
        at += part;
    }
    return NULL;
}

/* The number of the term whose forms are at an offset, and where they end. */
static uint64_t
term_at(struct ranked *ranked, const unsigned char *found,
        const unsigned char **end)
{
    struct bisect half = bisect_between(1, ranked->groups);
    uint64_t offset = (uint64_t)(found - ranked->forms);
    uint64_t number;
    const unsigned char *at;

    while (bisect_next(&half))
        bisect_go(&half, ranked_group_u64(ranked, half.middle,
                                          RANKED_GROUP_FORMS) <= offset);
    number = (half.low - 1) * RANKED_GROUP;
    if (!group_forms(ranked, half.low - 1, &at) || at > found)
        return ranked->terms;
    while ((*end = skip_term(ranked, at)) != NULL && *end <= found) {
        at = *end;
        number++;
    }
    return *end ? number : ranked->terms;
}

void
ranked_forms_with(struct ranked *ranked, const char *piece, size_t size,
                  ranked_see_list see, void *context)
{
    const unsigned char *at = ranked->forms;

    while (size && (at = find_piece(ranked, at, piece, size)) != NULL) {
        struct ranked_list list;
        struct ranked_term term;
        uint64_t number = term_at(ranked, at, &at);

        if (!ranked_term(ranked, number, &term, &list)) {
            ranked->damaged = true;
            return;
        }
        if (!see(context, &list, term.text, term.size))
            return;
    }
}
