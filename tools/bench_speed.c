/*
 * bench_speed - how long the ranked index takes for a file of queries.
 *
 *     bench_speed [-k HITS] [-y YEAR] [-r ROUNDS] [-c] [-x] ARCHIVE QUERIES
 *
 * A line of QUERIES is a class, a TAB and words.  Of a class whose name
 * begins with "and" all words are wanted, of one with "phrase" in a row, of
 * others any.  Each query is run ROUNDS times, one after the other and then
 * again, in one thread; its best time counts.  -c counts all matches as
 * well, -x scores all of them, -y asks for one year of publication.
 */
#include "tools/bench_times.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "corpus/base/mem.h"
#include "corpus/date/date.h"
#include "indexer/analysis/analysis.h"
#include "indexer/ranked/bm25f.h"
#include "indexer/ranked/ranked_list.h"
#include "indexer/ranked/ranked_terms.h"
#include "query/archive/archive.h"
#include "query/topk/topk.h"

enum {
    WORDS_MAX = 16
};

struct question {
    char *text;
    struct topk_unit unit[WORDS_MAX];
    struct topk_term term[WORDS_MAX];
    size_t words;
    struct topk_query query;
};

struct bench {
    struct archive *archive;
    struct topk_segment *segment;
    struct topk_archive ranked;
    struct topk_query model; /* what the options say */
    struct question *question;
    struct bench_times times;
    size_t questions;
    size_t room;
};

static int
trouble(const char *sentence)
{
    fprintf(stderr, "bench_speed: %s\n", sentence);
    return 2;
}

static uint32_t
weight_of(const struct bench *bench, const char *term, size_t size)
{
    uint64_t articles = 0;
    struct ranked_list list;

    for (size_t i = 0; i < bench->ranked.segments; i++)
        if (ranked_find(bench->segment[i].ranked, term, size, &list))
            articles += list.articles;
    return bm25f_weight(articles, bench->archive->articles);
}

static void
add_word(struct bench *bench, struct question *question, const char *word)
{
    struct query_word meaning = QUERY_WORD_INIT;
    struct topk_term *term = &question->term[question->words];

    if (question->words == WORDS_MAX)
        return;
    analysis_query(bench->archive->analyzer, NULL, word, strlen(word),
                   &meaning);
    if (meaning.readings && meaning.reading[0].terms == 1)
        term->text = mem_string(meaning.term[meaning.reading[0].first].term);
    else
        term->text = mem_string(word);
    term->size = strlen(term->text);
    question->unit[question->words++] =
        (struct topk_unit){.term = term,
                           .terms = 1,
                           .weight = weight_of(bench, term->text, term->size)};
    query_word_release(&meaning);
}

static void
finish(struct bench *bench, struct question *question, const char *kind)
{
    question->query = bench->model;
    question->query.unit = question->unit;
    question->query.units = question->words;
    question->query.all = strncmp(kind, "and", 3) == 0;
    bench_times_add(&bench->times, kind);
    if (strncmp(kind, "phrase", 6) != 0)
        return;
    for (size_t i = 1; i < question->words; i++)
        question->unit[0].weight += question->unit[i].weight;
    question->unit[0].terms = question->words;
    question->query.units = 1;
}

/* Class, TAB, words.  The line is cut up. */
static void
add_question(struct bench *bench, char *line)
{
    struct question *question = mem_zero(1, sizeof(*question));
    char *tab = strchr(line, '\t');
    char *rest = NULL;

    if (tab) {
        *tab = '\0';
        question->text = mem_string(tab + 1);
        for (char *word = strtok_r(tab + 1, " ", &rest); word;
             word = strtok_r(NULL, " ", &rest))
            add_word(bench, question, word);
    }
    if (!question->words) {
        free(question->text);
        free(question);
        return;
    }
    bench->question = mem_grow(bench->question, bench->questions, &bench->room,
                               sizeof(*bench->question));
    finish(bench, question, line);
    bench->question[bench->questions] = *question;
    free(question);
    bench->questions++;
}

