/*
 * corpus/base/heap.h - the few best of many.
 *
 * An array in which the worst of those that were kept is the first, so that
 * the next one is compared with that one alone:
 *
 *     static const struct heap_order order = {sizeof(struct hit), is_worse};
 *
 *     if (count < most)
 *         heap_add(hit, count++, &next, &order);
 *     else if (is_worse(NULL, &hit[0], &next))
 *         heap_replace(hit, count, &next, &order);
 *     ...
 *     heap_sort(hit, count, &order);                 (the best is the first)
 *
 * It is inline, so that neither comparing nor moving an item need be a call
 * where the order is known.
 */
#ifndef CORPUS_HEAP_H
#define CORPUS_HEAP_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#define HEAP_ITEM_MAX 64 /* bytes */

struct heap_order {
    size_t size; /* of an item */
    bool (*is_worse)(const void *context, const void *one, const void *other);
    const void *context;
};

static inline char *
heap_at(void *items, size_t at, const struct heap_order *order)
{
    return (char *)items + at * order->size;
}

/* Put an item in the place of the worst of `count`; it sinks to its own. */
static inline void
heap_replace(void *items, size_t count, const void *item,
             const struct heap_order *order)
{
    size_t at = 0;

    for (;;) {
        size_t child = at * 2 + 1;

        if (child >= count)
            break;
        if (child + 1 < count &&
            order->is_worse(order->context, heap_at(items, child + 1, order),
                            heap_at(items, child, order)))
            child++;
        if (!order->is_worse(order->context, heap_at(items, child, order),
                             item))
            break;
        memcpy(heap_at(items, at, order), heap_at(items, child, order),
               order->size);
        at = child;
    }
    memcpy(heap_at(items, at, order), item, order->size);
}

/* Add an item to `count` others; there must be room behind them. */
static inline void
heap_add(void *items, size_t count, const void *item,
         const struct heap_order *order)
{
    size_t at = count;

    while (at && order->is_worse(order->context, item,
                                 heap_at(items, (at - 1) / 2, order))) {
        memcpy(heap_at(items, at, order), heap_at(items, (at - 1) / 2, order),
               order->size);
        at = (at - 1) / 2;
    }
    memcpy(heap_at(items, at, order), item, order->size);
}

/* All in order, the best first. */
static inline void
heap_sort(void *items, size_t count, const struct heap_order *order)
{
    char last[HEAP_ITEM_MAX];

    assert(order->size <= sizeof(last));
    for (size_t left = count; left > 1; left--) {
        memcpy(last, heap_at(items, left - 1, order), order->size);
        memcpy(heap_at(items, left - 1, order), items, order->size);
        heap_replace(items, left - 1, last, order);
    }
}

#endif
