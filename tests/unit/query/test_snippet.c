#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/base/count.h"
#include "query/match/snippet.h"

enum {
    ROOM = 32
};

/* A text as the cases write it: [a word] of the query's first part, {a word}
 * of its second, and | where a sentence begins. */
struct written {
    struct buf text;
    struct mark mark[ROOM];
    size_t marks;
    size_t sentence[ROOM];
    size_t sentences;
};

static void
read_written(struct written *out, const char *written, double second)
{
    buf_clear(&out->text);
    out->marks = out->sentences = 0;
    for (; *written; written++) {
        struct mark *mark = &out->mark[out->marks];

        switch (*written) {
        case '[':
            *mark = (struct mark){.start = out->text.size, .weight = 1};
            break;
        case '{':
            *mark = (struct mark){
                .start = out->text.size, .part = 1, .weight = second};
            break;
        case ']':
        case '}':
            mark->end = out->text.size;
            assert_true(++out->marks < ROOM);
            break;
        case '|':
            out->sentence[out->sentences] = out->text.size;
            assert_true(++out->sentences < ROOM);
            break;
        default:
            buf_add(&out->text, written, 1);
        }
    }
}

/* As a reader sees it: [marks], and "..." where the text goes on. */
static void
show(struct buf *out, const struct marked *snippet)
{
    size_t done = 0;

    buf_set(out, "...", snippet->cut_before ? 3 : 0);
    for (size_t i = 0; i < snippet->spans; i++) {
        const struct span *span = &snippet->span[i];

        buf_add(out, snippet->text.data + done, span->start - done);
        buf_add(out, "[", 1);
        buf_add(out, snippet->text.data + span->start, span->end - span->start);
        buf_add(out, "]", 1);
        done = span->end;
    }
    buf_add(out, snippet->text.data + done, snippet->text.size - done);
    buf_add(out, "...", snippet->cut_after ? 3 : 0);
}

static void
the_passage_shows_most_of_the_query(void **state)
{
    static const struct {
        const char *what;
        size_t width;
        double second; /* what the second part weighs; the first weighs 1 */
        const char *text;
        const char *snippet;
    } cases[] = {
        {"a short text is shown whole", 100, 1,
         "|The [ferry] sails again. |It was late.",
         "The [ferry] sails again. It was late."},
        {"nothing is nothing", 100, 1, "", ""},
        {"without a mark the text's beginning is shown, cut between words", 20,
         1, "|The harbour office says nothing.", "The harbour office..."},
        {"a sentence that ends late enough ends the passage", 24, 1,
         "|The [ferry] is late. |Nobody says why it is.",
         "The [ferry] is late...."},
        {"one that ends early does not", 36, 1,
         "|It [rains]. |The ferry to the islands is late again.",
         "It [rains]. The ferry to the islands..."},
        {"it begins where the sentence of a match does", 40, 1,
         "|Nothing was said in the morning. |At noon the [ferry] left. "
         "|Nobody saw it.",
         "...At noon the [ferry] left. Nobody saw it."},
        {"though a part of less weight is lost", 32, .4,
         "|So. |In the old harbour [ferry] trade ends as {it} must.",
         "...In the old harbour [ferry] trade..."},
        {"in a long sentence it begins a little before the match", 24, 1,
         "|Nobody in the office of the harbour knew where the [ferry] was.",
         "...the [ferry] was."},
        {"both parts in one passage beat the first alone", 30, 1,
         "|The [ferry] was late on Monday morning. |The {harbour} has a "
         "[ferry]. |More is not known.",
         "...The [harbour] has a [ferry]...."},
        {"two parts beat one that is there three times", 30, 1,
         "|[ferry], [ferry] and [ferry], they say. |The {harbour} has a "
         "[ferry]. |More is not known.",
         "...The [harbour] has a [ferry]...."},
        {"a rare part beats a common one", 22, 5,
         "|The [ferry] was very late. |The {harbour} is shut. |More later.",
         "...The [harbour] is shut...."},
        {"the first of equals is taken", 22, 1,
         "|The [ferry] was very late. |The {harbour} is shut. |More later.",
         "The [ferry] was very..."},
        {"what is outside has no mark", 20, 1,
         "|The [ferry] sails at noon. |Then the [ferry] comes back.",
         "The [ferry] sails at..."},
        {"a match that is cut through has none either", 12, 1,
         "|The [ferry to the islands] sails.", "The ferry to..."},
        {"matches that touch are one mark", 100, 1, "|The [ferry]{boat} sails.",
         "The [ferryboat] sails."},
        {"a quote that opens belongs to the sentence", 30, 1,
         "|Nobody knew about it then. (\xe2\x80\x9c|The [ferry] "
         "left,\xe2\x80\x9d "
         "he said.) |All were glad.",
         "...(\xe2\x80\x9cThe [ferry] left,\xe2\x80\x9d he..."},
        {"lines and columns become spaces", 100, 1,
         "|The [ferry]\nsails\tagain.\n", "The [ferry] sails again...."},
        {"a word too long is cut, but no character", 9, 1,
         "|\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4",
         "\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4..."},
    };
    struct written written = {.text = BUF_INIT};
    struct marked snippet = MARKED_INIT;
    struct buf got = BUF_INIT;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        read_written(&written, cases[i].text, cases[i].second);
        snippet_choose(&snippet,
                       &(struct snippet_source){written.text.data,
                                                written.text.size, written.mark,
                                                written.marks, written.sentence,
                                                written.sentences, NULL, 0},
                       cases[i].width);
        show(&got, &snippet);
        if (strcmp(got.data, cases[i].snippet) != 0)
            fail_msg("%s: \"%s\", not \"%s\"", cases[i].what, got.data,
                     cases[i].snippet);
    }
    marked_release(&snippet);
    buf_release(&written.text);
    buf_release(&got);
}

