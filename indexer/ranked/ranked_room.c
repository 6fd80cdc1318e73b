/* For madvise(2): POSIX's own may ignore what is asked for. */
#define _DEFAULT_SOURCE

#include "indexer/ranked/ranked_room.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "corpus/base/mem.h"
#include "indexer/ranked/ranked_parts.h"

static size_t
windows_of(const struct ranked *ranked)
{
    return ranked->size / RANKED_WINDOW + 2;
}

void
ranked_share(struct ranked *ranked, struct ranked_room *room)
{
    if (!ranked->map || ranked->room)
        return;
    ranked->touched = mem_zero(windows_of(ranked) / 8 + 1, 1);
    ranked->last_window = SIZE_MAX;
    ranked->room = room;
    ranked->next = room->first;
    room->first = ranked;
}

void
ranked_leave_room(struct ranked *ranked)
{
    struct ranked **at;

    if (!ranked->room)
        return;
    for (at = &ranked->room->first; *at != ranked; at = &(*at)->next)
        continue;
    *at = ranked->next;
    free(ranked->touched);
}

/* Nothing is lost: what is touched again is read from the file. */
static void
let_go(struct ranked_room *room)
{
    for (struct ranked *r = room->first; r; r = r->next) {
        madvise(r->map, r->size, MADV_DONTNEED);
        memset(r->touched, 0, windows_of(r) / 8 + 1);
        r->last_window = SIZE_MAX;
    }
    room->used = 0;
}

void
ranked_touch_window(struct ranked *ranked, size_t window)
{
    unsigned char bit = (unsigned char)(1u << window % 8);

    if (window >= windows_of(ranked))
        return;
    if (!(ranked->touched[window / 8] & bit)) {
        if (ranked->room->used >= ranked->room->limit)
            let_go(ranked->room);
        ranked->touched[window / 8] |= bit;
        ranked->room->used++;
    }
    ranked->last_window = window;
}
