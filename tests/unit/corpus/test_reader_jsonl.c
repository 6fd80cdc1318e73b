#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/base/count.h"
#include "tests/support/read_text.h"

static void
json_in_lines_and_in_documents_gives_articles(void **state)
{
    static const struct {
        const char *text, *articles;
    } cases[] = {
        {"{\"title\":\"A\",\"byline\":\"By Ann Lee\",\"date\":\"2014-10\","
         "\"body\":\"x\"}\n\n{\"headline\":\"B\"}",
         "A|By Ann Lee|2014-10|x\nB|||\n"},
        {"\xef\xbb\xbf{\"title\":\"A\"}\r\n", "A|||\n"},
        {"[{\"title\":\"A\"},\n {\"title\":\"B\"}, 3]", "A|||\nB|||\n!\n"},
        {"{\n \"articles\": [{\"title\": \"A\"}, {\"title\": \"B\"}]\n}",
         "A|||\nB|||\n"},
        {"{\n \"title\": \"A\",\n \"datePublished\": \"2014-10-24T09:05Z\"\n}",
         "A||2014-10-24T09:05Z|\n"},
        {"{\"title\":\"A\",\"text\":[\"one\",\"two\"],\"pubDate\":1414141500}",
         "A||2014-10-24T09:05:00Z|one\ntwo\n"},
        {"{\"title\":\"A\",\"date\":1414141500000}",
         "A||2014-10-24T09:05:00Z|\n"},
        {"{\"title\":\"A\",\"date\":\"soon\"}", "A|||\n"},
        {"{\"title\":\"A\"}\n{\"title\":\n[]\n{\"title\":\"\\ud800\"}\n"
         "{\"title\":\"B\"}\n",
         "A|||\n!\n!\n!\nB|||\n"},
        {"{\"title\":\"A\",\"body\":\"one\\ntwo\\n\\nthree\"}",
         "A|||one\ntwo\nthree\n"},
    };
    struct buf out = BUF_INIT;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        buf_clear(&out);
        read_text("f.jsonl", cases[i].text, strlen(cases[i].text), NULL, &out,
                  NULL);
        if (strcmp(out.data, cases[i].articles) != 0)
            fail_msg("%s gave\n%s", cases[i].text, out.data);
    }
    buf_release(&out);
}

static void
print_members(const struct article *article, struct buf *out)
{
    buf_printf(out, "%s|%s|%s|%s|%s|%s|", article->key.data, article->url.data,
               article->section.data, article->publication.data,
               article->language.data, article->version.data);
    for (size_t i = 0; i < article->authors.count; i++)
        buf_printf(out, "%s;", article->authors.item[i]);
    for (size_t i = 0; i < article->captions; i++)
        buf_printf(out, "[%s/%s]", article->caption[i].text.data,
                   article->caption[i].credit.data);
}

static void
members_have_several_names_and_shapes(void **state)
{
    static const struct {
        const char *text, *members;
    } cases[] = {
        {"{\"id\":7,\"title\":\"A\",\"link\":\"https://a.example/1\","
         "\"author\":[{\"name\":\"Ann Lee\"},{\"name\":\"Bo Kim\"}],"
         "\"publisher\":{\"name\":\"P\"},\"inLanguage\":\"en-GB\","
         "\"articleSection\":[\"S\"],\"version\":2,"
         "\"captions\":[\"C\",{\"text\":\"D\",\"credit\":\"E\"}]}",
         "https://a.example/1|https://a.example/1|S|P|en|2|Ann Lee;Bo "
         "Kim;[C/][D/E]"},
        {"{\"guid\":\"g\",\"title\":\"A\",\"url\":\"javascript:1\","
         "\"language\":\"x\"}",
         "g|||||"
         "|"},
    };
    struct buf out = BUF_INIT;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        buf_clear(&out);
        read_text("f.jsonl", cases[i].text, strlen(cases[i].text), NULL, &out,
                  print_members);
        assert_string_equal(out.data, cases[i].members);
    }
    buf_release(&out);
}

static void
wrapped_text_becomes_paragraphs(void **state)
{
    static const char text[] =
        "{\"title\":\"A\",\"body\":\"The first sentence of this story goes "
        "on over\\na second line that is about as long as it.\\n    An indent "
        "begins another paragraph, which is\\nas long as the first.\"}";
    struct buf out = BUF_INIT;

    (void)state;
    read_text("f.jsonl", text, sizeof(text) - 1, NULL, &out, NULL);
    assert_string_equal(out.data,
                        "A|||The first sentence of this story goes on over a "
                        "second line that is about as long as it.\nAn indent "
                        "begins another paragraph, which is as long as the "
                        "first.\n");
    buf_release(&out);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_in_lines_and_in_documents_gives_articles),
        cmocka_unit_test(members_have_several_names_and_shapes),
        cmocka_unit_test(wrapped_text_becomes_paragraphs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
