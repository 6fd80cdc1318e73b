#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/base/buf.h"
#include "corpus/base/count.h"
#include "query/words/request_words.h"

enum {
    WORDS_MAX = 16
};

/* What is left of words with a blank between them; small ones begin with a
 * dot, and a lone '*' is something that is no plain word. */
static void
rest_of(const char *text, struct buf *out)
{
    char copy[200];
    struct request_word word[WORDS_MAX] = {{0}};
    size_t words = 0;

    assert_true(strlen(text) < sizeof(copy));
    memcpy(copy, text, strlen(text) + 1);
    for (char *rest = copy; *rest && words < WORDS_MAX; words++) {
        size_t size = strcspn(rest, " ");
        char *next = rest + size + (rest[size] == ' ');

        rest[size] = '\0';
        word[words].small = *rest == '.';
        word[words].text = *rest == '*' ? NULL : rest + word[words].small;
        rest = next;
    }
    request_words_find(word, words);
    buf_clear(out);
    for (size_t i = 0; i < words; i++)
        if (!word[i].asks && !word[i].small)
            buf_printf(out, "%s%s", out->size ? " " : "",
                       word[i].text ? word[i].text : "*");
}

static void
request_words_go_and_the_matter_stays(void **state)
{
    static const struct {
        const char *typed, *left;
    } cases[] = {
        {".I am interested .in articles describing parallel sorting",
         "parallel sorting"},
        {"PLEASE SUPPLY INFORMATION .ON HIGH CURRENT SWITCHES",
         "HIGH CURRENT SWITCHES"},
        {"find all discussions .of horizontal microcode",
         "horizontal microcode"},
        {".what studies .or articles .are .there .about noise", "noise"},
        {".the use .of analogue computers", "analogue computers"},
        {"I'd like papers .on window design", "window design"},
        /* The same words as the matter itself. */
        {"information policy .of .the ministry", "information policy ministry"},
        {"central bank interested buyers", "central bank interested buyers"},
        {"police reports missing .in archive",
         "police reports missing archive"},
        {"rebels like rebels", "rebels like rebels"},
        {"war crimes study", "war crimes study"},
        /* Something that is no word parts them from the matter. */
        {"articles * .about noise", "articles * noise"},
        {"* find noise", "* find noise"},
        /* Nothing, and a word longer than any that is known. */
        {"", ""},
        {"informationinformationinformation .on x",
         "informationinformationinformation x"},
        {"find", ""},
    };
    struct buf got = BUF_INIT;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        rest_of(cases[i].typed, &got);
        if (strcmp(got.data, cases[i].left) != 0)
            fail_msg("\"%s\" leaves \"%s\"", cases[i].typed, got.data);
    }
    buf_release(&got);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(request_words_go_and_the_matter_stays),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
