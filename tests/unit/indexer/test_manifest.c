#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <zlib.h>

#include "corpus/base/count.h"
#include "indexer/archive/field.h"
#include "indexer/archive/manifest.h"
#include "indexer/archive/manifest_file.h"
#include "indexer/archive/version.h"

#define HASH "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define NUMBER_TEXT(number) #number
#define TEXT_OF(macro) NUMBER_TEXT(macro)
#define FIRST "nsearch archive " TEXT_OF(SCHEMA_VERSION) "\n"
#define START FIRST "generation 3\nlanguage en\nnext 8\n"
#define SEGMENT                                          \
    "segment seg-000007.db bytes 4096 sha256 " HASH "\n" \
    "articles 10 first -5 last 99\n"                     \
    "lengths 1 2 3 4 5 6 7 8 9 10 11 12\n"               \
    "languages en fr\n"

/* The lines and the end that fits them. */
static void
seal(struct buf *text, const char *lines)
{
    size_t size = strlen(lines);

    buf_set_text(text, lines);
    buf_printf(text, "end %08lx\n",
               (unsigned long)crc32_z(0, (const Bytef *)lines, size));
}

static void
what_is_printed_is_read_again(void **state)
{
    struct manifest manifest = MANIFEST_INIT;
    struct manifest copy = MANIFEST_INIT;
    struct error err = {0};
    struct buf text = BUF_INIT;
    struct buf again = BUF_INIT;
    struct manifest_segment *segment;

    (void)state;
    seal(&text, START SEGMENT "dead 4 7-9\n"
                              "deleted " HASH " 2026-11-24 on request\n");
    assert_int_equal(manifest_parse(&manifest, text.data, text.size, &err), 0);
    assert_int_equal(manifest.generation, 3);
    assert_string_equal(manifest.language, "en");
    assert_int_equal(manifest.segments, 1);
    segment = &manifest.segment[0];
    assert_string_equal(segment->name, "seg-000007.db");
    assert_int_equal(segment->first, -5);
    assert_int_equal(segment->length[FIELD_DATE], 12);
    assert_true(list_has(&segment->languages, "fr"));
    assert_int_equal(segment->dead, 4);
    assert_int_equal(manifest_live(&manifest), 6);
    assert_string_equal(manifest_deletion(&manifest, HASH)->why,
                        "2026-11-24 on request");
    manifest_copy(&copy, &manifest);
    manifest_print(&copy, &again);
    assert_string_equal(again.data, text.data);
    buf_release(&again);
    buf_release(&text);
    manifest_release(&copy);
    manifest_release(&manifest);
}

static void
killing_keeps_the_ranges_sorted_and_joined(void **state)
{
    static const int64_t order[] = {5, 3, 9, 4, 1, 8, 2, 5};
    struct manifest manifest = MANIFEST_INIT;
    struct manifest_segment *segment = manifest_add(&manifest);

    (void)state;
    segment->articles = 10;
    for (size_t i = 0; i < COUNT(order); i++)
        assert_int_equal(manifest_kill(segment, order[i]), i != 7);
    assert_int_equal(segment->ranges, 2);
    assert_int_equal(segment->range[0].first, 1);
    assert_int_equal(segment->range[0].last, 5);
    assert_int_equal(segment->range[1].first, 8);
    assert_int_equal(segment->dead, 7);
    for (int64_t id = 1; id <= 10; id++)
        assert_int_equal(manifest_is_dead(segment, id),
                         id <= 5 || id == 8 || id == 9);
    manifest_release(&manifest);
}

