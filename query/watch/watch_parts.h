/*
 * query/watch/watch_parts.h - for the files of the module watch only.
 */
#ifndef QUERY_WATCH_PARTS_H
#define QUERY_WATCH_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "query/watch/watch.h"

enum {
    TOLD_SIZE = 16 /* bytes of a key's digest that are kept */
};

/* Digests, sorted or in the order in which they came. */
struct told {
    unsigned char (*digest)[TOLD_SIZE];
    size_t count;
    size_t room;
};

void told_add(struct told *told, const unsigned char digest[TOLD_SIZE]);
void told_sort(struct told *told);
bool told_has(const struct told *sorted, const unsigned char digest[TOLD_SIZE]);
void told_release(struct told *told);

/* As lines, with their number before them; and back: false if they are not
 * there whole.  `*text` is moved behind them. */
void told_print(const struct told *told, struct buf *out);
bool told_parse(struct told *told, const char **text);

/* Where a batch was sent. */
enum batch_way {
    WAY_STREAM, /* a pipe or a terminal */
    WAY_FILE,
    WAY_SPOOL
};

struct batch {
    uint64_t number;
    enum batch_way way;
    uint64_t device; /* of a file, and the place in it */
    uint64_t node;
    uint64_t offset;
    struct buf path; /* of the file; of the spool's file without its dot */
    struct buf stamp;
    struct told keys;
    struct buf text;
};

void batch_init(struct batch *batch);
void batch_release(struct batch *batch);
void batch_print(const struct batch *batch, struct buf *out);
bool batch_parse(struct batch *batch, const struct buf *text);

/* How far a batch has come. */
enum batch_state {
    BATCH_TOLD,
    BATCH_NOT_TOLD,
    BATCH_UNKNOWN
};

/* Find out where it goes; for a spool, put the text there, hidden. */
enum status batch_aim(struct batch *batch, const struct watch_target *target,
                      struct error *err);

/* Send it to where it was aimed at. */
enum status batch_send(const struct batch *batch, int fd, struct error *err);

/* What became of a batch that was aimed; one that had come half of the way is
 * brought to its end. */
enum status batch_look(const struct batch *batch, enum batch_state *state,
                       struct error *err);

#endif
