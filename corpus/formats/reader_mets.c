/*
 * corpus/formats/reader_mets.c - a newspaper issue: METS and the ALTO pages
 * that it names, put together by corpus/input/issue.c.
 *
 * Each division of the issue that is an article is one.  If not one of them
 * leads to any text, the pages are the articles, so that nothing is lost.
 */
#include <stdlib.h>
#include <string.h>

#include <libxml/tree.h>

#include "corpus/article/article.h"
#include "corpus/base/mem.h"
#include "corpus/formats/formats.h"
#include "corpus/input/issue.h"
#include "corpus/paper/mets_issue.h"

struct mets {
    struct mets_issue issue;
    const xmlNode *story; /* handed out last */
    bool stories_done;
    size_t articles;
    size_t problem; /* to be told next */
    bool told;      /* that the text was given out too often */
    size_t page;    /* to be handed out next, if there were no articles */
};

static bool
begins(const char *head, size_t size, const char *mark)
{
    return size >= strlen(mark) && !memcmp(head, mark, strlen(mark));
}

static int
mets_sniff(const char *head, size_t size)
{
    struct buf name = BUF_INIT;
    bool sure = begins(head, size, ISSUE_MARK) ||
                (xml_sniff(head, size, &name) && !strcmp(name.data, "mets"));

    buf_release(&name);
    return sure ? 95 : 0;
}

static enum status
mets_open(struct reader *reader, struct error *err)
{
    struct mets *mets = mem_zero(1, sizeof(*mets));
    const char *head;
    size_t size;

    mets->issue = METS_ISSUE_INIT;
    reader->state = mets;
    input_peek(reader->input, strlen(ISSUE_MARK), &head, &size);
    if (begins(head, size, ISSUE_MARK))
        return mets_issue_read(&mets->issue, reader->input, err);
    return error_set(err, STATUS_FORMAT,
                     "%s: a METS file, which lists the parts of an issue; it "
                     "names no articles in ALTO pages that are beside it, or "
                     "has no \"mets\" in its name, so the pages are read one "
                     "by one",
                     input_name(reader->input));
}

static void
mets_close(struct reader *reader)
{
    struct mets *mets = reader->state;

    if (mets)
        mets_issue_release(&mets->issue);
    free(mets);
    reader->state = NULL;
}

static bool
is_empty(const struct article *article)
{
    return !article->body.size && !article->captions;
}

/* That the issue's text was given out so often that it was the last time; told
 * once. */
static enum status
say_over(struct mets *mets, const char *name, struct error *err)
{
    mets->told = true;
    return error_set(err, STATUS_LIMIT,
                     "%s: its articles name the same text again and again; "
                     "what they name beyond eight times of it was left out",
                     name);
}

static enum status
mets_next(struct reader *reader, struct article *article, bool *more,
          struct error *err)
{
    struct mets *mets = reader->state;

    if (mets->problem < mets->issue.problems.count)
        return error_set(err, STATUS_FORMAT, "%s",
                         mets->issue.problems.item[mets->problem++]);
    while (!mets->stories_done) {
        mets->story = mets_issue_story(&mets->issue, mets->story);
        mets->stories_done = !mets->story;
        if (!mets->story)
            break;
        article_clear(article);
        mets_issue_article(&mets->issue, mets->story, article);
        if (!is_empty(article)) {
            mets->articles++;
            return STATUS_OK;
        }
    }
    if (mets->issue.over && !mets->told)
        return say_over(mets, input_name(reader->input), err);
    while (!mets->articles && mets->page < mets->issue.pages) {
        article_clear(article);
        mets_issue_page(&mets->issue, mets->page++, article);
        if (!is_empty(article))
            return STATUS_OK;
    }
    *more = false;
    return STATUS_OK;
}

const struct format format_mets = {
    .name = "mets",
    .about = "METS, a newspaper issue with the ALTO pages beside it",
    .suffixes = "xml mets",
    .sniff = mets_sniff,
    .open = mets_open,
    .next = mets_next,
    .close = mets_close,
};

/* --- pages of an issue ---------------------------------------------------- */

static int
page_sniff(const char *head, size_t size)
{
    return begins(head, size, ISSUE_PAGE_MARK) ? 100 : 0;
}

static enum status
page_next(struct reader *reader, struct article *article, bool *more,
          struct error *err)
{
    (void)reader;
    (void)article;
    (void)err;
    *more = false;
    return STATUS_OK;
}

const struct format format_metspage = {
    .name = "mets-page",
    .about = "an ALTO page that is read with its METS issue",
    .suffixes = "",
    .sniff = page_sniff,
    .next = page_next,
};
