/*
 * query/receipt/receipt.h - what was searched, so that it can be said and done
 * again.
 *
 *     query      opec quota
 *     understood opec quota
 *     archive    news
 *     generation 12-9f86d081884c7d65
 *     articles   21597
 *     found      152
 *     set        60303ae22b998861
 *     note       Few articles have all of these words; ...
 *     program    nsearch 1.0.0
 *     time       2026-12-01T04:17:00Z
 *
 * It is a list of names and values, in turn (search_result.receipt), for
 * whoever writes results to write, too.  `set` is a sum over the keys of all
 * that was found, whatever their order: another set has another.
 */
#ifndef QUERY_RECEIPT_H
#define QUERY_RECEIPT_H

#include <stdbool.h>
#include <stdint.h>

#include "corpus/base/buf.h"
#include "corpus/base/error.h"
#include "corpus/base/list.h"
#include "query/search/search.h"

struct receipt {
    struct list dirs;    /* the archives' folders */
    const char *query;   /* as typed */
    int64_t now;         /* seconds, UTC */
    bool by_day;         /* what is asked again on that day is the same */
    bool keys;           /* sum up the keys, too: another search */
    const char *program; /* "nsearch 1.0.0" */
};

/* Put the receipt of a search that was made into its result.  `receipt->dirs`
 * and strings are borrowed. */
enum status receipt_make(struct search *search, const struct receipt *receipt,
                         const struct search_request *request,
                         struct search_result *result, struct error *err);

/* The value of a name, the first of several; NULL: there is none. */
const char *receipt_value(const struct list *list, const char *name);

/* As lines after a line "receipt", and back from a text that has them
 * somewhere; false: it has none. */
void receipt_print(const struct list *list, struct buf *out);
bool receipt_parse(const char *text, struct list *list);

/* What of a later receipt differs, a sentence each; none: nothing that was
 * found. */
void receipt_compare(const struct list *then, const struct list *now,
                     struct list *differences);

#endif
