#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/article/article.h"
#include "corpus/base/count.h"
#include "corpus/story/byline.h"

/* The names, or addresses, joined by '|'. */
static void
join(const struct list *list, struct buf *out)
{
    buf_clear(out);
    for (size_t i = 0; i < list->count; i++)
        buf_printf(out, "%s%s", i ? "|" : "", list->item[i]);
}

static void
bylines_become_names(void **state)
{
    static const struct {
        const char *text, *printed, *authors, *emails;
    } cases[] = {
        {"BY MICHAEL LEE [lee@paper.example]", "BY MICHAEL LEE", "Michael Lee",
         "lee@paper.example"},
        {"By Kim Tae-gyu and Lee Chi-dong in Seoul",
         "By Kim Tae-gyu and Lee Chi-dong in Seoul", "Kim Tae-gyu|Lee Chi-dong",
         ""},
        {"By Anne-Marie O'Brien", "By Anne-Marie O'Brien", "Anne-Marie O'Brien",
         ""},
        {"BY KARI O’DOWD", "BY KARI O’DOWD", "Kari O’Dowd", ""},
        {"Von Anna Schmidt, Berlin", "Von Anna Schmidt, Berlin", "Anna Schmidt",
         ""},
        {"Par Hélène Maury et Jules Kerbrat",
         "Par Hélène Maury et Jules Kerbrat", "Hélène Maury|Jules Kerbrat", ""},
        {"Jean DUPONT", "Jean DUPONT", "Jean Dupont", ""},
        {"By Staff reporter", "By Staff reporter", "", ""},
        {"Jane Doe 24.10.2014, 09:05 Uhr", "Jane Doe 24.10.2014, 09:05 Uhr",
         "Jane Doe", ""},
        {"Do 25.04.24 | Von Eva Kern", "Do 25.04.24 | Von Eva Kern", "Eva Kern",
         ""},
        {"Jane Doe, Staff Writer", "Jane Doe, Staff Writer", "Jane Doe", ""},
        {"Jane Doe Chief Editor", "Jane Doe Chief Editor", "Jane Doe", ""},
        /* Parted by style alone; a name's own capitals are not cut. */
        {"Jane RowlandCourts Editor", "Jane RowlandCourts Editor",
         "Jane Rowland", ""},
        {"Jane McAllister Editor", "Jane McAllister Editor", "Jane McAllister",
         ""},
        {"Jane Doe5 hours ago", "Jane Doe5 hours ago", "Jane Doe", ""},
        {"By PAUL BYRNE and ALMA CALA, Associated Press",
         "By PAUL BYRNE and ALMA CALA, Associated Press",
         "Paul Byrne|Alma Cala", ""},
        {"By Reuters", "By Reuters", "Reuters", ""},
        {"By Jane Doe (Reuters)", "By Jane Doe (Reuters)", "Jane Doe", ""},
        {"By Jane Doe @janedoe", "By Jane Doe", "Jane Doe", ""},
        {"Ludwig van der Berg; J.K. Rowland",
         "Ludwig van der Berg; J.K. Rowland",
         "Ludwig van der Berg|J.K. Rowland", ""},
        {"松岡大地", "松岡大地", "松岡大地", ""},
        {"大渡 美咲", "大渡 美咲", "大渡 美咲", ""},
        {"记者 王小明 李红", "记者 王小明 李红", "王小明|李红", ""},
        {"Автор: Иван Кузнецов", "Автор: Иван Кузнецов", "Иван Кузнецов", ""},
        {"Av Karin Öberg och Nils Åkesson", "Av Karin Öberg och Nils Åkesson",
         "Karin Öberg|Nils Åkesson", ""},
        {"بقلم: سمير حداد", "بقلم: سمير حداد", "سمير حداد", ""},
        {"Haber: Ayşe Yılmaz", "Haber: Ayşe Yılmaz", "Ayşe Yılmaz", ""},
        {"Guest column by Jane Doe", "Guest column by Jane Doe", "Jane Doe",
         ""},
        {"Beitrag von Eva Kern-Rau", "Beitrag von Eva Kern-Rau", "Eva Kern-Rau",
         ""},
        {"Christoph von Ritter", "Christoph von Ritter", "Christoph von Ritter",
         ""},
        {"By Jane Doe/The Canal Courier", "By Jane Doe/The Canal Courier",
         "Jane Doe", ""},
        {"By Jane Doe/Tomas Rell", "By Jane Doe/Tomas Rell",
         "Jane Doe|Tomas Rell", ""},
        {"by Jane Doe Apr. 28, 2023", "by Jane Doe Apr. 28, 2023", "Jane Doe",
         ""},
        {"byJane Doe", "byJane Doe", "Jane Doe", ""},
        {"Jane DoePublished Jul 17", "Jane Doe Published Jul 17", "Jane Doe",
         ""},
        {"Posted by Jane Doe on", "Posted by Jane Doe on", "Jane Doe", ""},
        {"https://site.example/people/jane", "https://site.example/people/jane",
         "", ""},
        {"March 12, 2024", "March 12, 2024", "", ""},
        {"admin", "admin", "", ""},
        {"@", "", "", ""},
        {"[", "[", "", ""},
        {"", "", "", ""},
        {"By \xff\xfe", NULL, "", ""},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct buf printed = BUF_INIT;
        struct buf got = BUF_INIT;
        struct list authors = LIST_INIT;
        struct list emails = LIST_INIT;

        byline_parse(cases[i].text, strlen(cases[i].text), &printed, &authors,
                     &emails);
        if (cases[i].printed)
            assert_string_equal(printed.data, cases[i].printed);
        join(&authors, &got);
        assert_string_equal(got.data, cases[i].authors);
        join(&emails, &got);
        assert_string_equal(got.data, cases[i].emails);
        buf_release(&printed);
        buf_release(&got);
        list_release(&authors);
        list_release(&emails);
    }
}

