/*
 * make_articles - a synthetic archive of any size, to measure speed on.
 *
 *     make_articles [-s SEED] [-q] ARTICLES >FILE
 *
 * Writes JSON Lines as nindex reads them: id, date, headline, byline, caption
 * and body.  With -q it writes, for the same archive, a file of queries as
 * bench_speed reads it.  Same number and seed, same bytes.
 *
 * Words are drawn by Zipf's law from a vocabulary that has no end, as that of
 * a newspaper has none: the rank of a word is exp(u * ln(size)), where the
 * size grows with the archive (Heaps' law).  A third of the words come from a
 * subject that an article has and that its neighbours in time share, so that
 * words keep company and phrases come back.
 */
#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "corpus/base/count.h"

enum {
    WORD_MAX = 40,
    SUBJECTS = 4000,
    SUBJECT_WORDS = 60,
    FIRST_YEAR = 1995,
    DAYS = 30 * 365,
    BODY_LEAST = 60,
    BODY_SPREAD = 480,
    SENTENCE_LEAST = 8,
    SENTENCE_SPREAD = 20,
    QUERIES_A_CLASS = 60
};

/* The words that English uses most; they head the vocabulary. */
static const char *const small_words[] = {
    "the", "of",   "to",   "and",  "a",     "in",   "said", "that", "for",
    "on",  "is",   "was",  "with", "it",    "by",   "at",   "from", "as",
    "be",  "has",  "he",   "an",   "would", "its",  "will", "not",  "have",
    "but", "are",  "were", "they", "this",  "more", "had",  "or",   "new",
    "one", "year", "his",  "who",  "up",    "last", "been", "about"};

enum {
    SMALL_WORDS = COUNT(small_words)
};

struct maker {
    uint64_t state;
    double log_size; /* of the vocabulary */
};

/* Knuth's multiplier for a 64-bit congruential generator, and a mixing of
 * the high bits, as the low ones have short periods. */
static uint64_t
draw(struct maker *maker)
{
    maker->state = maker->state * UINT64_C(6364136223846793005) +
                   UINT64_C(1442695040888963407);
    return (maker->state ^ maker->state >> 29) >> 16;
}

static uint64_t
below(struct maker *maker, uint64_t limit)
{
    return draw(maker) % limit;
}

static double
fraction(struct maker *maker)
{
    return (double)(draw(maker) & UINT64_C(0xffffffff)) / 4294967296.0;
}

static uint64_t
zipf(struct maker *maker)
{
    return (uint64_t)exp(fraction(maker) * maker->log_size);
}

/* The word of a rank; syllables spell its number, so no two are the same. */
static const char *
word_of(uint64_t rank, char word[WORD_MAX])
{
    static const char onset[] = "bdfgklmnprstvz";
    static const char vowel[] = "aeiou";
    static const char *const coda[] = {"n", "r", "st", "l", "x", "m", "nd"};
    size_t size = 0;

    if (rank < SMALL_WORDS)
        return small_words[rank];
    for (uint64_t left = rank; left && size + 4 < WORD_MAX;) {
        word[size++] = onset[left % (sizeof(onset) - 1)];
        left /= sizeof(onset) - 1;
        word[size++] = vowel[left % (sizeof(vowel) - 1)];
        left /= sizeof(vowel) - 1;
    }
    snprintf(word + size, WORD_MAX - size, "%s", coda[rank % 7]);
    return word;
}

/* A word of a subject: its ranks are spread over the middle of the
 * vocabulary, the first ones used most. */
static uint64_t
subject_word(struct maker *maker, uint64_t subject)
{
    uint64_t nth = (uint64_t)exp(fraction(maker) * log(SUBJECT_WORDS));

    return SMALL_WORDS + (subject * UINT64_C(2654435761) + nth * 7919) % 60000;
}

static uint64_t
any_word(struct maker *maker, uint64_t subject)
{
    return below(maker, 3) ? zipf(maker) : subject_word(maker, subject);
}

static void
put_word(uint64_t rank, bool capital)
{
    char room[WORD_MAX] = "";
    const char *word = word_of(rank, room);

    if (capital)
        putchar(*word >= 'a' && *word <= 'z' ? *word - 'a' + 'A' : *word);
    fputs(word + capital, stdout);
}

