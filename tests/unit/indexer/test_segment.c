#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "indexer/archive/field.h"
#include "indexer/segment/schema.h"
#include "indexer/segment/segment.h"
#include "indexer/segment/segment_builder.h"
#include "indexer/stored/row_fields.h"
#include "indexer/stored/store.h"
#include "tests/support/full_article.h"

/* A folder that goes away with what is in it. */
static int
make_folder(void **state)
{
    *state = strdup("/tmp/test-segment-XXXXXX");
    return mkdtemp(*state) ? 0 : -1;
}

static int
remove_folder(void **state)
{
    char command[128];
    int failed;

    snprintf(command, sizeof(command), "rm -rf '%s'", (char *)*state);
    failed = system(command); /* NOLINT(cert-env33-c) */
    free(*state);
    return failed;
}

static void
make_article(struct article *article, const char *key, int year,
             const char *headline, const char *body)
{
    article_init(article);
    buf_set_text(&article->key, key);
    buf_set_text(&article->headline, headline);
    article_add_paragraph(article, body, strlen(body));
    if (year)
        article->published = date_of_day(year, 10, 24);
}

static void
add(struct segment_builder *builder, const struct article *article,
    int64_t serial)
{
    struct segment_tag tag = {.serial = serial};

    segment_builder_add(builder, article, "/news/a.html", &tag);
}

static int64_t
number(struct sqlite3 *db, const char *sql)
{
    sqlite3_stmt *ask = NULL;
    int64_t got;

    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &ask, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(ask), SQLITE_ROW);
    got = sqlite3_column_int64(ask, 0);
    sqlite3_finalize(ask);
    return got;
}

/* Three articles in no order: tags 10, 11, 12. */
static void
build_three(const char *dir, struct manifest_segment *entry,
            struct segment_tag **tags)
{
    struct segment_plan plan = {
        .dir = dir, .language = "en", .number = 7, .memory = 1 << 20};
    struct segment_builder *builder = segment_builder_new();
    struct error err = {0};
    struct article article;

    make_article(&article, "k1", 2014, "Opcon transfer delayed",
                 "The transfer of wartime operational control.");
    buf_set_text(&article.language, "fr");
    add(builder, &article, 10);
    article_release(&article);
    make_article(&article, "k2", 0, "Undated", "No date here, no control.");
    add(builder, &article, 11);
    article_release(&article);
    make_article(&article, "k3", 1999, "Old news", "Long ago.");
    add(builder, &article, 12);
    article_release(&article);
    assert_int_equal(segment_builder_count(builder), 3);
    if (segment_builder_write(builder, &plan, entry, tags, &err))
        fail_msg("%s", err.text);
    assert_int_equal(segment_builder_count(builder), 0);
    segment_builder_free(builder);
}

static void
articles_are_numbered_by_date_undated_first(void **state)
{
    struct manifest_segment entry;
    struct segment_tag *tags;
    struct sqlite3 *db;
    struct error err = {0};
    struct stat info;
    char path[256];

    build_three(*state, &entry, &tags);
    assert_int_equal(tags[0].serial, 11);
    assert_int_equal(tags[1].serial, 12);
    assert_int_equal(tags[2].serial, 10);
    assert_string_equal(entry.name, "seg-000007.db");
    assert_int_equal(entry.articles, 3);
    assert_int_equal(entry.first, date_of_day(1999, 10, 24).seconds);
    assert_int_equal(entry.last, date_of_day(2014, 10, 24).seconds);
    assert_int_equal(entry.languages.count, 1);
    assert_true(entry.length[FIELD_HEADLINE] >= 6);
    snprintf(path, sizeof(path), "%s/%s", (char *)*state, entry.name);
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0444);
    assert_int_equal(info.st_size, entry.bytes);
    assert_int_equal(schema_open(&db, path, &err), STATUS_OK);
    assert_int_equal(number(db, "SELECT count(*) FROM article"), 3);
    assert_int_equal(number(db, "SELECT rowid FROM article_fts WHERE "
                                "article_fts MATCH 'wartime'"),
                     3);
    assert_int_equal(number(db, "SELECT articles FROM term WHERE "
                                "term='control:en'"),
                     1);
    schema_close(db);
    list_release(&entry.languages);
    free(tags);
}

/* With something in every member. */
static void
make_full_article(struct article *article)
{
    full_article(article);
    buf_set_text(&article->language, "en");
    buf_set_text(&article->byline, "BY MICHAEL LEE");
    list_clear(&article->authors);
    list_add_text(&article->authors, "Michael Lee");
    list_add_text(&article->authors, "Kim Min-seo");
}

