/*
 * bench_operators - how long a search takes for a file of queries.
 *
 *     bench_operators [-k HITS] [-l MILLISECONDS] [-r ROUNDS] [-s BYTES]
 *                     [-v] ARCHIVE QUERIES
 *
 * A line of QUERIES is a class, a TAB and the query as nsearch takes it; with
 * more columns, the last one is the query.  Each is searched for as nsearch
 * does, in process and in one thread, ROUNDS times, with snippets of BYTES (0:
 * none, and of each hit only the key); its best time counts, and it is given
 * up after MILLISECONDS.  -v prints each query with its time and hits.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "corpus/base/mem.h"
#include "query/search/search.h"

struct asked {
    char kind[32];
    char *text;
    double best; /* microseconds */
    uint64_t total;
    bool late;
};

struct bench {
    struct search *search;
    struct search_request model;
    struct asked *asked;
    size_t count;
    size_t room;
    int rounds;
    bool verbose;
};

static int
trouble(const char *text)
{
    fprintf(stderr, "bench_operators: %s\n", text);
    return 2;
}

static double
now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

static int
read_queries(struct bench *bench, const char *path)
{
    FILE *file = fopen(path, "re");
    char *line = NULL;
    size_t room = 0;

    if (!file)
        return trouble(strerror(errno));
    while (getline(&line, &room, file) > 0) {
        char *text = strrchr(line, '\t');
        struct asked *asked;

        line[strcspn(line, "\n")] = '\0';
        if (!text)
            continue;
        bench->asked = mem_grow(bench->asked, bench->count, &bench->room,
                                sizeof(*bench->asked));
        asked = &bench->asked[bench->count++];
        *asked = (struct asked){.text = mem_string(text + 1), .best = 1e12};
        snprintf(asked->kind, sizeof(asked->kind), "%.*s",
                 (int)strcspn(line, "\t"), line);
    }
    free(line);
    fclose(file);
    return 0;
}

static bool
ask(struct bench *bench, struct asked *asked)
{
    struct search_request request = bench->model;
    struct search_result result = SEARCH_RESULT_INIT;
    struct error err = {0};
    double start = now();
    enum status status;

    request.text = asked->text;
    status = search_run(bench->search, &request, &result, &err);
    start = now() - start;
    if (status)
        fprintf(stderr, "bench_operators: %s: %s\n", asked->text, err.text);
    asked->best = start < asked->best ? start : asked->best;
    asked->total = result.total;
    asked->late = result.cut_short;
    search_result_release(&result);
    return !status;
}

static int
compare_times(const void *a, const void *b)
{
    const double *one = a;
    const double *two = b;

    return (*one > *two) - (*one < *two);
}

/* One line for a class; its queries are taken out of the others. */
static void
print_class(struct bench *bench, const char *kind)
{
    double *time = mem_resize(NULL, bench->count, sizeof(*time));
    size_t count = 0;
    size_t late = 0;
    double sum = 0;

    for (size_t i = 0; i < bench->count; i++) {
        struct asked *asked = &bench->asked[i];

        if (asked->best < 0 || strcmp(asked->kind, kind) != 0)
            continue;
        time[count++] = asked->best / 1e3;
        sum += asked->best / 1e3;
        late += asked->late;
        asked->best = -1;
    }
    qsort(time, count, sizeof(*time), compare_times);
    printf("%-10s %4zu %10.3f %10.3f %10.3f %10.3f %5zu\n", kind, count,
           sum / (double)count, time[count / 2], time[count * 9 / 10],
           time[count - 1], late);
    free(time);
}

static void
print_all(struct bench *bench)
{
    for (size_t i = 0; bench->verbose && i < bench->count; i++)
        printf("%-10s %10.3f %10llu%s %s\n", bench->asked[i].kind,
               bench->asked[i].best / 1e3,
               (unsigned long long)bench->asked[i].total,
               bench->asked[i].late ? "+" : " ", bench->asked[i].text);
    printf("%-10s %4s %10s %10s %10s %10s %5s  (milliseconds)\n", "class", "n",
           "mean", "p50", "p90", "max", "late");
    for (size_t i = 0; i < bench->count; i++)
        if (bench->asked[i].best >= 0)
            print_class(bench, bench->asked[i].kind);
}

static int
bench_all(struct bench *bench, const char *dir, const char *queries)
{
    struct error err = {0};
    int code = read_queries(bench, queries);

    if (!code && search_open(&bench->search, dir, &err))
        code = trouble(err.text);
    for (size_t i = 0; !code && i < bench->count; i++)
        for (int j = 0; !code && j < bench->rounds; j++)
            if (!ask(bench, &bench->asked[i]))
                code = 2;
    if (!code)
        print_all(bench);
    for (size_t i = 0; i < bench->count; i++)
        free(bench->asked[i].text);
    free(bench->asked);
    search_close(bench->search);
    return code;
}

int
main(int argc, char **argv)
{
    struct bench bench = {.model = SEARCH_REQUEST_INIT, .rounds = 3};
    int option;

    bench.model.snippet_width = 0;
    bench.model.advice = false;
    while ((option = getopt(argc, argv, "k:l:r:s:v")) != -1) {
        switch (option) {
        case 'k':
            bench.model.limit = (size_t)strtoul(optarg, NULL, 10);
            break;
        case 'l':
            bench.model.time_limit = (unsigned)strtoul(optarg, NULL, 10);
            break;
        case 'r':
            bench.rounds = (int)strtol(optarg, NULL, 10);
            break;
        case 's':
            bench.model.snippet_width = strtoul(optarg, NULL, 10);
            break;
        case 'v':
            bench.verbose = true;
            break;
        default:
            return trouble("unknown option; see the head of the source");
        }
    }
    bench.model.plain = bench.model.snippet_width == 0;
    if (argc - optind != 2)
        return trouble("which archive, and which queries?");
    return bench_all(&bench, argv[optind], argv[optind + 1]);
}
