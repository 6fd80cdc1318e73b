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
print_story(const struct article *article, struct buf *out)
{
    buf_printf(out, "%s|%s|%s|", article->key.data, article->headline.data,
               article->dateline.data);
    for (size_t i = 0; i < article->authors.count; i++)
        buf_printf(out, "%s;", article->authors.item[i]);
    buf_add_byte(out, '|');
    date_print(&article->published, out);
    buf_printf(out, "|%s\n", article->body.data);
}

#define REUTERS(id) "<REUTERS TOPICS=\"NO\" OLDID=\"9\" NEWID=\"" id "\">\n"

static void
records_of_the_collections_become_articles(void **state)
{
    static const struct {
        const char *text, *articles;
    } cases[] = {
        {"<!DOCTYPE x SYSTEM \"x.dtd\">\n" REUTERS(
             "1") "<DATE> 2-MAR-1987 "
                  "15:01:01.79</DATE>\n<TEXT>&#2;\n<TITLE>SHIP &lt;X> "
                  "SAILS</TITLE>\n<AUTHOR>    By Ann Lee, "
                  "Reuters</AUTHOR>\n<DATELINE>  "
                  "  PORTLAND, Ore., March 2 - </DATELINE><BODY>It sailed.\n "
                  "Reuter\n"
                  "&#3;</BODY></TEXT>\n</REUTERS>\n",
         "reuters:1|SHIP <X> SAILS|PORTLAND, Ore.|Ann Lee;|"
         "1987-03-02T15:01:01|It sailed.\n"},
        {REUTERS("2") "<TEXT TYPE=\"BRIEF\">&#2;\n******<TITLE>BRIEF\n</TITLE>"
                      "Filler.\n&#3;</TEXT>\n</REUTERS>\n",
         "reuters:2|BRIEF||||\n"},
        {REUTERS("3") "<TEXT TYPE=\"UNPROC\">&#2;\nTABLE OF RATES\n a 1\n b 2\n"
                      "&#3;</TEXT>\n</REUTERS>\n",
         "reuters:3|TABLE OF RATES||||a 1\nb 2\n"},
        {REUTERS("4") "<TEXT TYPE=\"UNPROC\">&#2;\n&#3;</TEXT>\n</REUTERS>\n",
         "reuters:4|[no text]||||\n"},
        {REUTERS("5") "<TEXT><TITLE>No end\n" REUTERS(
             "6") "<TEXT><TITLE>Other</TITLE>",
         "reuters:5|No end||||\nreuters:6|Other||||\n"},
        {"<DOC>\n<DOCNO> AP880212-0001 </DOCNO>\n<HEAD>Title</HEAD>\n"
         "<BYLINE>By BO KIM</BYLINE>\n<TEXT>\nOne.\n<P>\nTwo &amp; three.\n"
         "</TEXT>\n</DOC>\n<DOC><DOCNO>LA010189-0002</DOCNO>\n<HEADLINE>\n<P>\n"
         "Other\n</P>\n</HEADLINE>\n<TEXT>\n<P>\nText\n</P>\n</TEXT>\n</DOC>\n",
         "AP880212-0001|Title||Bo Kim;|1988-02-12|One.\nTwo & three.\n"
         "LA010189-0002|Other|||1989-01-01|Text\n"},
        {"<DOC id=\"XIN_ENG_20020101.0001\" type=\"story\">\n<HEADLINE>\nH\n"
         "</HEADLINE>\n<DATELINE>SEOUL, Jan. 1 (Agency)</DATELINE>\n<TEXT>\n"
         "<P>\nP1\n</P>\n</TEXT>\n</DOC>\n",
         "XIN_ENG_20020101.0001|H|SEOUL||2002-01-01|P1\n"},
        {"<DOC>\n<DOCNO>X1</DOCNO>\n</DOC>\n", "!\n"},
    };
    struct buf out = BUF_INIT;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        buf_clear(&out);
        read_text("f.sgm", cases[i].text, strlen(cases[i].text), NULL, &out,
                  print_story);
        if (strcmp(out.data, cases[i].articles) != 0)
            fail_msg("case %zu gave\n%snot\n%s", i, out.data,
                     cases[i].articles);
    }
    buf_release(&out);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_of_the_collections_become_articles),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