static void
an_article_comes_back_as_it_went_in(void **state)
{
    struct segment_plan plan = {
        .dir = *state, .language = "en", .number = 1, .memory = 1 << 20};
    struct segment_builder *builder = segment_builder_new();
    struct manifest_segment entry;
    struct article article;
    struct article got;
    struct error err = {0};
    struct buf before = BUF_INIT;
    struct buf after = BUF_INIT;
    sqlite3_stmt *select;
    struct unpacker *unpacker;
    struct sqlite3 *db;
    struct segment_tag *tags;
    char path[256];

    make_full_article(&article);
    article_print_json(&article, &before);
    add(builder, &article, 1);
    assert_int_equal(segment_builder_write(builder, &plan, &entry, &tags, &err),
                     0);
    snprintf(path, sizeof(path), "%s/%s", (char *)*state, entry.name);
    assert_int_equal(schema_open(&db, path, &err), 0);
    unpacker = unpacker_new(db);
    assert_int_equal(sqlite3_prepare_v2(db,
                                        "SELECT " ROW_COLUMNS " FROM article",
                                        -1, &select, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_step(select), SQLITE_ROW);
    article_init(&got);
    if (row_load(select, unpacker, &got, &err))
        fail_msg("%s", err.text);
    article_print_json(&got, &after);
    assert_string_equal(after.data, before.data);
    assert_int_equal(got.item, article.item);
    assert_int_equal(got.offset, article.offset);
    assert_string_equal(row_file(select), "/news/a.html");
    assert_true(row_digest(&article) == row_digest(&got));
    buf_set_text(&got.headline, "Other news");
    assert_false(row_digest(&article) == row_digest(&got));
    sqlite3_finalize(select);
    unpacker_free(unpacker);
    /* The byline names Lee already; Kim is added to what is indexed. */
    assert_int_equal(number(db, "SELECT byline = 'BY MICHAEL LEE' || char(10)"
                                " || 'Kim Min-seo' FROM article_text"),
                     1);
    schema_close(db);
    article_release(&got);
    article_release(&article);
    buf_release(&before);
    buf_release(&after);
    list_release(&entry.languages);
    free(tags);
    segment_builder_free(builder);
}

/* Byte for byte, as long as the language is not the segment's own. */
static void
expect_fields_of_view(struct sqlite3 *db, const struct row_fields *fields,
                      int64_t id)
{
    for (int i = 0; i < FIELD_DATE; i++) {
        struct buf sql = BUF_INIT;
        sqlite3_stmt *select;
        size_t size;
        const char *text = row_field(fields, (enum field)i, &size);

        buf_printf(&sql, "SELECT %s FROM article_text WHERE id=%lld",
                   field_name((enum field)i), (long long)id);
        assert_int_equal(sqlite3_prepare_v2(db, sql.data, -1, &select, NULL),
                         SQLITE_OK);
        assert_int_equal(sqlite3_step(select), SQLITE_ROW);
        if (strcmp(fields->text[i].data,
                   (const char *)sqlite3_column_text(select, 0)) != 0)
            fail_msg("%s of %lld is \"%s\"", field_name((enum field)i),
                     (long long)id, fields->text[i].data);
        assert_string_equal(text,
                            fields->text[i].data + fields->mark * (size > 0));
        sqlite3_finalize(select);
        buf_release(&sql);
    }
}

static void
the_fields_of_a_row_are_those_of_the_view(void **state)
{
    static const char *const language[] = {"", "fr", "a-language-no-one-has"};
    struct segment_plan plan = {
        .dir = *state, .language = "en", .number = 1, .memory = 1 << 20};
    struct segment_builder *builder = segment_builder_new();
    struct manifest_segment entry;
    struct segment_tag *tags;
    struct row_fields fields;
    struct article article;
    struct error err = {0};
    struct unpacker *unpacker;
    struct sqlite3 *db;
    sqlite3_stmt *select;
    char path[256];

    for (unsigned i = 0; i < 3; i++) {
        make_full_article(&article);
        buf_set_text(&article.language, language[i]);
        buf_set_text(&article.section, i == 1 ? "" : "World");
        if (i == 2)
            buf_clear(&article.byline);
        buf_printf(&article.key, "%u", i);
        add(builder, &article, i + 1);
        article_release(&article);
    }
    assert_int_equal(segment_builder_write(builder, &plan, &entry, &tags, &err),
                     0);
    snprintf(path, sizeof(path), "%s/%s", (char *)*state, entry.name);
    assert_int_equal(schema_open(&db, path, &err), 0);
    unpacker = unpacker_new(db);
    article_init(&article);
    row_fields_init(&fields);
    assert_int_equal(sqlite3_prepare_v2(db,
                                        "SELECT " ROW_COLUMNS " FROM article",
                                        -1, &select, NULL),
                     SQLITE_OK);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(sqlite3_step(select), SQLITE_ROW);
        assert_int_equal(
            row_load_fields(select, unpacker, &article, &fields, &err), 0);
        expect_fields_of_view(db, &fields, sqlite3_column_int64(select, 0));
    }
    sqlite3_finalize(select);
    row_fields_release(&fields);
    article_release(&article);
    unpacker_free(unpacker);
    schema_close(db);
    list_release(&entry.languages);
    free(tags);
    segment_builder_free(builder);
}

