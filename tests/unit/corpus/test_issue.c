#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "corpus/base/count.h"
#include "corpus/input/issue.h"
#include "corpus/input/walk.h"

#define METS(type, href)                                               \
    "<mets xmlns=\"http://www.loc.gov/METS/\"><file ID=\"a\"><FLocat " \
    "xlink:href=\"" href "\"/></file><div TYPE=\"" type "\"/></mets>"

#define ALTO "<alto><Layout/></alto>"

static void
names_that_lead_elsewhere_are_not_followed(void **state)
{
    static const struct {
        const char *href, *name;
    } cases[] = {
        {"0001.xml", "0001.xml"},
        {"./alto/0001.XML", "alto/0001.XML"},
        {"file://./alto/0001.xml.gz", "alto/0001.xml.gz"},
        {"file://0001.xml", "0001.xml"},
        /* Refused: */
        {"../0001.xml", NULL},
        {"alto/../../0001.xml", NULL},
        {"alto/.hidden.xml", NULL},
        {"/etc/0001.xml", NULL},
        {"file:///etc/0001.xml", NULL},
        {"http://a.example/0001.xml", NULL},
        {"a/b/0001.xml", NULL},
        {"a\\0001.xml", NULL},
        {"%2e%2e/0001.xml", NULL},
        {"a\n.xml", NULL},
        {"0001.jp2", NULL},
        {".xml", NULL},
        {"", NULL},
    };
    struct buf got = BUF_INIT;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        bool found = issue_href(&got, cases[i].href, strlen(cases[i].href));

        if (found != (cases[i].name != NULL) ||
            (found && strcmp(got.data, cases[i].name) != 0))
            fail_msg("%s: %d %s", cases[i].href, found, got.data);
    }
    buf_release(&got);
}

/* --- folders -------------------------------------------------------------- */

static void
put(const char *folder, const char *name, const char *text)
{
    char path[256];
    FILE *file;

    snprintf(path, sizeof(path), "%s/%s", folder, name);
    file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

/* The first bytes of what is read as this file. */
static void
open_as(const char *folder, const char *name, char *text, size_t size)
{
    struct issues *issues = issues_new(true);
    struct error err = {0};
    char path[256];
    ssize_t got;
    int fd;

    snprintf(path, sizeof(path), "%s/%s", folder, name);
    assert_int_equal(issues_open(issues, &fd, path, &err), STATUS_OK);
    got = read(fd, text, size - 1);
    assert_true(got >= 0);
    text[got] = '\0';
    close(fd);
    issues_free(issues);
}

static void
make_folder(char *folder)
{
    char path[256];

    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof(path), "%s/alto", folder);
    assert_int_equal(mkdir(path, 0700), 0);
}

static void
remove_folder(const char *folder)
{
    char command[256];

    snprintf(command, sizeof(command), "rm -r '%s'", folder);
    assert_int_equal(system(command), 0); /* NOLINT(cert-env33-c) */
}

