#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/article/article.h"
#include "corpus/base/count.h"
#include "corpus/formats/reader.h"
#include "corpus/mail/mail_box.h"
#include "corpus/mail/mail_head.h"
#include "corpus/mail/mail_sender.h"
#include "corpus/mail/mail_text.h"

#define STORY "The harbour was opened on Monday, the town said in a letter.\n"

static void
what_is_not_the_story_is_left_out(void **state)
{
    static const struct {
        const char *text, *story;
    } cases[] = {
        {STORY, STORY},
        {STORY "-- \nAnn Lee\nCoast Wire\n", STORY},
        {STORY "CWX me/ao\nAnn Lee\n", STORY},
        {STORY "__________\nall mailing list\nall@x.example\n", STORY},
        {STORY "---------------\nMore tomorrow.\n",
         STORY "---------------\nMore tomorrow.\n"},
        {STORY "To unsubscribe, write to us.\nBye\n", STORY},
        {"View this email in your browser\n" STORY, STORY},
        {STORY "On Monday, Ann Lee wrote:\n> What is new?\n", STORY},
        {STORY "-----Original Message-----\nFrom: a\n\nOld\n", STORY},
        {"See below.\n---------- Forwarded message ---------\nFrom: A <a@b>\n"
         "Date: today\nSubject: x\n\n" STORY,
         "See below.\n" STORY},
        {"> " STORY "> Again.\n", STORY "Again.\n"},
        {"Read <https://a.example/b> [cid:1] it <b> x\n", "Read   it <b> x\n"},
        {"--\n", "--\n"},
        {"", ""},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct buf text = BUF_INIT;

        buf_set_text(&text, cases[i].text);
        mail_text_strip(&text);
        if (strcmp(text.data, cases[i].story) != 0)
            fail_msg("%s\ngot %s", cases[i].text, text.data);
        buf_release(&text);
    }
}

static void
subjects_lose_what_programs_put_before_them(void **state)
{
    static const struct {
        const char *subject, *headline;
    } cases[] = {
        {"Harbour opens", "Harbour opens"},
        {"Re: Fwd: RE[2]: Harbour opens", "Harbour opens"},
        {"[CWX] AW: [all 12] Harbour opens", "Harbour opens"},
        {"TR : Le port", "Le port"},
        {"Reading: a guide", "Reading: a guide"},
        {"[CWX]", "[CWX]"},
        {"Re:", "Re:"},
        {"[open", "[open"},
        {"", ""},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct buf subject = BUF_INIT;

        buf_set_text(&subject, cases[i].subject);
        mail_text_subject(&subject);
        assert_string_equal(subject.data, cases[i].headline);
        buf_release(&subject);
    }
}

static void
the_head_of_a_story_is_told_from_its_text(void **state)
{
    static const struct {
        const char *subject, *text, *headline, *left;
    } cases[] = {
        {"Subject", "Headline: The harbour opens\nSlug: HARBOUR\n\n" STORY,
         "The harbour opens", "\n" STORY},
        {"STRIKE-HARBOUR",
         "STRIKE\nDockers go back to work\nBy Ann Lee\n" STORY,
         "Dockers go back to work", "By Ann Lee\n" STORY},
        {"Harbour opens", "HARBOUR OPENS\n" STORY, "Harbour opens", STORY},
        {"Harbour opens",
         "Gol PGA\nA town rejoices at last\nBy Ann Lee\n" STORY,
         "Harbour opens", "A town rejoices at last\nBy Ann Lee\n" STORY},
        {"Harbour opens", STORY "Short line\nBy Ann Lee\n", "Harbour opens",
         STORY "Short line\nBy Ann Lee\n"},
        {"Harbour opens", "Note: the text\n", "Harbour opens",
         "Note: the text\n"},
        {"", "", "", ""},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct buf text = BUF_INIT;
        struct article article;

        article_init(&article);
        buf_set_text(&article.headline, cases[i].subject);
        buf_set_text(&text, cases[i].text);
        mail_head_take(&article, &text);
        assert_string_equal(article.headline.data, cases[i].headline);
        assert_string_equal(text.data, cases[i].left);
        article_release(&article);
        buf_release(&text);
    }
}

