/*
 * Segments merged by their postings must be, byte for byte, what comes of
 * analysing their texts again: random articles of several languages, some of
 * them dropped, in a random order.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "corpus/base/count.h"
#include "indexer/segment/schema.h"
#include "indexer/segment/segment.h"
#include "indexer/segment/segment_builder.h"
#include "indexer/segment/segment_merge.h"
#include "indexer/stored/store.h"

enum {
    SOURCES = 4,
    ARTICLES = 60,
    ROUNDS = 12
};

static uint32_t
roll(uint32_t *seed, uint32_t sides)
{
    *seed = *seed * 1103515245u + 12345u;
    return (*seed >> 16) % sides;
}

static const char *const words[] = {
    "the",     "The",     "bank",      "banks",     "Bank",     "BANK",
    "banking", "of",      "US",        "us",        "U.S.",     "Tae-gyu",
    "Taegyu",  "café",    "CAFE",      "Müller",    "Mueller",  "oil",
    "prices",  "price",   "50%",       "F/A-18",    "O'Brien",  "2024",
    "서울",    "전작권",  "transfert", "élections", "Häuser",   "$1.5",
    "r&d",     "a@b.org", "end.",      "said.",     "New York", "東京都",
};

static void
add_text(struct buf *text, uint32_t *seed, uint32_t most)
{
    uint32_t count = roll(seed, most);

    for (uint32_t i = 0; i < count; i++)
        buf_printf(text, "%s ", words[roll(seed, COUNT(words))]);
    /* Rare ones, and terms on many pages of FTS5. */
    if (roll(seed, 3) == 0)
        buf_printf(text, "w%u W%u", roll(seed, 4000), roll(seed, 4000));
}

static void
make_article(struct article *article, uint32_t *seed, unsigned number)
{
    static const char *const languages[] = {"", "en", "fr", "de", "ko"};
    struct buf text = BUF_INIT;

    article_init(article);
    buf_printf(&article->key, "https://news.example/%u", number);
    buf_set(&article->url, article->key.data, article->key.size);
    buf_set_text(&article->language, languages[roll(seed, 5)]);
    add_text(&article->headline, seed, 12);
    add_text(&article->byline, seed, 3);
    for (uint32_t i = roll(seed, 5); i > 0; i--) {
        buf_clear(&text);
        add_text(&text, seed, 200);
        if (text.size)
            article_add_paragraph(article, text.data, text.size);
    }
    if (roll(seed, 6))
        article->published =
            date_of_day(1990 + (int)roll(seed, 30), 1 + (int)roll(seed, 12), 9);
    buf_release(&text);
}

struct made {
    struct manifest_segment entry;
    char path[256];
    struct sqlite3 *db;
    struct unpacker *unpacker;
    sqlite3_stmt *select;
    bool more;
};

static void
make_source(struct made *made, const char *dir, uint64_t number,
            uint32_t articles, uint32_t *seed)
{
    struct segment_plan plan = {
        .dir = dir, .language = "en", .number = number, .memory = 1 << 16};
    struct segment_builder *builder = segment_builder_new();
    struct segment_tag *tags = NULL;
    struct error err = {0};

    for (uint32_t i = 0; i < articles; i++) {
        struct segment_tag tag = {.serial = i};
        struct article article;

        make_article(&article, seed, (unsigned)(number * 1000 + i));
        segment_builder_add(builder, &article, "/news/a.jsonl", &tag);
        article_release(&article);
    }
    if (segment_builder_write(builder, &plan, &made->entry, &tags, &err))
        fail_msg("%s", err.text);
    segment_builder_free(builder);
    free(tags);
    snprintf(made->path, sizeof(made->path), "%s/seg-%06u.db", dir,
             (unsigned)number);
    if (schema_open(&made->db, made->path, &err))
        fail_msg("%s", err.text);
    made->unpacker = unpacker_new(made->db);
}

static void
rewind_sources(struct made *made)
{
    for (size_t i = 0; i < SOURCES; i++) {
        sqlite3_finalize(made[i].select);
        assert_int_equal(sqlite3_prepare_v2(made[i].db,
                                            "SELECT " ROW_COLUMNS
                                            " FROM article ORDER BY id",
                                            -1, &made[i].select, NULL),
                         SQLITE_OK);
        made[i].more = sqlite3_step(made[i].select) == SQLITE_ROW;
    }
}