static void
put_sentence(struct maker *maker, uint64_t subject, uint64_t words)
{
    for (uint64_t i = 0; i < words; i++) {
        if (i)
            putchar(' ');
        put_word(any_word(maker, subject), i == 0 || below(maker, 9) == 0);
    }
}

static void
put_date(uint64_t day)
{
    /* Months of 30 days are good enough for a date that only must rise. */
    uint64_t year = FIRST_YEAR + day / 360;
    uint64_t rest = day % 360;

    printf("%04" PRIu64 "-%02" PRIu64 "-%02" PRIu64, year, rest / 30 + 1,
           rest % 28 + 1);
}

static void
put_article(struct maker *maker, uint64_t number, uint64_t articles)
{
    uint64_t day = number * DAYS / articles;
    uint64_t subject = (day / 20 + below(maker, 40)) % SUBJECTS;
    uint64_t words = BODY_LEAST + below(maker, BODY_SPREAD);

    printf("{\"language\":\"en\",\"id\":\"synthetic-%" PRIu64 "\",\"date\":\"",
           number);
    put_date(day);
    fputs("\",\"headline\":\"", stdout);
    put_sentence(maker, subject, 5 + below(maker, 5));
    fputs("\",\"byline\":\"", stdout);
    put_word(SMALL_WORDS + below(maker, 300), true);
    putchar(' ');
    put_word(SMALL_WORDS + 300 + below(maker, 3000), true);
    fputs("\",\"caption\":\"", stdout);
    put_sentence(maker, subject, 12);
    fputs(".\",\"body\":\"", stdout);
    for (uint64_t done = 0, sentence = 1; done < words; sentence++) {
        uint64_t size = SENTENCE_LEAST + below(maker, SENTENCE_SPREAD);

        put_sentence(maker, subject, size);
        fputs(sentence % 3 ? ". " : ".\\n\\n", stdout);
        done += size;
    }
    fputs("\"}\n", stdout);
}

/* What people ask: words of the middle of the vocabulary, and of the same
 * subject where they are asked together. */
static void
put_query(struct maker *maker, const char *kind, int words, int small)
{
    uint64_t subject = below(maker, SUBJECTS);

    printf("%s\t", kind);
    for (int i = 0; i < words; i++) {
        if (i)
            putchar(' ');
        put_word(i < small ? below(maker, 20)
                           : (below(maker, 2) ? subject_word(maker, subject)
                                              : SMALL_WORDS + zipf(maker)),
                 false);
    }
    putchar('\n');
}

static void
put_queries(struct maker *maker)
{
    static const struct kind {
        const char *name;
        int words;
        int small; /* of them, of the smallest words */
    } kinds[] = {{"term", 1, 0},   {"and2", 2, 0}, {"and3", 3, 0},
                 {"or2", 2, 0},    {"or4", 4, 0},  {"orstop", 5, 2},
                 {"phrase", 2, 1}, {NULL, 0, 0}};

    for (int i = 0; i < QUERIES_A_CLASS; i++)
        for (const struct kind *kind = kinds; kind->name; kind++)
            put_query(maker, kind->name, kind->words, kind->small);
}

static int
usage(void)
{
    fputs("usage: make_articles [-s SEED] [-q] ARTICLES >FILE\n", stderr);
    return 2;
}

int
main(int argc, char **argv)
{
    struct maker maker = {.state = 1};
    bool queries = false;
    uint64_t articles;
    int option;

    while ((option = getopt(argc, argv, "qs:")) != -1) {
        if (option == 'q')
            queries = true;
        else if (option == 's')
            maker.state = strtoull(optarg, NULL, 10);
        else
            return usage();
    }
    if (argc - optind != 1)
        return usage();
    articles = strtoull(argv[optind], NULL, 10);
    if (!articles)
        return usage();
    maker.log_size = log(20000 + 60 * sqrt((double)articles * 300));
    if (queries)
        put_queries(&maker);
    else
        for (uint64_t i = 0; i < articles; i++)
            put_article(&maker, i, articles);
    if (fflush(stdout) || ferror(stdout)) {
        fputs("make_articles: cannot write; is the disk full?\n", stderr);
        return 1;
    }
    return 0;
}
