#include <stdlib.h>

#include "indexer/ranked/ranked.h"
#include "query/topk/topk_parts.h"

int
heap_compare(const struct heap *heap, const struct topk_hit *a,
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

/* Let the hit at `at` sink until no worse one is below it. */
static void
sink(struct heap *heap, size_t at, size_t hits)
{
    struct topk_hit hit = heap->hit[at];

    for (;;) {
        size_t child = at * 2 + 1;

        if (child >= hits)
            break;
        if (child + 1 < hits &&
            heap_compare(heap, &heap->hit[child + 1], &heap->hit[child]) > 0)
            child++;
        if (heap_compare(heap, &heap->hit[child], &hit) <= 0)
            break;
        heap->hit[at] = heap->hit[child];
        at = child;
    }
    heap->hit[at] = hit;
}

static void
rise(struct heap *heap, size_t at)
{
    struct topk_hit hit = heap->hit[at];

    while (at && heap_compare(heap, &heap->hit[(at - 1) / 2], &hit) < 0) {
        heap->hit[at] = heap->hit[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    heap->hit[at] = hit;
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
        heap->hit[heap->hits++] = hit;
        rise(heap, heap->hits - 1);
        return;
    }
    if (heap_compare(heap, &hit, &heap->hit[0]) < 0) {
        heap->hit[0] = hit;
        sink(heap, 0, heap->hits);
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
heap_sort(struct heap *heap)
{
    for (size_t left = heap->hits; left > 1; left--) {
        struct topk_hit worst = heap->hit[0];

        heap->hit[0] = heap->hit[left - 1];
        heap->hit[left - 1] = worst;
        sink(heap, 0, left - 1);
    }
}
