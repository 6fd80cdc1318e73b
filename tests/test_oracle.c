#include "query/search.h"
#include "tests/archive_of.h"
#include "tests/oracle.h"
#include "tests/random_expr.h"

/*
 * Random trees on random articles: what the search finds is what the oracle
 * says, one segment or several.  TEST_SEED and TEST_ROUNDS ask for more.
 */
enum {
    ARTICLES = 300,
    SEGMENTS = 3,
    TEXT_ROOM = 1024
};

static const char *const words[] = {
    "opcon",   "transfer", "transfers", "transferring", "delay", "woman",
    "women",   "test",     "tested",    "Korea",        "US",    "control",
    "Tae-gyu", "offer",    "happy",     "happily",      "trans", NULL};

/* Those that no small word or capital makes special in a query. */
static const char *const asked[] = {
    "opcon", "transfer", "transfers", "transferring", "delay",
    "woman", "tested",   "Korea",     "control",      "Tae-gyu",
    "offer", "happily",  NULL};

struct text {
    char headline[TEXT_ROOM];
    char caption[TEXT_ROOM];
    char body[TEXT_ROOM];
};

static void
write_words(struct random_expr *random, char *out, size_t count)
{
    out[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        const char *end = random_below(random, 8) == 0    ? ". "
                          : random_below(random, 12) == 0 ? "\n"
                                                          : " ";

        strcat(out, random_word(random));
        strcat(out, end);
    }
}

static void
make_samples(struct random_expr *random, struct text *text,
             struct sample *sample)
{
    for (size_t i = 0; i < ARTICLES; i++) {
        write_words(random, text[i].headline, 1 + random_below(random, 4));
        for (char *c = text[i].headline; *c; c++)
            if (*c == '\n')
                *c = ' ';
        write_words(random, text[i].caption, random_below(random, 3));
        for (char *c = text[i].caption; *c; c++)
            if (*c == '\n')
                *c = ' ';
        write_words(random, text[i].body, 1 + random_below(random, 40));
        sample[i] = (struct sample){.headline = text[i].headline,
                                    .body = text[i].body,
                                    .source = i % 2 ? "Korea Herald" : "Wire",
                                    .day = i % 7 ? 14000 + (int)(i % 97) : 0};
        if (text[i].caption[0])
            sample[i].caption = text[i].caption;
    }
}

static void
read_article(struct oracle_article *to, struct analyzer *analyzer,
             const struct sample *sample, size_t number, int64_t length)
{
    struct article article;

    /* The archive tidies nothing; what is stored is what was written. */
    article_of(&article, sample, number);
    memset(to, 0, sizeof(*to));
    oracle_read(to, analyzer, FIELD_HEADLINE, article.headline.data);
    if (article.captions)
        oracle_read(to, analyzer, FIELD_CAPTIONS, article.caption[0].text.data);
    oracle_read(to, analyzer, FIELD_BODY, article.body.data);
    oracle_read(to, analyzer, FIELD_SOURCE, article.publication.data);
    to->dated = sample->day != 0;
    to->day = sample->day;
    to->length = length;
    article_release(&article);
}

/* The lengths that the archive counted; by key. */
static void
read_lengths(struct search *search, int64_t *length)
{
    struct search_request request = SEARCH_REQUEST_INIT;
    struct search_result result = SEARCH_RESULT_INIT;
    struct error err = {0};

    request.text = "wc>=0";
    request.limit = ARTICLES;
    request.snippet_width = 0;
    assert_int_equal(search_run(search, &request, &result, &err), STATUS_OK);
    assert_int_equal(result.hits, ARTICLES);
    for (size_t i = 0; i < result.hits; i++)
        length[atoi(result.hit[i].key.data)] = (int64_t)result.hit[i].words;
    search_result_release(&result);
}

static void
compare(struct search *search, const struct oracle_article *article,
        const struct sample *sample, struct analyzer *analyzer,
        const struct expr *expr, uint64_t seed)
{
    struct search_request request = SEARCH_REQUEST_INIT;
    struct search_result result = SEARCH_RESULT_INIT;
    struct error err = {0};
    struct buf text = BUF_INIT;
    bool found[ARTICLES] = {false};

    expr_print(expr, &text);
    request.text = text.data;
    request.limit = ARTICLES;
    request.snippet_width = 0;
    request.limits.depth = 60;
    if (search_run(search, &request, &result, &err))
        fail_msg("seed %llu: %s: %s", (unsigned long long)seed, text.data,
                 err.text);
    assert_int_equal(result.total, result.hits);
    for (size_t i = 0; i < result.hits; i++)
        found[atoi(result.hit[i].key.data)] = true;
    for (size_t i = 0; i < ARTICLES; i++) {
        bool matches = oracle_matches(&article[i], analyzer, expr);

        if (matches != found[i])
            fail_msg("seed %llu: article %zu %s: %s\n%s\n%s\n%s",
                     (unsigned long long)seed, i,
                     matches ? "is missing" : "should not be there", text.data,
                     sample[i].headline,
                     sample[i].caption ? sample[i].caption : "",
                     sample[i].body);
    }
    search_result_release(&result);
    buf_release(&text);
}

/* Lists of bare words are read with understanding, not by definition; and a
 * small word in capitals is another matter.  Both are tested elsewhere. */
static void
make_strict(struct expr *expr)
{
    expr->flags &= ~(unsigned)EXPR_LOOSE;
    for (size_t i = 0; i < expr->children; i++)
        make_strict(expr->child[i]);
}

static void
the_search_finds_what_the_oracle_says(void **state)
{
    const char *seed_text = getenv("TEST_SEED");
    const char *rounds_text = getenv("TEST_ROUNDS");
    long rounds = rounds_text ? atol(rounds_text) : 60;
    struct random_expr random = {
        .state = seed_text ? (uint64_t)atoll(seed_text) : 20181102,
        .words = words,
    };
    struct text *text = calloc(ARTICLES, sizeof(*text));
    struct sample *sample = calloc(ARTICLES, sizeof(*sample));
    struct oracle_article *article = calloc(ARTICLES, sizeof(*article));
    int64_t length[ARTICLES] = {0};
    struct analyzer *analyzer = NULL;
    struct search *search = NULL;
    struct error err = {0};
    char *dir = archive_folder_new();

    (void)state;
    printf("seed %llu\n", (unsigned long long)random.state);
    make_samples(&random, text, sample);
    archive_of(dir, sample, ARTICLES, SEGMENTS);
    assert_int_equal(search_open(&search, dir, &err), STATUS_OK);
    assert_int_equal(analyzer_new(&analyzer, "en", &err), STATUS_OK);
    read_lengths(search, length);
    for (size_t i = 0; i < ARTICLES; i++)
        read_article(&article[i], analyzer, &sample[i], i, length[i]);
    random.words = asked;
    for (long i = 0; i < rounds; i++) {
        uint64_t seed = random.state;
        struct expr *expr = random_expr_new(&random, 1 + (int)(i % 3));

        make_strict(expr);
        compare(search, article, sample, analyzer, expr, seed);
        expr_free(expr);
    }
    search_close(search);
    analyzer_free(analyzer);
    archive_remove(dir);
    free(article);
    free(sample);
    free(text);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_search_finds_what_the_oracle_says),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
