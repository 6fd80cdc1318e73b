/*
 * tools/bench_times.h - the times of classes of questions, as a table.
 *
 *     struct bench_times times = {0};
 *
 *     for (... each question ...)
 *         bench_times_add(&times, kind);
 *     for (... each round and question i ...)
 *         bench_times_note(&times, i, microseconds);
 *     bench_times_print(&times);
 *     bench_times_release(&times);
 *
 * Of each question the best time counts.  Microseconds.
 */
#ifndef TOOLS_BENCH_TIMES_H
#define TOOLS_BENCH_TIMES_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "corpus/base/mem.h"

struct bench_time {
    char kind[32];
    double best;
};

struct bench_times {
    struct bench_time *item;
    size_t count;
    size_t room;
};

/* Microseconds of a clock that only rises. */
static inline double
bench_now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

static inline void
bench_times_add(struct bench_times *times, const char *kind)
{
    struct bench_time *item;

    times->item =
        mem_grow(times->item, times->count, &times->room, sizeof(*times->item));
    item = &times->item[times->count++];
    item->best = 1e18;
    snprintf(item->kind, sizeof(item->kind), "%s", kind);
}

static inline void
bench_times_note(struct bench_times *times, size_t number, double took)
{
    if (took < times->item[number].best)
        times->item[number].best = took;
}

static inline int
bench_compare(const void *a, const void *b)
{
    const double *one = a;
    const double *two = b;

    return (*one > *two) - (*one < *two);
}

/* One line for the class of a question; nothing if one before it has it. */
static inline void
bench_print_class(const struct bench_times *times, size_t number)
{
    const char *kind = times->item[number].kind;
    double *time = mem_resize(NULL, times->count, sizeof(*time));
    size_t count = 0;
    double sum = 0;

    for (size_t i = 0; i < times->count; i++) {
        if (strcmp(times->item[i].kind, kind) != 0)
            continue;
        if (i < number)
            break;
        time[count++] = times->item[i].best;
        sum += times->item[i].best;
    }
    qsort(time, count, sizeof(*time), bench_compare);
    if (count)
        printf("%-10s %4zu %10.1f %10.1f %10.1f %10.1f %10.1f\n", kind, count,
               sum / (double)count, time[count / 2], time[count * 9 / 10],
               time[count * 99 / 100], time[count - 1]);
    free(time);
}

static inline void
bench_times_print(const struct bench_times *times)
{
    printf("%-10s %4s %10s %10s %10s %10s %10s  (microseconds)\n", "class", "n",
           "mean", "p50", "p90", "p99", "max");
    for (size_t i = 0; i < times->count; i++)
        bench_print_class(times, i);
}

static inline void
bench_times_release(struct bench_times *times)
{
    free(times->item);
}

#endif