static void
a_line_looks_like_a_byline_or_not(void **state)
{
    static const struct {
        const char *text;
        enum byline_look look;
    } cases[] = {
        {"BY MICHAEL LEE [lee@paper.example]", BYLINE_SURE},
        {"Jane Doe jane@paper.example", BYLINE_SURE},
        {"By Kim Tae-gyu", BYLINE_SURE},
        {"By Staff reporter", BYLINE_SURE},
        {"By The Associated Press", BYLINE_SURE},
        {"By Monday", BYLINE_NO},
        {"Jane Doe", BYLINE_NAME},
        {"Jane Doe | Ann Lee", BYLINE_NAME},
        {"Jane Doe and AP", BYLINE_NAME},
        {"Jane Doe •", BYLINE_NAME},
        {"Ferries | Jane Doe", BYLINE_NO},
        {"Jane Doe, who rows", BYLINE_NO},
        {"Read more", BYLINE_NO},
        {"By the time it ended, the sun was down.", BYLINE_NO},
        {"Subscribe", BYLINE_NO},
        {"", BYLINE_NO},
        {"By", BYLINE_NO},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        if (byline_look(cases[i].text, strlen(cases[i].text)) != cases[i].look)
            fail_msg("%s", cases[i].text);
}

static void
what_opens_a_byline_may_stand_alone(void **state)
{
    static const char *const alone[] = {"By", "by", "Von", "Autor:", "par"};
    static const char *const others[] = {"",         "By Jane Doe", "Bye",
                                         "Jane Doe", "Von Anna",    ":"};

    (void)state;
    for (size_t i = 0; i < COUNT(alone); i++)
        if (!byline_opens(alone[i], strlen(alone[i])))
            fail_msg("%s", alone[i]);
    for (size_t i = 0; i < COUNT(others); i++)
        if (byline_opens(others[i], strlen(others[i])))
            fail_msg("%s", others[i]);
}

static void
the_first_byline_of_an_article_stays(void **state)
{
    struct article article;

    (void)state;
    article_init(&article);
    byline_to_article(&article, "By Jane Doe", 11);
    byline_to_article(&article, "By John Roe", 11);
    assert_string_equal(article.byline.data, "By Jane Doe");
    assert_int_equal(article.authors.count, 2);
    article_release(&article);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bylines_become_names),
        cmocka_unit_test(a_line_looks_like_a_byline_or_not),
        cmocka_unit_test(what_opens_a_byline_may_stand_alone),
        cmocka_unit_test(the_first_byline_of_an_article_stays),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
