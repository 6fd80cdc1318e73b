/*
 * bench_copies - which of many articles are copies of each other.
 *
 *     bench_copies [-w DAYS] < articles.jsonl > groups.tsv
 *
 * Articles are JSON Lines with "id", "date" and "body".  Two that are at most
 * DAYS (14) apart and may be the same story by their sketches are compared;
 * what is found is gathered in stars (J. Aslam et al., 2004): the article with
 * the most copies takes them, then the next that is left.  Each article is
 * printed with the first of its group, and on standard error what it took.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <jansson.h>

#include "corpus/base/mem.h"
#include "corpus/date/date.h"
#include "query/copies/story.h"

struct piece {
    char *id;
    int64_t day;
    struct story *story;
    size_t copies; /* edges */
    size_t group;  /* its first, from 1; 0: none yet */
};

struct pair {
    size_t one;
    size_t other;
};

struct bench {
    struct piece *piece;
    size_t pieces;
    size_t piece_room;
    struct pair *pair;
    size_t pairs;
    size_t pair_room;
    size_t compared;
};

static const char *
member(const json_t *line, const char *name)
{
    const char *text = json_string_value(json_object_get(line, name));

    return text ? text : "";
}

static bool
read_pieces(struct bench *bench)
{
    char *text = NULL;
    size_t room = 0;
    ssize_t size;

    while ((size = getline(&text, &room, stdin)) > 0) {
        json_t *line = json_loadb(text, (size_t)size, 0, NULL);
        const char *day = member(line, "date");
        const char *body = member(line, "body");
        struct date date = {0};

        if (!line)
            return false;
        date_parse(day, strlen(day), false, &date);
        bench->piece = mem_grow(bench->piece, bench->pieces, &bench->piece_room,
                                sizeof(*bench->piece));
        bench->piece[bench->pieces++] =
            (struct piece){.id = mem_string(member(line, "id")),
                           .day = date.seconds / 86400,
                           .story = story_new(body, strlen(body))};
        json_decref(line);
    }
    free(text);
    return true;
}

static int
by_day(const void *one, const void *other)
{
    const struct piece *a = one;
    const struct piece *b = other;

    if (a->day != b->day)
        return a->day < b->day ? -1 : 1;
    return strcmp(a->id, b->id);
}

static void
find_pairs(struct bench *bench, int64_t window)
{
    for (size_t i = 0; i < bench->pieces; i++)
        for (size_t j = i; j-- > 0;) {
            struct piece *one = &bench->piece[i];
            struct piece *other = &bench->piece[j];

            if (one->day - other->day > window)
                break;
            if (!story_may_be(one->story, other->story))
                continue;
            bench->compared++;
            if (!story_is(one->story, other->story))
                continue;
            bench->pair = mem_grow(bench->pair, bench->pairs, &bench->pair_room,
                                   sizeof(*bench->pair));
            bench->pair[bench->pairs++] = (struct pair){i, j};
            one->copies++;
            other->copies++;
        }
}

/* Give `first` those of its copies that nobody has. */
static void
take(struct bench *bench, size_t first)
{
    bench->piece[first].group = first + 1;
    for (size_t i = 0; i < bench->pairs; i++) {
        const struct pair *pair = &bench->pair[i];
        size_t other = pair->one == first     ? pair->other
                       : pair->other == first ? pair->one
                                              : first;

        if (!bench->piece[other].group)
            bench->piece[other].group = first + 1;
    }
}

static void
gather(struct bench *bench)
{
    for (;;) {
        size_t best = bench->pieces;

        for (size_t i = 0; i < bench->pieces; i++)
            if (!bench->piece[i].group && bench->piece[i].copies &&
                (best == bench->pieces ||
                 bench->piece[i].copies > bench->piece[best].copies))
                best = i;
        if (best == bench->pieces)
            return;
        take(bench, best);
    }
}

static double
seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void
print(const struct bench *bench, double read, double found)
{
    size_t features = 0;

    for (size_t i = 0; i < bench->pieces; i++) {
        const struct piece *piece = &bench->piece[i];
        size_t count;

        story_sketch(piece->story, &count);
        features += count;
        printf("%s\t%s\n", piece->id,
               bench->piece[piece->group ? piece->group - 1 : i].id);
    }
    fprintf(stderr,
            "%zu articles, %.1f numbers each in their sketches; %zu pairs "
            "compared, %zu the same; %.1f us to read one, %.1f us to compare "
            "two\n",
            bench->pieces, (double)features / (double)(bench->pieces + 1),
            bench->compared, bench->pairs,
            1e6 * read / (double)(bench->pieces + 1),
            1e6 * found / (double)(bench->compared + 1));
}

int
main(int argc, char **argv)
{
    struct bench bench = {0};
    long window = 14;
    double start = seconds();
    double read;
    int option;

    while ((option = getopt(argc, argv, "w:")) != -1) {
        if (option != 'w') {
            fputs("bench_copies: unknown option; see the head of the source\n",
                  stderr);
            return 2;
        }
        window = strtol(optarg, NULL, 10);
    }
    if (!read_pieces(&bench)) {
        fputs("bench_copies: a line is not JSON\n", stderr);
        return 1;
    }
    qsort(bench.piece, bench.pieces, sizeof(*bench.piece), by_day);
    read = seconds();
    find_pairs(&bench, window);
    gather(&bench);
    print(&bench, read - start, seconds() - read);
    for (size_t i = 0; i < bench.pieces; i++) {
        free(bench.piece[i].id);
        story_free(bench.piece[i].story);
    }
    free(bench.piece);
    free(bench.pair);
    return 0;
}