static void
deletions_are_found_and_undone(void **state)
{
    struct manifest manifest = MANIFEST_INIT;
    char hash[65];

    (void)state;
    for (int i = 15; i >= 0; i--) {
        snprintf(hash, sizeof(hash), "%064x", (unsigned)i * 7 % 16);
        manifest_add_deletion(&manifest, hash, "2026-01-01");
        manifest_add_deletion(&manifest, hash, "again");
    }
    assert_int_equal(manifest.deletions, 16);
    snprintf(hash, sizeof(hash), "%064x", 11u);
    assert_string_equal(manifest_deletion(&manifest, hash)->why, "2026-01-01");
    assert_true(manifest_undelete(&manifest, hash));
    assert_false(manifest_undelete(&manifest, hash));
    assert_null(manifest_deletion(&manifest, hash));
    manifest_release(&manifest);
}

/* Each is sealed with a checksum that fits, so that it is the line itself
 * that must be refused. */
static void
a_manifest_that_contradicts_itself_is_refused(void **state)
{
    static const char *const cases[] = {
        "",
        "something else\n",
        "nsearch archive\n",
        "nsearch archive one\n",
        FIRST,
        FIRST "generation 3\nlanguage en\n",
        FIRST "generation 3\nnext 1\n",
        FIRST "generation -3\nlanguage en\nnext 1\n",
        FIRST "generation 3 4\nlanguage en\nnext 1\n",
        FIRST "generation 99999999999999999999\n",
        FIRST "generation 3\nlanguage klingon\nnext 1\n",
        START "segment ../../etc/passwd bytes 1 sha256 " HASH "\n",
        START "segment seg-1.db bytes 1 sha256 " HASH "\n",
        START "segment seg-000001.dbx bytes 1 sha256 " HASH "\n",
        START "segment seg-000008.db bytes 1 sha256 " HASH "\n",
        START "segment seg-000001.db bytes x sha256 " HASH "\n",
        START "segment seg-000001.db bytes 1 sha256 0123\n",
        START "segment seg-000001.db bytes 1 sha256 " HASH "0\n",
        START SEGMENT SEGMENT,
        START "articles 10 first 1 last 2\n",
        START "lengths 1 2 3 4 5 6 7 8 9 10 11 12\n",
        START "languages en\n",
        START "dead 1\n",
        START SEGMENT "lengths 1 2 3\n",
        START SEGMENT "lengths 1 2 3 4 5 6 7 8 9 10 11 12 13\n",
        START SEGMENT "dead 0\n",
        START SEGMENT "dead 11\n",
        START SEGMENT "dead 4 4\n",
        START SEGMENT "dead 9-7\n",
        START SEGMENT "dead 7-\n",
        START SEGMENT "dead 5 x\n",
        START SEGMENT "dead 5\ndead 7\n",
        START SEGMENT "dead 5\narticles 4 first 1 last 2\n",
        START SEGMENT "languages de\n",
        START SEGMENT "next 4\n",
        START SEGMENT "generation 4\n",
        START SEGMENT "language fr\n",
        START "deleted 0123 2026-01-01\n",
        START "deleted " HASH " a\ndeleted " HASH " b\n",
        START "surprise 1\n",
        START "\n",
    };
    struct buf text = BUF_INIT;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct manifest manifest = MANIFEST_INIT;
        struct error err = {0};

        seal(&text, cases[i]);
        if (manifest_parse(&manifest, text.data, text.size, &err) !=
            STATUS_DAMAGED)
            fail_msg("accepted: %s", cases[i]);
        assert_true(err.text[0] != '\0');
        manifest_release(&manifest);
    }
    buf_release(&text);
}

static void
a_manifest_of_another_version_says_so(void **state)
{
    static const char text[] = "nsearch archive 1\nwhatever comes\n";
    struct manifest manifest = MANIFEST_INIT;
    struct error err = {0};

    (void)state;
    assert_int_equal(manifest_parse(&manifest, text, sizeof(text) - 1, &err),
                     STATUS_VERSION);
    assert_non_null(strstr(err.text, "archive format 1"));
    manifest_release(&manifest);
}

