#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/base/count.h"
#include "query/web/cgi_config.h"

static enum status
parse(struct cgi_config *config, const char *text, struct error *err)
{
    return cgi_config_parse(config, text, strlen(text), "news.conf", err);
}

static void
settings_are_read_over_the_defaults(void **state)
{
    struct cgi_config config;
    struct error err = {0};

    (void)state;
    cgi_config_init(&config);
    assert_int_equal(parse(&config,
                           "# ours\n\n  archive\t/srv/news \r\n"
                           "site_name The  Caf\xc3\xa9 Gazette\n"
                           "base_url https://a.example:8080/search\n"
                           "hits 50\nindex yes\nslots 0",
                           &err),
                     STATUS_OK);
    assert_int_equal(config.archives.count, 1);
    assert_string_equal(config.archives.item[0], "/srv/news");
    assert_string_equal(config.site_name, "The  Caf\xc3\xa9 Gazette");
    assert_string_equal(config.base_url, "https://a.example:8080/search");
    assert_int_equal(config.hits, 50);
    assert_true(config.index);
    assert_int_equal(config.slots, 0);
    assert_int_equal(config.query_bytes, 256);
    cgi_config_release(&config);
}

static void
a_wrong_line_is_named_with_what_is_allowed(void **state)
{
    static const struct {
        const char *text, *sentence;
    } cases[] = {
        {"\nhits 0", "news.conf:2: hits must be a whole number from 1 to 50"},
        {"hits 51", "news.conf:1: hits must be a whole number from 1 to 50"},
        {"hits 5x", "news.conf:1: hits must be a whole number from 1 to 50"},
        {"hits", "news.conf:1: \"hits\" has no value"},
        {"hits = 10", "news.conf:1: \"hits = 10\": a blank, and no \"=\", "
                      "stands between a setting and its value"},
        {"hits=10", "news.conf:1: \"hits=10\": a blank, and no \"=\", "
                    "stands between a setting and its value"},
        {"hit 5", "news.conf:1: there is no setting \"hit\""},
        {"index maybe", "news.conf:1: index must be yes or no"},
        {"archive news",
         "news.conf:1: archive must be a path that begins with /"},
        {"base_url javascript:alert(1)",
         "news.conf:1: base_url must be an http or https address without ? "
         "and #"},
        {"base_url https://a.example/\"><script>",
         "news.conf:1: base_url must be an http or https address without ? "
         "and #"},
        {"base_url https:///search",
         "news.conf:1: base_url must be an http or https address without ? "
         "and #"},
        {"site_name \xff", "news.conf:1: the value is not UTF-8"},
        {"site_name a\x1b[1m",
         "news.conf:1: the value holds a control character"},
        {"soft_deadline 3000",
         "news.conf: hard_deadline must be later than soft_deadline"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct cgi_config config;
        struct error err = {0};

        cgi_config_init(&config);
        assert_int_equal(parse(&config, cases[i].text, &err), STATUS_FORMAT);
        assert_string_equal(err.text, cases[i].sentence);
        cgi_config_release(&config);
    }
}

static void
a_missing_file_is_told_from_a_wrong_one(void **state)
{
    struct cgi_config config;
    struct error err = {0};

    (void)state;
    cgi_config_init(&config);
    assert_int_equal(cgi_config_read(&config, "/no/such/file", &err),
                     STATUS_ABSENT);
    assert_int_equal(cgi_config_parse(&config, "a\0b", 3, "x", &err),
                     STATUS_FORMAT);
    cgi_config_release(&config);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(settings_are_read_over_the_defaults),
        cmocka_unit_test(a_wrong_line_is_named_with_what_is_allowed),
        cmocka_unit_test(a_missing_file_is_told_from_a_wrong_one),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