/* What loading article 2 says when one of its columns says something else. */
static enum status
load_with(struct sqlite3 *db, const char *column, const char *value,
          struct error *err)
{
    struct unpacker *unpacker = unpacker_new(db);
    struct article article;
    struct buf sql = BUF_INIT;
    sqlite3_stmt *select;
    enum status status;

    buf_printf(&sql, "BEGIN; UPDATE article SET %s=%s WHERE id=2", column,
               value);
    assert_int_equal(sqlite3_exec(db, sql.data, NULL, NULL, NULL), SQLITE_OK);
    article_init(&article);
    assert_int_equal(
        sqlite3_prepare_v2(db, "SELECT " ROW_COLUMNS " FROM article WHERE id=2",
                           -1, &select, NULL),
        SQLITE_OK);
    assert_int_equal(sqlite3_step(select), SQLITE_ROW);
    status = row_load(select, unpacker, &article, err);
    sqlite3_finalize(select);
    assert_int_equal(sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
    article_release(&article);
    unpacker_free(unpacker);
    buf_release(&sql);
    return status;
}

static void
a_changed_text_does_not_fit_its_checksum(void **state)
{
    struct manifest_segment entry;
    struct error err = {0};
    struct sqlite3 *db;
    struct segment_tag *tags;
    char path[256];

    build_three(*state, &entry, &tags);
    free(tags);
    list_release(&entry.languages);
    snprintf(path, sizeof(path), "%s/%s", (char *)*state, entry.name);
    assert_int_equal(chmod(path, 0644), 0);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(load_with(db, "id", "2", &err), STATUS_OK);
    assert_int_equal(load_with(db, "file", "'x'", &err), STATUS_DAMAGED);
    assert_non_null(strstr(err.text, "article 2"));
    assert_int_equal(load_with(db, "more_names", "'x'", &err), STATUS_DAMAGED);
    for (int i = 0; i < MEMBER_COUNT; i++) {
        const struct member *row = &article_members[i];
        bool packed =
            row->type == TYPE_PARAGRAPHS || row->type == TYPE_CAPTIONS;

        if (row->type == TYPE_PLACE || i == MEMBER_PUBLISHED)
            continue;
        if (load_with(db, row->name, packed ? "X'000178'" : "'x'", &err) !=
            STATUS_DAMAGED)
            fail_msg("%s may say anything", row->name);
    }
    sqlite3_close(db);
}

static void
what_cannot_be_written_leaves_nothing(void **state)
{
    struct segment_plan plan = {
        .dir = *state, .language = "en", .number = 1, .memory = 1 << 20};
    struct segment *segment = NULL;
    struct error err = {0};
    char path[256];

    assert_int_equal(segment_open(&segment, &plan, &err), STATUS_OK);
    snprintf(path, sizeof(path), "%s/seg-000001.tmp", (char *)*state);
    assert_int_equal(access(path, F_OK), 0);
    segment_close(segment);
    assert_int_not_equal(access(path, F_OK), 0);

    plan.dir = "/nonexistent/folder";
    assert_int_not_equal(segment_open(&segment, &plan, &err), STATUS_OK);
    assert_non_null(strstr(err.text, "/nonexistent/folder"));
    segment_close(segment);
    plan.dir = *state;
    plan.language = "klingon";
    assert_int_equal(segment_open(&segment, &plan, &err), STATUS_USAGE);
    segment_close(segment);
    segment_close(NULL);
}

int
main(void)
{
#define IN_FOLDER(test) \
    cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)
    const struct CMUnitTest tests[] = {
        IN_FOLDER(articles_are_numbered_by_date_undated_first),
        IN_FOLDER(an_article_comes_back_as_it_went_in),
        IN_FOLDER(the_fields_of_a_row_are_those_of_the_view),
        IN_FOLDER(a_changed_text_does_not_fit_its_checksum),
        IN_FOLDER(what_cannot_be_written_leaves_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