/* What is dropped, and in which order the rest comes, is up to the seed. */
static void
merge(struct made *made, const char *dir, uint64_t number, bool by_postings,
      uint32_t seed)
{
    struct segment_plan plan = {
        .dir = dir, .language = "en", .number = number, .memory = 1 << 16};
    struct segment_source source[SOURCES];
    struct manifest_segment entry;
    struct segment *segment = NULL;
    struct error err = {0};
    size_t left = SOURCES;

    for (size_t i = 0; i < SOURCES; i++)
        source[i] = (struct segment_source){
            .db = made[i].db, .path = made[i].path, .entry = &made[i].entry};
    assert_int_equal(segment_open(&segment, &plan, &err), STATUS_OK);
    if (by_postings)
        segment_merge_from(segment, source, SOURCES);
    rewind_sources(made);
    while (left > 0) {
        size_t from = roll(&seed, SOURCES);
        enum status status = STATUS_OK;

        if (made[from].more && roll(&seed, 4))
            status = by_postings
                         ? segment_copy_from(segment, from, made[from].select,
                                             made[from].unpacker, &err)
                         : segment_copy(segment, made[from].select,
                                        made[from].unpacker, &err);
        if (status)
            fail_msg("%s", err.text);
        if (made[from].more)
            made[from].more = sqlite3_step(made[from].select) == SQLITE_ROW;
        left = 0;
        for (size_t i = 0; i < SOURCES; i++)
            left += made[i].more;
    }
    if (segment_finish(segment, &entry, &err))
        fail_msg("%s", err.text);
    segment_close(segment);
    list_release(&entry.languages);
}

static void
read_file(const char *dir, const char *name, struct buf *out)
{
    char path[256];
    FILE *file;
    int byte;

    snprintf(path, sizeof(path), "%s/%s", dir, name);
    file = fopen(path, "rbe");
    assert_non_null(file);
    while ((byte = getc(file)) != EOF)
        buf_add_byte(out, (char)byte);
    fclose(file);
}

/* All rows of a table. */
static void
read_table(const char *dir, const char *name, const char *sql, struct buf *out)
{
    struct sqlite3 *db = NULL;
    sqlite3_stmt *select = NULL;
    struct error err = {0};
    char path[256];

    snprintf(path, sizeof(path), "%s/%s", dir, name);
    if (schema_open(&db, path, &err))
        fail_msg("%s", err.text);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &select, NULL), SQLITE_OK);
    while (sqlite3_step(select) == SQLITE_ROW)
        for (int i = 0; i < sqlite3_column_count(select); i++) {
            const void *bytes = sqlite3_column_blob(select, i);

            buf_add(out, bytes ? bytes : "",
                    (size_t)sqlite3_column_bytes(select, i));
            buf_add_byte(out, '\n');
        }
    assert_int_equal(sqlite3_exec(db,
                                  "INSERT INTO article_fts(article_fts, rank)"
                                  " VALUES('integrity-check', 1)",
                                  NULL, NULL, NULL) == SQLITE_CORRUPT,
                     0);
    sqlite3_finalize(select);
    schema_close(db);
}

static void
expect_equal(struct buf *one, struct buf *other, const char *what,
             uint32_t seed)
{
    if (one->size != other->size || memcmp(one->data, other->data, one->size))
        fail_msg("%s differs: seed %u", what, seed);
    assert_true(one->size > 0);
    buf_clear(one);
    buf_clear(other);
}

static void
compare(const char *dir, uint32_t seed)
{
    static const char *const table[] = {
        "SELECT id, block FROM article_fts_data ORDER BY id",
        "SELECT segid, term, pgno FROM article_fts_idx ORDER BY term",
        "SELECT id, sz FROM article_fts_docsize ORDER BY id",
        "SELECT * FROM term ORDER BY term",
        "SELECT * FROM likeness ORDER BY id",
        "SELECT * FROM spelling ORDER BY id",
    };
    struct buf one = BUF_INIT;
    struct buf other = BUF_INIT;

    read_file(dir, "seg-000100.rank", &one);
    read_file(dir, "seg-000101.rank", &other);
    expect_equal(&one, &other, "the ranked index", seed);
    for (size_t i = 0; i < COUNT(table); i++) {
        read_table(dir, "seg-000100.db", table[i], &one);
        read_table(dir, "seg-000101.db", table[i], &other);
        expect_equal(&one, &other, table[i], seed);
    }
    buf_release(&one);
    buf_release(&other);
}

static void
one_round(uint32_t seed)
{
    struct made made[SOURCES] = {0};
    char dir[] = "/tmp/test-segment-merge-XXXXXX";
    char command[64];
    uint32_t random = seed;

    assert_non_null(mkdtemp(dir));
    for (uint64_t i = 0; i < SOURCES; i++)
        make_source(&made[i], dir, i + 1, 1 + roll(&random, ARTICLES), &random);
    merge(made, dir, 100, true, random);
    merge(made, dir, 101, false, random);
    compare(dir, seed);
    for (size_t i = 0; i < SOURCES; i++) {
        sqlite3_finalize(made[i].select);
        unpacker_free(made[i].unpacker);
        schema_close(made[i].db);
        list_release(&made[i].entry.languages);
    }
    snprintf(command, sizeof(command), "rm -rf '%s'", dir);
    assert_int_equal(system(command), 0); /* NOLINT(cert-env33-c) */
}

static void
merging_postings_is_analysing_again(void **state)
{
    (void)state;
    for (uint32_t round = 0; round < ROUNDS; round++)
        one_round(round * 7919 + 17);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(merging_postings_is_analysing_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
