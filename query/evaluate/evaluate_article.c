/* What the operators ask of the present article. */
#include "corpus/base/bisect.h"
#include "indexer/ranked/ranked.h"
#include "query/evaluate/evaluate_parts.h"

void
article_begin(struct evaluator *ev, uint32_t docid)
{
    ev->docid = docid;
    ev->measured = false;
    ev->cut = false;
    ev->told = false;
    ev->weighed = false;
    ev->used = 0;
}

void
article_measure(struct evaluator *ev)
{
    uint64_t end = 0;

    if (ev->measured)
        return;
    ranked_lengths(ev->run.ranked, ev->docid, ev->length);
    for (size_t i = 0; i < FIELD_TEXT_COUNT; i++) {
        ev->end[i] = end + ev->length[i];
        end = ev->end[i] + 1;
    }
    ev->measured = true;
}

enum field
article_field(struct evaluator *ev, uint32_t place)
{
    size_t field = 0;

    article_measure(ev);
    while (field < FIELD_TEXT_COUNT && place >= ev->end[field])
        field++;
    return (enum field)field;
}

void
article_unit(struct evaluator *ev, uint32_t place, bool sentence,
             uint32_t *first, uint64_t *end)
{
    const struct ranked_sentences *all = &ev->sentences;
    struct bisect half;
    size_t from;
    size_t to;

    if (!ev->cut &&
        !ranked_sentences(ev->run.ranked, ev->docid, &ev->sentences))
        ev->sentences.sentences = 0;
    ev->cut = true;
    *first = 0;
    *end = UINT32_MAX;
    if (!all->sentences)
        return;
    /* The first that begins behind the place. */
    half = bisect_between(0, all->sentences);
    while (bisect_next(&half))
        bisect_go(&half, all->start[half.middle] <= place);
    to = half.low;
    from = to ? to - 1 : 0;
    while (!sentence && from > 0 && !all->paragraph[from])
        from--;
    while (!sentence && to < all->sentences && !all->paragraph[to])
        to++;
    *first = all->start[from];
    if (to < all->sentences)
        *end = all->start[to];
}

const struct match_facts *
article_facts(struct evaluator *ev)
{
    const struct evaluation *evaluation = ev->evaluation;

    if (!ev->told &&
        !evaluation->facts(evaluation->asking, ev->run.segment,
                           ranked_id(ev->run.ranked, ev->docid), &ev->facts)) {
        ev->facts = (struct match_facts){.dated = false, .words = -1};
        ev->run.done = true;
    }
    ev->told = true;
    return &ev->facts;
}