static void
an_earlier_manifest_is_read_by_who_asks_for_it(void **state)
{
    /* Another number of lengths, and of a version that is none. */
    static const char lines[] =
        "nsearch archive 1\ngeneration 3\nlanguage en\nnext 8\n"
        "segment seg-000007.db bytes 9 sha256 " HASH "\n"
        "articles 9 first 1 last 2\nlengths 1 2 3\ndead 4\n"
        "deleted " HASH " 2026-11-24 on request\n";
    struct manifest manifest = MANIFEST_INIT;
    struct buf text = BUF_INIT;
    struct error err = {0};
    int64_t version;

    (void)state;
    seal(&text, lines);
    assert_int_equal(
        manifest_parse_older(&manifest, text.data, text.size, &version, &err),
        0);
    assert_int_equal(version, 1);
    assert_int_equal(manifest.segments, 1);
    assert_int_equal(manifest.segment[0].dead, 1);
    assert_int_equal(manifest.segment[0].length[0], 0);
    assert_int_equal(manifest.deletions, 1);
    manifest_release(&manifest);
    manifest = MANIFEST_INIT;
    text.data[strlen("nsearch archive ")] = '0';
    assert_int_equal(
        manifest_parse_older(&manifest, text.data, text.size, &version, &err),
        STATUS_VERSION);
    manifest_release(&manifest);
    buf_release(&text);
}

static void
every_cut_and_every_changed_byte_is_noticed(void **state)
{
    struct buf text = BUF_INIT;

    (void)state;
    seal(&text, START SEGMENT "dead 4 7-9\n");
    for (size_t cut = 0; cut < text.size; cut++) {
        struct manifest manifest = MANIFEST_INIT;

        assert_int_not_equal(manifest_parse(&manifest, text.data, cut, NULL),
                             STATUS_OK);
        manifest_release(&manifest);
    }
    for (size_t at = 0; at < text.size; at++) {
        struct manifest manifest = MANIFEST_INIT;

        text.data[at] ^= 1;
        assert_int_not_equal(
            manifest_parse(&manifest, text.data, text.size, NULL), STATUS_OK);
        text.data[at] ^= 1;
        manifest_release(&manifest);
    }
    buf_release(&text);
}

static void
a_commit_is_read_back_and_nothing_else_is_left(void **state)
{
    char dir[] = "/tmp/test-manifest-XXXXXX";
    struct manifest manifest = {.generation = 1, .next_segment = 1};
    struct manifest read = MANIFEST_INIT;
    struct error err = {0};
    struct stat info;
    char path[256];

    (void)state;
    assert_non_null(mkdtemp(dir));
    assert_int_equal(manifest_read(&read, dir, &err), STATUS_ABSENT);
    assert_non_null(strstr(err.text, "nindex -d"));
    snprintf(manifest.language, sizeof(manifest.language), "fr");
    assert_int_equal(manifest_commit(&manifest, dir, &err), STATUS_OK);
    assert_int_equal(manifest_read(&read, dir, &err), STATUS_OK);
    assert_string_equal(read.language, "fr");
    snprintf(path, sizeof(path), "%s/manifest.tmp", dir);
    assert_int_not_equal(stat(path, &info), 0);
    snprintf(path, sizeof(path), "%s/manifest", dir);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(dir), 0);
    assert_int_equal(manifest_commit(&manifest, dir, &err), STATUS_ABSENT);
    manifest_release(&read);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_printed_is_read_again),
        cmocka_unit_test(killing_keeps_the_ranges_sorted_and_joined),
        cmocka_unit_test(deletions_are_found_and_undone),
        cmocka_unit_test(a_manifest_that_contradicts_itself_is_refused),
        cmocka_unit_test(a_manifest_of_another_version_says_so),
        cmocka_unit_test(an_earlier_manifest_is_read_by_who_asks_for_it),
        cmocka_unit_test(every_cut_and_every_changed_byte_is_noticed),
        cmocka_unit_test(a_commit_is_read_back_and_nothing_else_is_left),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