/* What says the headline again adds nothing. */
static void
a_passage_adds_to_the_headline(void **state)
{
    static const struct {
        const char *headline;
        const char *text;
        const char *snippet;
    } cases[] = {
        {NULL,
         "|The [ferry] strike ends on Monday. |The [ferry] was full. |More.",
         "The [ferry] strike ends on Monday...."},
        {"Ferry strike ends Monday",
         "|The [ferry] strike ends on Monday. |The [ferry] was full. |More.",
         "...The [ferry] was full. More."},
        {"Harbour office says nothing again",
         "|The [ferry] strike ends on Monday. |The [ferry] was full. |More.",
         "The [ferry] strike ends on Monday...."},
        /* All there is. */
        {"Ferry strike ends Monday",
         "|The [ferry] strike ends on Monday. |Nobody is glad. |More.",
         "The [ferry] strike ends on Monday...."},
        {"Ferry strike ends Monday",
         "|The ferry strike ends on Monday. |Nobody is glad. |More.",
         "...Nobody is glad. More."},
        {"The ferry", "|The [ferry] is full. |The [ferry] has sunk today.",
         "The [ferry] is full. The [ferry] has..."},
    };
    struct written written = {.text = BUF_INIT};
    struct marked snippet = MARKED_INIT;
    struct buf got = BUF_INIT;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *headline = cases[i].headline;

        read_written(&written, cases[i].text, 1);
        snippet_choose(&snippet,
                       &(struct snippet_source){
                           written.text.data, written.text.size, written.mark,
                           written.marks, written.sentence, written.sentences,
                           headline, headline ? strlen(headline) : 0},
                       36);
        show(&got, &snippet);
        if (strcmp(got.data, cases[i].snippet) != 0)
            fail_msg("%zu: \"%s\", not \"%s\"", i, got.data, cases[i].snippet);
    }
    marked_release(&snippet);
    buf_release(&written.text);
    buf_release(&got);
}

static void
spans_are_joined_and_never_empty(void **state)
{
    static const struct span added[] = {{2, 4}, {4, 6}, {5, 5},  {5, 6},
                                        {3, 7}, {8, 8}, {9, 12}, {10, 11}};
    static const struct span wanted[] = {{2, 7}, {9, 12}};
    struct marked marked = MARKED_INIT;

    (void)state;
    for (size_t i = 0; i < COUNT(added); i++)
        marked_add(&marked, added[i].start, added[i].end);
    assert_int_equal(marked.spans, 2);
    assert_memory_equal(marked.span, wanted, sizeof(wanted));
    marked_clear(&marked);
    assert_int_equal(marked.spans, 0);
    marked_release(&marked);
    marked_release(&marked);
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_passage_shows_most_of_the_query),
        cmocka_unit_test(a_passage_adds_to_the_headline),
        cmocka_unit_test(spans_are_joined_and_never_empty),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
