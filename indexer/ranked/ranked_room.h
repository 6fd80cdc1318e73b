/*
 * indexer/ranked/ranked_room.h - how much of ranked indexes is in memory.
 *
 * Pages of a mapped file that have been touched count as memory of the
 * process, though the system could take them back at any time.  A room keeps
 * those of several files together below a limit, roughly: when it is reached,
 * all of them are let go, and touched anew as they are needed.  The system
 * maps what is around a touched page with it, so windows are counted.
 */
#ifndef INDEXER_RANKED_ROOM_H
#define INDEXER_RANKED_ROOM_H

#include <stddef.h>

#define RANKED_WINDOW 65536

struct ranked;

struct ranked_room {
    size_t limit; /* windows */
    size_t used;
    struct ranked *first;
};

/* The room must outlive the file, which is in no other. */
void ranked_share(struct ranked *ranked, struct ranked_room *room);

#endif
