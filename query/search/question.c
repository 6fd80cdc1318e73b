#include "query/search/question.h"

#include <string.h>

#include "corpus/base/ascii.h"
#include "indexer/archive/field.h"
#include "query/words/telling.h"
#include "query/words/weigh.h"

void
question_release(struct question *question)
{
    expr_free(question->typed);
    expr_free(question->meant);
    leaves_release(&question->leaves);
    plan_release(&question->plan);
    *question = (struct question){.plan.match = BUF_INIT};
}

/* Has any article of the archive a text in the field? */
static bool
has_field(const struct archive *archive, enum field field)
{
    for (size_t i = 0; i < archive->manifest.segments; i++)
        if (archive->manifest.segment[i].length[field])
            return true;
    return false;
}

/* Take a zone out of the tree; true if it was in it. */
static bool
drop_zone(struct expr **expr, enum expr_zone zone)
{
    struct expr *whole = *expr;
    bool dropped = false;

    for (size_t i = 0; i < whole->children; i++)
        dropped = drop_zone(&whole->child[i], zone) || dropped;
    if (whole->kind != EXPR_ZONE || whole->zone != zone)
        return dropped;
    *expr = whole->child[0];
    whole->children = 0;
    expr_free(whole);
    return true;
}

/* Where no article has keywords, they are words as any. */
static void
drop_keywords(struct question *question, const struct archive *archive,
              struct list *notes)
{
    if (question->typed && !has_field(archive, FIELD_KEYWORDS) &&
        drop_zone(&question->typed, ZONE_KEYWORD))
        list_add_text(notes, "No article here has keywords; they were looked "
                             "for everywhere.");
}

/* The words of what was typed, as the archive has them. */
static enum status
read_words(struct question *question, struct archive *archive,
           const struct search_request *request, struct list *notes,
           struct error *err)
{
    enum status status;

    question->from_day = request->from_day;
    question->to_day = request->to_day;
    drop_keywords(question, archive, notes);
    leaves_collect(&question->leaves, question->typed, archive->analyzer,
                   &archive->languages);
    question->articles = archive->articles;
    status = weigh_leaves(archive, &question->leaves, request->compounds, notes,
                          err);
    if (!status)
        question_mean(question, MEANING_ALL);
    return status;
}

enum status
question_read(struct question *question, struct archive *archive,
              const struct search_request *request, struct list *notes,
              struct error *err)
{
    size_t size = strlen(request->text);

    *question = (struct question){.plan.match = BUF_INIT};
    question->signs = expr_signs(request->text, size, &request->limits);
    question->typed =
        expr_parse(request->text, size, request->now, &request->limits, notes);
    return read_words(question, archive, request, notes, err);
}

enum status
question_read_prose(struct question *question, struct archive *archive,
                    const struct search_request *request, struct list *notes,
                    struct error *err)
{
    question_release(question);
    question->signs.kind = QUERY_PROSE;
    question->typed = expr_parse_prose(request->text, strlen(request->text),
                                       &request->limits);
    return read_words(question, archive, request, notes, err);
}

bool
question_is_words(const struct question *question)
{
    const struct expr *typed = question->typed;

    if (!typed || question->signs.kind == QUERY_STRICT)
        return false;
    if (typed->kind == EXPR_WORD)
        return !(typed->flags & EXPR_EXACT);
    if (typed->kind != EXPR_AND || !(typed->flags & EXPR_LOOSE))
        return false;
    for (size_t i = 0; i < typed->children; i++) {
        const struct expr *child = typed->child[i];

        if (!(child->kind == EXPR_WORD ||
              (child->kind == EXPR_PATTERN && typed->children > 2)) ||
            child->flags & EXPR_EXACT)
            return false;
    }
    return true;
}

/* A sign within a number or an address belongs to it: 4.7, 10/5, KF-21,
 * ann@quay.example; and the dots of U.S. */
static bool
is_in_one(const char *text, size_t size, size_t at)
{
    if (at == 0 || at + 1 >= size)
        return false;
    if (text[at] == '-')
        return ascii_is_digit(text[at - 1]) || ascii_is_digit(text[at + 1]);
    if (text[at] == '.' && ascii_is_word_byte(text[at - 1]))
        return at < 2 || !ascii_is_word_byte(text[at - 2]) ||
               ascii_is_digit(text[at + 1]);
    return ascii_is_digit(text[at - 1]) && ascii_is_digit(text[at + 1]);
}

/* Whatever joins words parts them. */
static void
part_words(const char *text, size_t size, struct buf *out)
{
    bool mail = memchr(text, '@', strcspn(text, " ")) != NULL;

    for (size_t i = 0; i < size; i++) {
        if (text[i] == ' ')
            mail =
                memchr(text + i + 1, '@', strcspn(text + i + 1, " ")) != NULL;
        if (mail || ascii_is_word_byte(text[i]) || is_in_one(text, size, i))
            buf_add_byte(out, text[i]);
        else
            buf_add_byte(out, ' ');
    }
}

enum status
question_read_least(struct question *question, struct archive *archive,
                    const struct search_request *request, struct list *notes,
                    struct error *err)
{
    struct buf text = BUF_INIT;
    enum status status;

    part_words(request->text, strlen(request->text), &text);
    question_release(question);
    question->signs.kind = QUERY_PROSE;
    question->typed = expr_parse_prose(text.data, text.size, &request->limits);
    buf_release(&text);
    status = read_words(question, archive, request, notes, err);
    if (!status)
        question_mean(question, MEANING_LEAST);
    return status;
}

/* The days that were asked for beside the query.  They join a list of what
 * must all hold: it is one that the ranked index answers. */
static void
add_days(struct question *question)
{
    struct expr *days;
    struct expr *all = question->meant;

    if (question->from_day <= SEARCH_OPEN_FROM &&
        question->to_day >= SEARCH_OPEN_TO)
        return;
    days = expr_new(EXPR_DATE, NULL);
    days->from = question->from_day;
    days->to = question->to_day;
    if (!all) {
        question->meant = days;
        return;
    }
    if (all->kind != EXPR_AND) {
        question->meant = expr_new(EXPR_AND, NULL);
        expr_add(question->meant, all);
    }
    expr_add(question->meant, days);
}

void
question_mean(struct question *question, enum meaning_hold hold)
{
    /* What was left out of another tree may stay in this one. */
    for (size_t i = 0; i < question->leaves.count; i++) {
        struct leaf *leaf = &question->leaves.leaf[i];

        leaf->dropped = leaf->repeats;
        leaf->asks = false;
        leaf->common = false;
    }
    expr_free(question->meant);
    question->meant = meaning_of(question->typed, &question->leaves, hold,
                                 &question->loose, &question->enough);
    telling_keep(question->meant, &question->leaves, question->articles);
    add_days(question);
}