static void
an_issue_and_its_pages_are_put_together(void **state)
{
    static const struct {
        const char *mets, *page; /* what is in them */
        const char *name;        /* of the page */
        bool together;
    } cases[] = {
        {METS("ARTICLE", "0001.xml"), ALTO, "0001.xml", true},
        {METS("ARTICLE", "alto/0001.xml"), ALTO, "alto/0001.xml", true},
        {METS("article", "./alto/0001.xml"), ALTO, "alto/0001.xml", true},
        /* Left as they are: */
        {METS("PAGE", "0001.xml"), ALTO, "0001.xml", false},
        {METS("ARTICLE", "0002.xml"), ALTO, "0001.xml", false},
        {METS("ARTICLE", "../alto/0001.xml"), ALTO, "alto/0001.xml", false},
        {"<mets TYPE=\"ARTICLE\"><FLocat href=\"0001.xml\"/></mets>", ALTO,
         "0001.xml", false},
        {"http://www.loc.gov/METS/ TYPE=\"ARTICLE\" FLocat", ALTO, "0001.xml",
         false},
        {"http://www.loc.gov/METS/ TYPE=\"ARTICLE\" FLocat href=\"0001.xml\"",
         ALTO, "0001.xml", false},
        {"http://www.loc.gov/METS/ TYPE=\"ARTICLE\" <FLocat><FLocat "
         "href=\"0002.xml\"><FLocat href=\"0001.xml\"/>",
         ALTO, "0001.xml", true},
        {"", ALTO, "0001.xml", false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char folder[] = "/tmp/test_issue.XXXXXX";
        char text[64];

        make_folder(folder);
        put(folder, "mets.xml", cases[i].mets);
        put(folder, cases[i].name, cases[i].page);
        open_as(folder, "mets.xml", text, sizeof(text));
        if ((strncmp(text, ISSUE_MARK, strlen(ISSUE_MARK)) == 0) !=
            cases[i].together)
            fail_msg("%s: %s", cases[i].mets, text);
        open_as(folder, cases[i].name, text, sizeof(text));
        assert_string_equal(text, cases[i].together ? ISSUE_PAGE_MARK : ALTO);
        remove_folder(folder);
    }
}

static void
links_are_not_followed(void **state)
{
    char folder[] = "/tmp/test_issue.XXXXXX";
    char path[256];
    char text[64];

    (void)state;
    make_folder(folder);
    put(folder, "alto/0001.xml", ALTO);
    put(folder, "mets.xml", METS("ARTICLE", "link/0001.xml"));
    snprintf(path, sizeof(path), "%s/link", folder);
    assert_int_equal(symlink("alto", path), 0);
    open_as(folder, "mets.xml", text, sizeof(text));
    assert_true(strncmp(text, "<mets", 5) == 0);
    put(folder, "mets.xml", METS("ARTICLE", "link.xml"));
    snprintf(path, sizeof(path), "%s/link.xml", folder);
    assert_int_equal(symlink("alto/0001.xml", path), 0);
    open_as(folder, "mets.xml", text, sizeof(text));
    assert_true(strncmp(text, "<mets", 5) == 0);
    remove_folder(folder);
}

/* Size and time as they count for what is read. */
static struct walk_file
stat_as(const char *folder, const char *name)
{
    struct issues *issues = issues_new(true);
    static char path[256];
    struct walk_file file = {.path = path};
    struct stat st;

    snprintf(path, sizeof(path), "%s/%s", folder, name);
    assert_int_equal(lstat(path, &st), 0);
    file.size = (uint64_t)st.st_size;
    file.mtime_ns = (int64_t)st.st_mtim.tv_sec * 1000000000;
    issues_stat(issues, &file);
    issues_free(issues);
    return file;
}

static void
what_is_read_together_changes_together(void **state)
{
    char folder[] = "/tmp/test_issue.XXXXXX";
    uint64_t other = strlen("<nitf/>");
    struct walk_file mets;
    struct walk_file page;

    (void)state;
    make_folder(folder);
    put(folder, "a_mets.xml", METS("ARTICLE", "alto/a_1.xml"));
    put(folder, "alto/a_1.xml", ALTO);
    put(folder, "b_mets.xml", METS("ARTICLE", "b_1.xml"));
    put(folder, "b_1.xml", ALTO);
    put(folder, "other.xml", "<nitf/>");
    mets = stat_as(folder, "a_mets.xml");
    page = stat_as(folder, "alto/a_1.xml");
    assert_int_equal(mets.size, page.size);
    assert_int_equal(stat_as(folder, "other.xml").size, other);
    put(folder, "alto/a_1.xml", ALTO ALTO);
    assert_int_equal(stat_as(folder, "a_mets.xml").size,
                     mets.size + strlen(ALTO));
    assert_int_equal(stat_as(folder, "b_mets.xml").size, mets.size - 5);
    remove_folder(folder);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_that_lead_elsewhere_are_not_followed),
        cmocka_unit_test(an_issue_and_its_pages_are_put_together),
        cmocka_unit_test(links_are_not_followed),
        cmocka_unit_test(what_is_read_together_changes_together),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
