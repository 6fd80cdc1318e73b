/*
 * bench_operators - how long a search takes for a file of queries.
 *
 *     bench_operators [-e MATCHES] [-k HITS] [-l MILLISECONDS] [-r ROUNDS]
 *                     [-s BYTES] [-v] ARCHIVE QUERIES
 *
 * A line of QUERIES is a class, a TAB and the query as nsearch takes it; with
 * more columns, the last one is the query.  Each is searched for as nsearch
 * does, in process and in one thread, ROUNDS times, with snippets of BYTES (0:
 * none, and of each hit only the key); its best time counts, and it is given
 * up after MILLISECONDS.  More than MATCHES are not counted (0: all are).  -v
 * prints each query with its time and hits.
 */
#include "tools/bench_times.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "corpus/base/mem.h"
#include "query/search/search.h"

struct asked {
    char *text;
    uint64_t total;
    bool late;
};

struct bench {
    struct search *search;
    struct search_request model;
    struct asked *asked;
    struct bench_times times;
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
        *asked = (struct asked){.text = mem_string(text + 1)};
        line[strcspn(line, "\t")] = '\0';
        bench_times_add(&bench->times, line);
    }
    free(line);
    fclose(file);
    return 0;
}

static bool
ask(struct bench *bench, size_t number)
{
    struct asked *asked = &bench->asked[number];
    struct search_request request = bench->model;
    struct search_result result = SEARCH_RESULT_INIT;
    struct error err = {0};
    double start = bench_now();
    enum status status;

    request.text = asked->text;
    status = search_run(bench->search, &request, &result, &err);
    bench_times_note(&bench->times, number, bench_now() - start);
    if (status)
        fprintf(stderr, "bench_operators: %s: %s\n", asked->text, err.text);
    asked->total = result.total;
    asked->late = result.cut_short;
    search_result_release(&result);
    return !status;
}

static void
print_all(const struct bench *bench)
{
    size_t late = 0;

    for (size_t i = 0; i < bench->count; i++) {
        const struct asked *asked = &bench->asked[i];

        late += asked->late;
        if (bench->verbose)
            printf("%-10s %10.1f %10llu%s %s\n", bench->times.item[i].kind,
                   bench->times.item[i].best, (unsigned long long)asked->total,
                   asked->late ? "+" : " ", asked->text);
    }
    bench_times_print(&bench->times);
    if (late)
        printf("%zu were given up\n", late);
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
            if (!ask(bench, i))
                code = 2;
    if (!code)
        print_all(bench);
    for (size_t i = 0; i < bench->count; i++)
        free(bench->asked[i].text);
    free(bench->asked);
    bench_times_release(&bench->times);
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
    while ((option = getopt(argc, argv, "e:k:l:r:s:v")) != -1) {
        switch (option) {
        case 'e':
            bench.model.enough = strtoull(optarg, NULL, 10);
            break;
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
