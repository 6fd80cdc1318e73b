#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <libxml/parser.h>
#include <libxml/relaxng.h>

#include "corpus/base/count.h"
#include "query/render/renderers.h"

/*
 * Feeds are what their schema says, whatever stands in the articles.
 */
struct sample {
    const char *key, *url, *headline, *byline, *publication, *section;
    const char *snippet;
    int64_t seconds; /* 0: undated */
};

static const struct sample samples[] = {
    {"1", "https://example.org/a?b=1&c=2", "Opcon & <delay>", "By Kim Tae-gyu",
     "The Herald", "Politics", "It was \"put off\" ]]> &amp; &#x0; <b>.",
     1414108800},
    {"path with blanks#7", "", "", "", "", "", "", 0},
    {"\xc3\xa9\xe4\xb8\xad", "", "\x01\x1b[31m\x7f\xc2\x85 bells", "\x02",
     "\x03", "\x04",
     "non\xef\xbf\xbf"
     "characters\xef\xbf\xbe",
     -2208988800},
    {"4", "http://example.org/%C3%A9", "caf\xc3\xa9 \xf0\x9f\x98\x80", "a\nb",
     "p", "s", "tabs\tand\r\nlines", 253402300799},
};

#define SAMPLES (COUNT(samples))

static void
make_hits(struct search_result *result, struct hit *hit)
{
    for (size_t i = 0; i < SAMPLES; i++) {
        const struct sample *sample = &samples[i];

        hit_init(&hit[i]);
        buf_set_text(&hit[i].key, sample->key);
        buf_set_text(&hit[i].url, sample->url);
        buf_set_text(&hit[i].headline.text, sample->headline);
        buf_set_text(&hit[i].byline, sample->byline);
        buf_set_text(&hit[i].publication, sample->publication);
        buf_set_text(&hit[i].section, sample->section);
        buf_set_text(&hit[i].snippet.text, sample->snippet);
        if (sample->seconds) {
            hit[i].published.seconds = sample->seconds;
            hit[i].published.precision = DATE_DAY;
        }
    }
    result->hit = hit;
    result->hits = SAMPLES;
    result->total = SAMPLES;
}

static void
quiet(void *context, const char *format, ...)
{
    (void)context;
    (void)format;
}

static xmlRelaxNGPtr
read_schema(const char *name)
{
    char path[512];
    xmlRelaxNGParserCtxtPtr parser;
    xmlRelaxNGPtr schema;

    snprintf(path, sizeof(path), TEST_DATA "/schema/%s.rng", name);
    parser = xmlRelaxNGNewParserCtxt(path);
    schema = xmlRelaxNGParse(parser);
    xmlRelaxNGFreeParserCtxt(parser);
    assert_non_null(schema);
    return schema;
}

static bool
is_valid(xmlRelaxNGPtr schema, const char *text, size_t size, bool loud)
{
    xmlDocPtr document = xmlReadMemory(
        text, (int)size, "feed", NULL,
        XML_PARSE_NONET | (loud ? 0 : XML_PARSE_NOERROR | XML_PARSE_NOWARNING));
    xmlRelaxNGValidCtxtPtr context = xmlRelaxNGNewValidCtxt(schema);
    bool valid;

    if (!loud)
        xmlRelaxNGSetValidErrors(context, quiet, quiet, NULL);
    valid = document && xmlRelaxNGValidateDoc(context, document) == 0;
    xmlRelaxNGFreeValidCtxt(context);
    xmlFreeDoc(document);
    return valid;
}

static void
check(const char *name,
      void (*render)(struct buf *, const struct search_result *,
                     const struct render_options *))
{
    static const char *const queries[] = {"opcon", "",
                                          "<script> & \"quotes\" ]]>",
                                          "\x01\xff\xfe (((", "a b/c?d#e%f"};
    xmlRelaxNGPtr schema = read_schema(name);
    struct hit hit[SAMPLES];
    struct search_result result = SEARCH_RESULT_INIT;
    struct search_result nothing = SEARCH_RESULT_INIT;
    struct buf out = BUF_INIT;

    make_hits(&result, hit);
    for (size_t i = 0; i < COUNT(queries); i++) {
        struct render_options options = {.query = queries[i],
                                         .now = 1541160000};

        if (i % 2)
            options.address = "https://a.example/s?q=%22a%22&format=rss";

        buf_clear(&out);
        render(&out, &result, &options);
        if (!is_valid(schema, out.data, out.size, true))
            fail_msg("%s of %s:\n%s", name, queries[i], out.data);
        buf_clear(&out);
        render(&out, &nothing, &options);
        if (!is_valid(schema, out.data, out.size, true))
            fail_msg("%s of nothing:\n%s", name, out.data);
    }
    buf_release(&out);
    for (size_t i = 0; i < SAMPLES; i++)
        hit_release(&hit[i]);
    xmlRelaxNGFree(schema);
}

static void
atom_is_valid(void **state)
{
    (void)state;
    check("atom", render_atom);
}

static void
rss_is_valid(void **state)
{
    (void)state;
    check("rss", render_rss);
}

/* A schema that lets everything pass would prove nothing. */
static void
the_schemas_refuse_what_is_wrong(void **state)
{
    static const struct {
        const char *schema, *feed;
    } cases[] = {
        {"atom", "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title/></feed>"},
        {"atom", "<feed><title/><id>a:b</id>"
                 "<updated>2014-01-01T00:00:00Z</updated></feed>"},
        {"atom", "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title/>"
                 "<id>a b</id><updated>2014-01-01T00:00:00Z</updated></feed>"},
        {"atom", "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title/>"
                 "<id>a:b</id><updated>yesterday</updated></feed>"},
        {"atom", "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title/>"
                 "<id>a:b</id><updated>2014-01-01T00:00:00Z</updated><entry>"
                 "<title/><id>a:c</id><updated>2014-01-01T00:00:00Z</updated>"
                 "<author><name>k</name></author><summary/></entry></feed>"},
        {"rss", "<rss version=\"2.0\"><channel><title/></channel></rss>"},
        {"rss", "<rss version=\"2.0\"><channel><title/><link>x:y</link>"
                "<description/><item><title/></item></channel></rss>"},
        {"rss", "<rss version=\"2.0\"><channel><title/><link>x:y</link>"
                "<description/><lastBuildDate>2014-01-01</lastBuildDate>"
                "</channel></rss>"},
        {"rss", "not XML"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        xmlRelaxNGPtr schema = read_schema(cases[i].schema);

        if (is_valid(schema, cases[i].feed, strlen(cases[i].feed), false))
            fail_msg("%s", cases[i].feed);
        xmlRelaxNGFree(schema);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(atom_is_valid),
        cmocka_unit_test(rss_is_valid),
        cmocka_unit_test(the_schemas_refuse_what_is_wrong),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
