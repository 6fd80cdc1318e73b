#include "indexer/segment/segment_builder.h"

#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "corpus/base/mem.h"
#include "corpus/date/calendar.h"
#include "indexer/segment/segment.h"
#include "indexer/stored/store.h"

struct waiting {
    struct row *row;
    struct segment_tag tag;
};

struct segment_builder {
    struct packer *packer;
    char added[16]; /* today */
    struct waiting *waiting;
    size_t count;
    size_t room;
    size_t memory;
};

static void
set_today(struct segment_builder *builder)
{
    int year;
    int month;
    int day;

    calendar_date(calendar_day_of((int64_t)time(NULL)), &year, &month, &day);
    snprintf(builder->added, sizeof(builder->added), "%04d-%02d-%02d",
             year % 10000, month, day);
}

struct segment_builder *
segment_builder_new(void)
{
    struct segment_builder *builder = mem_zero(1, sizeof(*builder));

    builder->packer = packer_new();
    set_today(builder);
    return builder;
}

static void
clear(struct segment_builder *builder)
{
    for (size_t i = 0; i < builder->count; i++)
        free(builder->waiting[i].row);
    free(builder->waiting);
    *builder = (struct segment_builder){.packer = builder->packer};
    set_today(builder);
}

void
segment_builder_free(struct segment_builder *builder)
{
    if (!builder)
        return;
    clear(builder);
    packer_free(builder->packer);
    free(builder);
}

void
segment_builder_add(struct segment_builder *builder,
                    const struct article *article, const char *file,
                    const struct segment_tag *tag)
{
    struct row *row = row_pack(builder->packer, article, file, builder->added);

    builder->waiting = mem_grow(builder->waiting, builder->count,
                                &builder->room, sizeof(*builder->waiting));
    builder->waiting[builder->count++] = (struct waiting){row, *tag};
    builder->memory += row_size(row) + sizeof(*builder->waiting) * 2;
}

size_t
segment_builder_memory(const struct segment_builder *builder)
{
    return builder->memory;
}

size_t
segment_builder_count(const struct segment_builder *builder)
{
    return builder->count;
}

/* Equal rows go in the order in which they came, so that a run over the same
 * files always makes the same segment. */
static int
compare_waiting(const void *a, const void *b)
{
    const struct waiting *one = a;
    const struct waiting *two = b;
    int order = row_compare(one->row, two->row);

    if (order)
        return order;
    return one->tag.serial < two->tag.serial
               ? -1
               : one->tag.serial > two->tag.serial;
}

enum status
segment_builder_write(struct segment_builder *builder,
                      const struct segment_plan *plan,
                      struct manifest_segment *entry, struct segment_tag **tags,
                      struct error *err)
{
    struct segment_plan own = *plan;
    struct segment *segment = NULL;
    enum status status;

    own.packer = builder->packer;
    *tags = mem_resize(NULL, builder->count, sizeof(**tags));
    if (builder->count)
        qsort(builder->waiting, builder->count, sizeof(*builder->waiting),
              compare_waiting);
    status = segment_open(&segment, &own, err);
    for (size_t i = 0; !status && i < builder->count; i++) {
        struct waiting *waiting = &builder->waiting[i];

        status = segment_add(segment, waiting->row, err);
        (*tags)[i] = waiting->tag;
        /* Not needed any more, and indexing wants the memory. */
        free(waiting->row);
        waiting->row = NULL;
    }
    clear(builder);
    /* They were freed in the order of their dates, not in that in which they
     * came, and free() alone gives back no holes. */
    malloc_trim(0);
    if (!status)
        status = segment_finish(segment, entry, err);
    segment_close(segment);
    if (status) {
        free(*tags);
        *tags = NULL;
    }
    return status;
}
