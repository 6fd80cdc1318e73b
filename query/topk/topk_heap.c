#include <stdlib.h>

#include "corpus/base/heap.h"
#include "indexer/ranked/ranked.h"
#include "query/topk/topk_parts.h"

static int
compare(const struct heap *heap, const struct topk_hit *a,
        const struct topk_hit *b)
{
    if (a->score != b->score)
        return a->score > b->score ? -1 : 1;
    if (a->published != b->published)
        return a->published > b->published ? -1 : 1;
    if (a->segment == b->segment)
        return (a->docid > b->docid) - (a->docid < b->docid);
    if (heap->archive->compare_keys) {
        int order = heap->archive->compare_keys(heap->archive->context, a, b);

        if (order)
            return order;
    }
    return a->segment < b->segment ? -1 : 1;
}

static bool
is_worse(const void *context, const void *one, const void *other)
{
    return compare(context, one, other) > 0;
}

void
run_meet(const struct run *run, uint32_t docid)
{
    run->query->meet(run->query->meeting, run->segment,
                     ranked_id(run->ranked, docid));
}

void
run_offer(struct run *run, uint32_t docid, uint32_t score)
{
    struct heap *heap = run->heap;
    const struct heap_order order = {sizeof(*heap->hit), is_worse, heap};
    bool newest = run->query->sort == TOPK_NEWEST;
    struct topk_hit hit = {
        .score = newest ? 0 : score, .segment = run->segment, .docid = docid};

    run->count++;
    if (run->every && run->query->meet)
        run_meet(run, docid);
    if (heap->hits == heap->limit &&
        (!heap->limit || hit.score < heap->hit[0].score))
        return;
    hit.published = ranked_published(run->ranked, docid);
    if (heap->hits < heap->limit) {
        heap_add(heap->hit, heap->hits++, &hit, &order);
        return;
    }
    if (is_worse(heap, &heap->hit[0], &hit)) {
        heap_replace(heap->hit, heap->hits, &hit, &order);
        return;
    }
    /* By date, whoever comes after one that is too old is older. */
    if (newest && !run->every)
        run->done = true;
}

bool
run_admits(struct run *run, uint32_t docid)
{
    const struct topk_segment *in = run->in;
    const struct topk_archive *archive = run->heap->archive;
    int64_t id = ranked_id(run->ranked, docid);

    if (in->entry && in->entry->ranges && manifest_is_dead(in->entry, id))
        return false;
    for (size_t i = 0; i < run->banneds; i++)
        if (run_has(run, &run->banned[i], docid))
            return false;
    if (!in->bounded || (id >= in->sure_first && id <= in->sure_last))
        return true;
    return !archive->accept ||
           archive->accept(archive->context, run->segment, id);
}

void
run_sort(struct run *run)
{
    struct heap *heap = run->heap;
    const struct heap_order order = {sizeof(*heap->hit), is_worse, heap};

    heap_sort(heap->hit, heap->hits, &order);
}