/* The arrays have moved with the questions. */
static void
settle(struct bench *bench)
{
    for (size_t i = 0; i < bench->questions; i++) {
        struct question *question = &bench->question[i];

        for (size_t j = 0; j < question->words; j++)
            question->unit[j].term = &question->term[j];
        question->query.unit = question->unit;
    }
}

static int
read_questions(struct bench *bench, const char *path)
{
    FILE *file = fopen(path, "re");
    char *line = NULL;
    size_t room = 0;
    ssize_t size;

    if (!file)
        return trouble(strerror(errno));
    while ((size = getline(&line, &room, file)) > 0) {
        if (line[size - 1] == '\n')
            line[size - 1] = '\0';
        add_question(bench, line);
    }
    free(line);
    fclose(file);
    settle(bench);
    return 0;
}

static bool
run_all(struct bench *bench, int rounds)
{
    for (int round = 0; round < rounds; round++) {
        for (size_t i = 0; i < bench->questions; i++) {
            struct question *question = &bench->question[i];
            struct topk_result result = TOPK_RESULT_INIT;
            double start = bench_now();
            bool sound = topk_run(&bench->ranked, &question->query, &result);

            bench_times_note(&bench->times, i, bench_now() - start);
            topk_result_release(&result);
            if (!sound)
                return false;
        }
    }
    return true;
}

static int
open_archive(struct bench *bench, const char *dir, struct error *err)
{
    size_t segments;

    if (archive_open(&bench->archive, dir, err))
        return trouble(err->text);
    segments = bench->archive->manifest.segments;
    bench->segment = mem_zero(segments + 1, sizeof(*bench->segment));
    for (size_t i = 0; i < segments; i++) {
        bench->segment[i].ranked = bench->archive->segment[i].ranked;
        bench->segment[i].entry = bench->archive->segment[i].entry;
        if (!bench->segment[i].ranked)
            return trouble("a segment has no ranked index");
    }
    bench->ranked =
        (struct topk_archive){.segment = bench->segment, .segments = segments};
    return 0;
}

static int
bench_all(struct bench *bench, const char *dir, const char *queries, int rounds)
{
    struct error err = {0};
    int code = open_archive(bench, dir, &err);

    if (!code)
        code = read_questions(bench, queries);
    if (!code && !run_all(bench, rounds))
        code = trouble("a ranked index is damaged");
    if (!code)
        bench_times_print(&bench->times);
    for (size_t i = 0; i < bench->questions; i++) {
        free(bench->question[i].text);
        for (size_t j = 0; j < bench->question[i].words; j++)
            free((void *)(uintptr_t)bench->question[i].term[j].text);
    }
    free(bench->question);
    bench_times_release(&bench->times);
    free(bench->segment);
    archive_close(bench->archive);
    return code;
}

static void
ask_for_year(struct topk_query *query, int year)
{
    query->first = date_of_day(year, 1, 1).seconds;
    query->last = date_of_day(year + 1, 1, 1).seconds - 1;
}

int
main(int argc, char **argv)
{
    struct bench bench = {.model = TOPK_QUERY_INIT};
    int rounds = 9;
    int option;

    while ((option = getopt(argc, argv, "k:y:r:cx")) != -1) {
        switch (option) {
        case 'k':
            bench.model.limit = (size_t)strtoul(optarg, NULL, 10);
            break;
        case 'y':
            ask_for_year(&bench.model, (int)strtol(optarg, NULL, 10));
            break;
        case 'r':
            rounds = (int)strtol(optarg, NULL, 10);
            break;
        case 'c':
            bench.model.count = true;
            break;
        case 'x':
            bench.model.exhaustive = true;
            break;
        default:
            return trouble("unknown option; see the head of the source");
        }
    }
    if (argc - optind != 2)
        return trouble("which archive, and which queries?");
    return bench_all(&bench, argv[optind], argv[optind + 1], rounds);
}
