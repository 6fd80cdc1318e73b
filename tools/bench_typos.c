/*
 * bench_typos - how often a mistyped word is put right, and how fast.
 *
 *     bench_typos [-n TYPOS] [-s SEED] [-f FREQUENT] ARCHIVE
 *
 * Draws words from the FREQUENT most frequent ones of the archive that have
 * five letters or more, puts one edit into each (a letter dropped, added,
 * replaced or two swapped; nothing that is a frequent word itself) and asks
 * for a correction.  The same seed draws the same typos.  Times are of the
 * processor, so that a busy machine does not blur them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <sqlite3.h>

#include "corpus/base/mem.h"
#include "indexer/segment/vocabulary.h"
#include "query/archive/archive.h"
#include "query/spelling/suggest.h"
#include "tests/support/mistype.h"

enum {
    SHORTEST = 5,
    LONGEST = 24
};

struct word {
    char text[LONGEST + 2];
    uint64_t occurrences;
};

struct bench {
    struct archive *archive;
    struct sqlite3 **segment;
    struct word *word; /* the most frequent ones, first */
    size_t words;
    size_t room;
    size_t vocabulary; /* words in all segments */
    uint64_t seed;
};

static uint32_t
draw(struct bench *bench, size_t below)
{
    bench->seed = bench->seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(bench->seed >> 33) % (uint32_t)below;
}

static bool
is_plain(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (text[i] < 'a' || text[i] > 'z')
            return false;
    return size >= SHORTEST && size <= LONGEST;
}

static void
read_row(struct bench *bench, const struct vocabulary_row *row)
{
    const char *text = row->text;

    for (size_t i = 0; i < row->words; i++) {
        size_t size = row->bytes[i];

        if (is_plain(text, size)) {
            struct word *word;

            bench->word = mem_grow(bench->word, bench->words, &bench->room,
                                   sizeof(*bench->word));
            word = &bench->word[bench->words++];
            memset(word, 0, sizeof(*word));
            memcpy(word->text, text, size);
            word->occurrences = vocabulary_u32(row->occurrences, i);
        }
        text += size;
    }
    bench->vocabulary += row->words;
}

static int
by_text(const void *a, const void *b)
{
    return strcmp(((const struct word *)a)->text,
                  ((const struct word *)b)->text);
}

static int
most_first(const void *a, const void *b)
{
    const struct word *left = a;
    const struct word *right = b;

    if (left->occurrences != right->occurrences)
        return left->occurrences > right->occurrences ? -1 : 1;
    return by_text(a, b);
}

/* Segments count together. */
static void
read_words(struct bench *bench, size_t frequent)
{
    size_t kept = 0;

    for (size_t i = 0; i < bench->archive->manifest.segments; i++) {
        sqlite3_stmt *select = NULL;

        sqlite3_prepare_v2(bench->segment[i], "SELECT words FROM spelling", -1,
                           &select, NULL);
        while (sqlite3_step(select) == SQLITE_ROW) {
            const void *words = sqlite3_column_blob(select, 0);
            struct vocabulary_row row;

            if (vocabulary_row(&row, words,
                               (size_t)sqlite3_column_bytes(select, 0)))
                read_row(bench, &row);
        }
        sqlite3_finalize(select);
    }
    if (!bench->words)
        return;
    qsort(bench->word, bench->words, sizeof(*bench->word), by_text);
    for (size_t i = 1; i < bench->words; i++)
        if (by_text(&bench->word[kept], &bench->word[i]) == 0)
            bench->word[kept].occurrences += bench->word[i].occurrences;
        else
            bench->word[++kept] = bench->word[i];
    bench->words = kept + 1;
    qsort(bench->word, bench->words, sizeof(*bench->word), most_first);
    if (bench->words > frequent)
        bench->words = frequent;
}

static void
mistype_anywhere(struct bench *bench, char *word)
{
    size_t at = draw(bench, strlen(word));
    char letter = (char)('a' + draw(bench, 26));

    mistype(word, (unsigned)draw(bench, MISTYPE_EDITS), at, letter);
}

static bool
is_frequent(const struct bench *bench, const char *text)
{
    for (size_t i = 0; i < bench->words; i++)
        if (strcmp(bench->word[i].text, text) == 0)
            return true;
    return false;
}

static double
milliseconds(void)
{
    struct timespec time;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static void
measure(struct bench *bench, size_t typos)
{
    size_t right = 0;
    size_t listed = 0;
    double sum = 0;
    double worst = 0;

    for (size_t tried = 0; tried < typos;) {
        const char *meant = bench->word[draw(bench, bench->words)].text;
        struct guesses guesses;
        char typed[LONGEST + 2];
        double time;

        strcpy(typed, meant);
        mistype_anywhere(bench, typed);
        if (is_frequent(bench, typed))
            continue;
        tried++;
        time = milliseconds();
        suggest_words(&guesses, bench->segment,
                      bench->archive->manifest.segments, typed, strlen(typed));
        time = milliseconds() - time;
        sum += time;
        worst = time > worst ? time : worst;
        right += guesses.count && strcmp(guesses.guess[0].word, meant) == 0;
        for (size_t i = 0; i < guesses.count; i++)
            listed += strcmp(guesses.guess[i].word, meant) == 0;
    }
    printf("%zu typos of the %zu most frequent words of %zu\n", typos,
           bench->words, bench->vocabulary);
    printf("right first  %5.1f %%\n", 100 * (double)right / (double)typos);
    printf("right at all %5.1f %%\n", 100 * (double)listed / (double)typos);
    printf("mean         %7.2f ms\nworst        %7.2f ms\n",
           sum / (double)typos, worst);
}

static int
usage(void)
{
    fputs("usage: bench_typos [-n TYPOS] [-s SEED] [-f FREQUENT] ARCHIVE\n",
          stderr);
    return 2;
}

int
main(int argc, char **argv)
{
    struct bench bench = {.seed = 2014};
    struct error err = {0};
    long typos = 500;
    long frequent = 5000;
    int option;

    while ((option = getopt(argc, argv, "n:s:f:")) != -1) {
        long number = optarg ? strtol(optarg, NULL, 10) : 0;

        if (number <= 0)
            return usage();
        if (option == 'n')
            typos = number;
        else if (option == 's')
            bench.seed = (uint64_t)number;
        else
            frequent = number;
    }
    if (optind + 1 != argc)
        return usage();
    if (archive_open(&bench.archive, argv[optind], &err)) {
        fprintf(stderr, "bench_typos: %s\n", err.text);
        return 2;
    }
    bench.segment =
        mem_zero(bench.archive->manifest.segments + 1, sizeof(*bench.segment));
    for (size_t i = 0; i < bench.archive->manifest.segments; i++)
        bench.segment[i] = archive_db(&bench.archive->segment[i]);
    read_words(&bench, (size_t)frequent);
    if (bench.words)
        measure(&bench, (size_t)typos);
    else
        fputs("bench_typos: the archive has no words\n", stderr);
    archive_close(bench.archive);
    free(bench.segment);
    free(bench.word);
    return bench.words ? 0 : 2;
}
