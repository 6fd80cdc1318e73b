/*
 * indexer/ranked/ranked_terms.h - the dictionary of a ranked index.
 */
#ifndef INDEXER_RANKED_TERMS_H
#define INDEXER_RANKED_TERMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "corpus/base/bisect.h"

struct ranked;
struct ranked_list;

/* False, and an empty list, if the term is not there. */
bool ranked_find(struct ranked *ranked, const char *term, size_t size,
                 struct ranked_list *list);

/* One of many lists to be found. */
struct ranked_wanted {
    struct ranked *ranked;
    const char *term;
    size_t size;
    struct ranked_list *list; /* empty if the term is not there */
    struct bisect half;       /* these are the search's own */
    uint64_t start;
    uint64_t number;
    uint32_t bytes;
};

/* The same as ranked_find() of each; what one waits for from memory is on its
 * way while others are looked at. */
void ranked_find_all(struct ranked_wanted *wanted, size_t count);

/*
 * Every term that begins with `prefix`, in byte order, with the number of its
 * articles, until `see` returns false.  The term is valid during the call.
 */
typedef bool (*ranked_see)(void *context, const char *term, size_t size,
                           uint32_t articles);
void ranked_words(struct ranked *ranked, const char *prefix, size_t size,
                  ranked_see see, void *context);

/* The same with their lists. */
typedef bool (*ranked_see_list)(void *context, const struct ranked_list *list,
                                const char *term, size_t size);
void ranked_lists(struct ranked *ranked, const char *prefix, size_t size,
                  ranked_see_list see, void *context);

/*
 * Every term from `from` on in byte order, but those that it is no use to
 * look at: `look` returns 0 to go on with the next, SIZE_MAX to stop, or how
 * many bytes of the term no other one should begin with.  To pass over many
 * costs a search in the dictionary.
 */
struct ranked_here;
typedef size_t (*ranked_look)(void *context, const struct ranked_here *here,
                              const char *term, size_t size);

/* During the call: how many articles have the term. */
uint32_t ranked_articles_here(const struct ranked_here *here);

void ranked_browse(struct ranked *ranked, const char *from, size_t size,
                   ranked_look look, void *context);

#endif
