#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "corpus/base/count.h"
#include "indexer/catalog/catalog.h"

#define FILES 1500

static struct catalog *
open_in(const char *folder)
{
    struct catalog *catalog = NULL;
    struct manifest manifest = MANIFEST_INIT;
    struct error err = {0};

    assert_int_equal(catalog_open(&catalog, folder, &manifest, false, &err),
                     STATUS_OK);
    return catalog;
}

static void
remove_folder(const char *folder)
{
    char path[80];

    snprintf(path, sizeof(path), "%s/catalog.db", folder);
    (void)unlink(path);
    snprintf(path, sizeof(path), "%s/catalog.db-journal", folder);
    (void)unlink(path);
    assert_int_equal(rmdir(folder), 0);
}

static void
name_of(char path[32], int number)
{
    snprintf(path, 32, "/n/%04d%s", number, number % 7 ? "" : "/x");
}

/* Is what is found for the number what was put, or, for an odd one, nothing? */
static void
look_for(struct catalog *catalog, struct catalog_order *order, int number)
{
    struct catalog_state state = {0};
    char path[32];
    bool found;

    name_of(path, number);
    found = catalog_find_next(catalog, order, path, &state);
    assert_int_equal(found, number >= 0 && number < FILES && number % 2 == 0);
    if (!found)
        return;
    assert_int_equal(state.size, number);
    assert_int_equal(state.mtime_ns, number * 10);
    assert_int_equal(state.stale, number % 3 == 0);
    assert_true(state.id > 0);
}

static void
a_file_is_found_in_whatever_order_it_is_looked_for(void **state)
{
    char folder[] = "/tmp/test_catalog.XXXXXX";
    struct catalog_order order = CATALOG_ORDER_INIT;
    struct catalog_state none;
    struct catalog *catalog;
    char path[32];

    (void)state;
    assert_non_null(mkdtemp(folder));
    catalog = open_in(folder);
    assert_false(catalog_find_next(catalog, &order, "/n/0000", &none));
    catalog_order_clear(&order);
    for (int i = 0; i < FILES; i += 2) {
        struct catalog_file file = CATALOG_FILE_INIT;

        name_of(path, i);
        file.size = (uint64_t)i;
        file.mtime_ns = i * 10;
        file.stale = i % 3 == 0;
        assert_true(catalog_put_file(catalog, path, &file) > 0);
        buf_release(&file.reason);
    }
    for (int i = -5; i < FILES + 5; i++)
        look_for(catalog, &order, i);
    for (int i = FILES + 5; i >= -5; i--)
        look_for(catalog, &order, i);
    for (unsigned i = 1; i < 4000; i++)
        look_for(catalog, &order, (int)(i * 7919 % (FILES + 9)));
    assert_false(catalog_find_next(catalog, &order, "", &none));
    assert_false(catalog_find_next(catalog, &order, "\xff\xff", &none));
    assert_int_equal(catalog_status(catalog, NULL), STATUS_OK);
    catalog_order_release(&order);
    catalog_close(catalog);
    remove_folder(folder);
}

static void
what_has_changed_is_seen_after_a_clear(void **state)
{
    char folder[] = "/tmp/test_catalog.XXXXXX";
    struct catalog_order order = CATALOG_ORDER_INIT;
    struct catalog_file file = CATALOG_FILE_INIT;
    struct catalog_state found;
    struct catalog *catalog;
    int64_t id;

    (void)state;
    assert_non_null(mkdtemp(folder));
    catalog = open_in(folder);
    id = catalog_put_file(catalog, "/a", &file);
    assert_true(catalog_find_next(catalog, &order, "/a", &found));
    assert_false(found.stale);
    catalog_set_stale(catalog, id);
    catalog_order_clear(&order);
    assert_true(catalog_find_next(catalog, &order, "/a", &found));
    assert_true(found.stale);
    catalog_remove_file(catalog, id);
    catalog_order_clear(&order);
    assert_false(catalog_find_next(catalog, &order, "/a", &found));
    catalog_order_release(&order);
    catalog_close(catalog);
    remove_folder(folder);
}

static bool
is_stale(struct catalog *catalog, const char *path)
{
    struct catalog_file file = CATALOG_FILE_INIT;

    assert_true(catalog_find_file(catalog, path, &file));
    buf_release(&file.reason);
    return file.stale;
}

/* Is one of the limits now one that may be enough? */
static void
what_met_a_limit_is_read_again_within_a_higher_one(void **state)
{
    static const struct {
        struct catalog_limits limits;
        bool again;
    } cases[] = {
        {{5, 1000, "1.0"}, false}, {{4, 999, "1.0"}, false},
        {{6, 1000, "1.0"}, true},  {{1, 1001, "1.0"}, true},
        {{5, 1000, "1.1"}, true},  {{5, 1000, "0.9"}, true},
        {{0, 0, "1.0"}, false},    {{UINT32_MAX, INT64_MAX, "1.0"}, true},
    };
    const struct catalog_limits met = {5, 1000, "1.0"};
    char folder[] = "/tmp/test_catalog.XXXXXX";
    struct catalog *catalog;

    (void)state;
    assert_non_null(mkdtemp(folder));
    catalog = open_in(folder);
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct catalog_file file = CATALOG_FILE_INIT;
        int64_t good = catalog_put_file(catalog, "/good", &file);
        int64_t better = catalog_put_file(catalog, "/better", &file);
        int64_t id = catalog_put_file(catalog, "/met", &file);

        catalog_note_limits(catalog, "/met", &met);
        catalog_note_limits(catalog, "/better", &met);
        catalog_note_limits(catalog, "/better", NULL);
        catalog_note_limits(catalog, "/nowhere", &met);
        catalog_set_limited_stale(catalog, &cases[i].limits);
        if (is_stale(catalog, "/met") != cases[i].again)
            fail_msg("case %zu", i);
        assert_false(is_stale(catalog, "/good"));
        assert_false(is_stale(catalog, "/better"));
        /* The next file to have its number begins anew. */
        catalog_remove_file(catalog, id);
        assert_int_equal(catalog_put_file(catalog, "/next", &file), id);
        catalog_set_limited_stale(catalog, &cases[3].limits);
        assert_false(is_stale(catalog, "/next"));
        catalog_remove_file(catalog, id);
        catalog_remove_file(catalog, better);
        catalog_remove_file(catalog, good);
        buf_release(&file.reason);
    }
    assert_int_equal(catalog_status(catalog, NULL), STATUS_OK);
    catalog_close(catalog);
    remove_folder(folder);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_found_in_whatever_order_it_is_looked_for),
        cmocka_unit_test(what_has_changed_is_seen_after_a_clear),
        cmocka_unit_test(what_met_a_limit_is_read_again_within_a_higher_one),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
