/*
 * indexer/ranked/ranked_forms.h - how the terms of a ranked index are written.
 *
 * A term is a stem; what stands in the articles are its forms, words with or
 * without capitals.  They are numbered, the commonest first, and each place
 * knows the number of its form (ranked_formed_places()).
 *
 *     bank:en      0 bank   1 banks   2 Bank   3 banking   4 BANK
 */
#ifndef INDEXER_RANKED_FORMS_H
#define INDEXER_RANKED_FORMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "indexer/ranked/ranked_terms.h"

struct ranked;
struct ranked_list;

/* Each form of the list's term, in order of its number, until `see` returns
 * false.  `letters` is of enum ranked_letters; the word is valid during the
 * call. */
typedef bool (*ranked_see_form)(void *context, const char *word, size_t size,
                                unsigned letters);
void ranked_forms(struct ranked *ranked, const struct ranked_list *list,
                  ranked_see_form see, void *context);

/*
 * The terms that are written in a word which contains `piece` and which `fits`
 * takes, each once and in order, with their lists, until `see` returns false.
 * An empty piece is in none.
 */
struct ranked_search {
    const char *piece;
    size_t size;
    ranked_see_form fits;
    ranked_see_list see;
    void *context; /* of both */
};

void ranked_forms_with(struct ranked *ranked,
                       const struct ranked_search *search);

#endif