static void
a_person_who_sends_is_the_author_and_a_desk_is_not(void **state)
{
    static const struct {
        const char *head, *author, *publication;
    } cases[] = {
        {"From: Ann Lee <ann.lee@x.example>\n", "Ann Lee", ""},
        {"From: \"Marsh, Edwin\" <emarsh@x.example>\n", "Edwin Marsh", ""},
        {"From: Edwin Marsh <em@x.example>\n", "Edwin Marsh", ""},
        {"From: ann.lee@x.example (Ann Lee)\nOrganization: Ledger\n", "Ann Lee",
         "Ledger"},
        {"From: Coast Wire <coast@x.example>\n", "", "Coast Wire"},
        {"From: Halden Ledger <desk@x.example>\n", "", "Halden Ledger"},
        {"From: desk@x.example\n", "", "desk@x.example"},
        {"From: Ben <ben@x.example>\n", "", ""},
        {"From: =?utf-8?Q?J=C3=B6rg_Lind?= <lind@x.example>\n", "Jörg Lind",
         ""},
        {"From: <\n", "", ""},
        {"To: a\n", "", ""},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct article article;

        article_init(&article);
        mail_sender(&article,
                    (struct piece){cases[i].head, strlen(cases[i].head)});
        assert_int_equal(article.authors.count, *cases[i].author ? 1 : 0);
        if (*cases[i].author)
            assert_string_equal(article.authors.item[0], cases[i].author);
        assert_string_equal(article.publication.data, cases[i].publication);
        article_release(&article);
    }
}

static void
mail_is_known_by_its_headers(void **state)
{
    static const struct {
        const char *head;
        bool mail;
    } cases[] = {
        {"From: a\nDate: b\nSubject: c\nTo: d\n\ntext", true},
        {"\n  \nReceived: a\n\tb\nMessage-ID: c\n\n", true},
        {"From a@b Tue Mar 12 09:30:00 2024\nFrom: a\n\n", true},
        {"Path: a!b\nFrom: c\nNewsgroups: d\nDate: e\n\n", true},
        {"From here it was 12:30 to town, they said.\nThe end.\n", false},
        {"From: a\nA sentence without a colon\nDate: b\nTo: c\n", false},
        {"Subject: a story\nBy: somebody\n\nText", false},
        {"Headline: a\n", false},
        {"", false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        if ((mail_box_sniff(cases[i].head, strlen(cases[i].head)) > 0) !=
            cases[i].mail)
            fail_msg("%s", cases[i].head);
}

/* How many articles and how many errors come out of these bytes. */
static void
count(const struct buf *bytes, size_t *articles, size_t *errors)
{
    struct input *input = NULL;
    struct reader *reader = NULL;
    struct error err = {0};
    struct article article;
    bool more = true;

    *articles = *errors = 0;
    article_init(&article);
    assert_int_equal(
        input_open_memory(&input, bytes->data, bytes->size, "m", NULL, &err),
        0);
    assert_int_equal(reader_open(&reader, input, NULL, &err), 0);
    assert_string_equal(reader->format->name, "mail");
    while (more) {
        if (reader_next(reader, &article, &more, &err))
            ++*errors;
        else if (more)
            ++*articles;
    }
    reader_close(reader);
    input_close(input);
    article_release(&article);
}

static void
messages_in_messages_meet_a_limit(void **state)
{
    struct buf bytes = BUF_INIT;
    size_t articles;
    size_t errors;

    (void)state;
    for (int i = 0; i < 1000; i++)
        buf_printf(&bytes,
                   "From: a@b\nDate: c\nMessage-ID: <%d>\nSubject: s\n"
                   "Content-Type: multipart/mixed; boundary=b%d\n\n"
                   "--b%d\n\nA word.\n--b%d\nContent-Type: message/rfc822\n\n",
                   i, i, i, i);
    buf_add_text(&bytes, "From: a@b\nSubject: Deep\n\n" STORY);
    count(&bytes, &articles, &errors);
    assert_int_equal(articles, 0);
    assert_int_equal(errors, 1);
    buf_release(&bytes);
}

static void
a_mailbox_gives_each_message_once(void **state)
{
    struct buf bytes = BUF_INIT;
    size_t articles;
    size_t errors;

    (void)state;
    for (int i = 0; i < 500; i++)
        buf_printf(&bytes,
                   "From a@b Tue Mar 12 09:30:00 2024\nFrom: a@b\n"
                   "Message-ID: <%d>\nSubject: Harbour %d opens\n\n" STORY "\n",
                   i, i);
    count(&bytes, &articles, &errors);
    assert_int_equal(articles, 500);
    assert_int_equal(errors, 0);
    buf_release(&bytes);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_not_the_story_is_left_out),
        cmocka_unit_test(subjects_lose_what_programs_put_before_them),
        cmocka_unit_test(the_head_of_a_story_is_told_from_its_text),
        cmocka_unit_test(a_person_who_sends_is_the_author_and_a_desk_is_not),
        cmocka_unit_test(mail_is_known_by_its_headers),
        cmocka_unit_test(messages_in_messages_meet_a_limit),
        cmocka_unit_test(a_mailbox_gives_each_message_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
