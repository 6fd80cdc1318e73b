/*
 * tests/support/oracle_world.h - a random archive, and whether a tree finds in
 * it what the oracle says.
 *
 * Articles of few words, in several languages and segments, some of them dead.
 * A tree is printed, searched for, and compared with what each article is by
 * itself; where FTS5 counts words as the ranked index does, the scores of the
 * ten best are compared with those that are found without skipping anything.
 */
#ifndef TESTS_ORACLE_WORLD_H
#define TESTS_ORACLE_WORLD_H

#include "indexer/archive/field.h"
#include "query/language/zone.h"
#include "query/search/search.h"
#include "tests/support/archive_of.h"
#include "tests/support/oracle.h"
#include "tests/support/random_expr.h"

enum {
    ARTICLES = 1000,
    SEGMENTS_MOST = 6,
    TEXT_ROOM = 1024
};

static const char *const words[] = {
    "opcon",     "transfer", "transfers", "transferring", "delay", "woman",
    "women",     "test",     "tested",    "Korea",        "US",    "control",
    "Tae-gyu",   "offer",    "happy",     "happily",      "trans", "Taegyu",
    "tae",       "gyu",      "delays",    "dealy",        "opera", "operas",
    "operating", NULL};

/* Those that no small word or capital makes special in a query. */
static const char *const asked[] = {
    "opcon",  "transfer", "transfers", "transferring", "delay", "woman",
    "tested", "Korea",    "control",   "Tae-gyu",      "offer", "happily",
    "Taegyu", "gyu",      "opera",     "operating",    NULL};

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

/* The number of its language; most are in the first. */
static size_t
of_article(size_t number)
{
    return number % 8 < ORACLE_LANGUAGES ? number % 8 : 0;
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
                                    .language = oracle_languages[of_article(i)],
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
    to->language = of_article(number);
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

/* The lengths that the archive counted, by key, of those that are alive. */
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
    for (size_t i = 0; i < result.hits; i++)
        length[atoi(result.hit[i].key.data)] = (int64_t)result.hit[i].words;
    search_result_release(&result);
}

/* Let every ninth article of each segment be dead. */
static void
kill_some(const char *dir)
{
    struct manifest manifest = MANIFEST_INIT;
    struct error err = {0};

    assert_int_equal(manifest_read(&manifest, dir, &err), STATUS_OK);
    for (size_t i = 0; i < manifest.segments; i++)
        for (int64_t id = 5; id <= manifest.segment[i].articles; id += 9)
            assert_true(manifest_kill(&manifest.segment[i], id));
    manifest.generation++;
    assert_int_equal(manifest_commit(&manifest, dir, &err), STATUS_OK);
    manifest_release(&manifest);
}

/* One archive, and what the oracle knows of it. */
struct world {
    struct text text[ARTICLES];
    struct sample sample[ARTICLES];
    struct oracle_article article[ARTICLES];
    bool dead[ARTICLES];
    struct oracle oracle;
    struct search *search;
    char *dir;
};

static struct world *
world_new(struct random_expr *random)
{
    struct world *world = calloc(1, sizeof(*world));
    int64_t length[ARTICLES];
    size_t segments = 1 + random_below(random, SEGMENTS_MOST);
    struct error err = {0};

    assert_non_null(world);
    world->dir = archive_folder_new();
    random->words = words;
    make_samples(random, world->text, world->sample);
    archive_of(world->dir, world->sample, ARTICLES, segments);
    kill_some(world->dir);
    for (size_t i = 0; i < ARTICLES; i++)
        length[i] = -1;
    if (search_open(&world->search, world->dir, &err) ||
        analyzer_new(&world->oracle.analyzer, "en", &err))
        fail_msg("%s", err.text);
    read_lengths(world->search, length);
    for (size_t i = 0; i < ARTICLES; i++) {
        read_article(&world->article[i], world->oracle.analyzer,
                     &world->sample[i], i, length[i]);
        oracle_learn(&world->oracle, &world->article[i]);
        world->dead[i] = length[i] < 0;
    }
    random->words = asked;
    return world;
}

