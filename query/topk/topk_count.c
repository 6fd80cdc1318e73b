/*
 * How many articles have any of the units: a bit for each article of a
 * window, set by every list that has it.
 */
#include <string.h>

#include "indexer/ranked/ranked.h"
#include "query/topk/topk_parts.h"

enum {
    WINDOW = 1 << 15
};

struct count {
    struct run *run;
    uint32_t start;
    uint32_t end;
    uint64_t bit[WINDOW / 64];
};

static void
mark(struct count *count, size_t t)
{
    struct run *run = count->run;
    struct ranked_cursor *cursor = &run->cursor[t];
    uint32_t block = ranked_seek(&cursor->list, run->block[t], count->start);

    for (; block < cursor->list.blocks; block++) {
        run->block[t] = block;
        if (!ranked_load(cursor, block))
            continue;
        for (uint32_t i = 0; i < cursor->count; i++) {
            uint32_t at = cursor->docid[i] - count->start;

            if (at < count->end - count->start)
                count->bit[at / 64] |= 1ULL << (at % 64);
        }
        if (cursor->docid[cursor->count - 1] >= count->end - 1)
            break;
    }
}

/* Whether an article can be counted without a look at it. */
static bool
nothing_to_ask(const struct run *run)
{
    return !run->query->meet && !run->banneds &&
           !(run->in->entry && run->in->entry->ranges) && !run->in->bounded;
}

static uint64_t
count_bits(struct count *count, bool plain)
{
    uint64_t sum = 0;

    for (uint32_t i = 0; i < WINDOW / 64; i++) {
        uint64_t bits = count->bit[i];

        if (plain) {
            sum += (uint64_t)__builtin_popcountll(bits);
            continue;
        }
        for (; bits; bits &= bits - 1) {
            uint32_t docid =
                count->start + i * 64 + (uint32_t)__builtin_ctzll(bits);

            if (!run_admits(count->run, docid))
                continue;
            sum++;
            if (count->run->query->meet)
                run_meet(count->run, docid);
        }
    }
    return sum;
}

void
run_count_any(struct run *run)
{
    struct count count = {.run = run};
    bool plain = nothing_to_ask(run);

    if (plain && run->wanteds == 1 &&
        run->to - run->from == ranked_articles(run->ranked)) {
        run->count = run->cursor[run->wanted[0].first].list.articles;
        return;
    }
    for (count.start = run->from; count.start < run->to && !run_is_late(run);
         count.start = count.end) {
        count.end =
            run->to - count.start < WINDOW ? run->to : count.start + WINDOW;
        memset(count.bit, 0, sizeof(count.bit));
        for (size_t i = 0; i < run->wanteds; i++)
            mark(&count, run->wanted[i].first);
        run->count += count_bits(&count, plain);
    }
}