static void
world_free(struct world *world)
{
    search_close(world->search);
    analyzer_free(world->oracle.analyzer);
    archive_remove(world->dir);
    free(world);
}

/*
 * Are the words counted alike by FTS5?  Of a word in two parts it counts each
 * spelling once more where it stands inside of another; and beside a NOT, or
 * of what must all be there as one way among several, it does not always tell
 * where it stands though it is there.  Where fields stand that are in no ranked
 * index only it tells.
 */
static bool
counts_alike(const struct expr *expr, bool among)
{
    bool all = expr->kind == EXPR_AND || expr->kind == EXPR_NEAR ||
               expr->kind == EXPR_SENTENCE || expr->kind == EXPR_PARAGRAPH;

    if ((expr->text && strchr(expr->text, '-')) || (among && all) ||
        expr->kind == EXPR_NOT ||
        (expr->kind == EXPR_ZONE &&
         zone_fields(expr->zone) >> FIELD_TEXT_COUNT))
        return false;
    among = among || expr->kind == EXPR_OR;
    for (size_t i = 0; i < expr->children; i++)
        if (!counts_alike(expr->child[i], among))
            return false;
    return true;
}

/* The scores of the ten best, and the number of all, are those that FTS5 and
 * the texts give. */
static void
compare_best(struct world *world, struct search_request *request,
             uint64_t total, uint64_t seed)
{
    struct search_result quick = SEARCH_RESULT_INIT;
    struct search_result slow = SEARCH_RESULT_INIT;
    struct error err = {0};

    request->limit = 10;
    request->plain = false;
    request->snippet_width = 0;
    if (search_run(world->search, request, &quick, &err))
        fail_msg("seed %llu: %s", (unsigned long long)seed, err.text);
    request->exhaustive = true;
    if (search_run(world->search, request, &slow, &err))
        fail_msg("seed %llu: %s", (unsigned long long)seed, err.text);
    if (quick.total != total || slow.total != total || quick.hits != slow.hits)
        fail_msg("seed %llu: %s: %llu and %llu, not %llu",
                 (unsigned long long)seed, request->text,
                 (unsigned long long)quick.total,
                 (unsigned long long)slow.total, (unsigned long long)total);
    for (size_t i = 0; i < quick.hits; i++)
        if (quick.hit[i].score != slow.hit[i].score)
            fail_msg("seed %llu: %s: hit %zu is %s, not %s",
                     (unsigned long long)seed, request->text, i,
                     quick.hit[i].key.data, slow.hit[i].key.data);
    search_result_release(&quick);
    search_result_release(&slow);
}

static void
compare(struct world *world, const struct expr *expr, uint64_t seed)
{
    struct search_request request = SEARCH_REQUEST_INIT;
    struct search_result result = SEARCH_RESULT_INIT;
    struct error err = {0};
    struct buf text = BUF_INIT;
    bool found[ARTICLES] = {false};

    /* The backslash says that it is no prose (prose.h). */
    buf_add_text(&text, "\\ ");
    expr_print(expr, &text);
    request.text = text.data;
    request.limit = ARTICLES;
    request.plain = true;
    request.advice = false;
    request.compounds = false;
    request.limits.depth = 60;
    if (search_run(world->search, &request, &result, &err))
        fail_msg("seed %llu: %s: %s", (unsigned long long)seed, text.data,
                 err.text);
    assert_int_equal(result.total, result.hits);
    for (size_t i = 0; i < result.hits; i++)
        found[atoi(result.hit[i].key.data)] = true;
    for (size_t i = 0; i < ARTICLES; i++) {
        const struct sample *sample = &world->sample[i];
        bool matches = !world->dead[i] &&
                       oracle_matches(&world->article[i], &world->oracle, expr);

        if (matches != found[i])
            fail_msg("seed %llu: article %zu %s: %s\n%s\n%s\n%s",
                     (unsigned long long)seed, i,
                     matches ? "is missing" : "should not be there", text.data,
                     sample->headline, sample->caption ? sample->caption : "",
                     sample->body);
    }
    oracle_forget(&world->oracle);
    if (counts_alike(expr, false))
        compare_best(world, &request, result.total, seed);
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

#endif
