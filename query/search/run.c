/* A question, put to the archive. */
#include "query/search/alike.h"
#include "query/search/quick.h"
#include "query/search/search_parts.h"

enum status
search_forgive(const struct search *search, enum status status,
               struct error *err)
{
    if (!status || !search->archive->deadline.late)
        return status;
    if (err)
        *err = (struct error){0};
    return STATUS_OK;
}

enum status
search_run_once(struct search *search, const struct search_request *request,
                struct question *question, struct collection *found,
                struct error *err)
{
    struct collect_request ask = {
        .plan = &question->plan,
        .leaves = &question->leaves,
        .expr = question->meant,
        .sort = request->sort,
        .recent = request->recent,
        .now = request->now,
        .keep = request->limit ? request->offset + request->limit : 0,
        .enough = request->enough,
        .exhaustive = request->exhaustive,
        .only = request->only,
    };
    bool answered = false;
    enum status status = STATUS_OK;

    plan_release(&question->plan);
    plan_make(&question->plan, question->meant, &question->leaves);
    /* A query of nothing finds nothing; only filters ask for everything. */
    if (!question->meant)
        question->plan.complement = request->everything;
    collection_release(found);
    found->every = request->facets != 0;
    if (quick_can(search->archive, &ask))
        status = quick_collect(search->archive, search->scorer, &ask, found,
                               &answered, err);
    if (answered)
        question->plan.verify = false;
    if (!status && !answered) {
        collection_release(found);
        found->every = request->facets != 0;
        status = collect(search->archive, search->scorer, &ask, found, err);
    }
    if (!status)
        status = alike_sort(search->archive, &ask, found, err);
    return status;
}

static bool
is_narrowed(const struct search_request *request)
{
    return collect_is_narrowed(request->only) ||
           request->from_day > SEARCH_OPEN_FROM ||
           request->to_day < SEARCH_OPEN_TO;
}

/* Are there enough articles with all words, whatever narrows the search?  A
 * count beside a source says how many of the articles that are shown are its;
 * these would be others if the words were asked for in another way once only
 * that source is. */
static enum status
are_enough_anywhere(struct search *search, const struct search_request *request,
                    bool *enough, struct error *err)
{
    struct search_request wide = *request;
    struct question question;
    struct collection found = {0};
    struct list notes = LIST_INIT;
    enum status status;

    wide.limit = 0;
    wide.facets = 0;
    wide.from_day = SEARCH_OPEN_FROM;
    wide.to_day = SEARCH_OPEN_TO;
    for (int i = 0; i < FACET_YEAR; i++)
        wide.only[i] = NULL;
    status = question_read(&question, search->archive, &wide, &notes, err);
    if (!status)
        status = search_run_once(search, &wide, &question, &found, err);
    *enough = found.total >= question.enough;
    collection_release(&found);
    question_release(&question);
    list_release(&notes);
    return status;
}

/* All of the words, and if hardly any article has them, some of them. */
static enum status
run_loosened(struct search *search, const struct search_request *request,
             struct question *question, struct collection *found,
             struct list *notes, struct error *err)
{
    enum status status = search_run_once(search, request, question, found, err);
    uint64_t whole = found->total;
    bool enough = request->strict;

    if (status || found->cut_short || whole >= question->enough)
        return status;
    if (!enough && is_narrowed(request))
        status = are_enough_anywhere(search, request, &enough, err);
    if (status || enough)
        return status;
    question_mean(question, MEANING_ANY);
    status = search_run_once(search, request, question, found, err);
    if (status || found->total == whole)
        return status;
    if (whole)
        list_add_text(notes, "Few articles have all of these words; others "
                             "have some of them.");
    else
        list_add_text(notes, "No article has all of these words; these have "
                             "some of them.");
    return status;
}

/* What was asked for as a query, as prose. */
static enum status
run_prose(struct search *search, const struct search_request *request,
          struct question *question, struct collection *found,
          struct list *notes, struct error *err)
{
    enum status status =
        question_read_prose(question, search->archive, request, notes, err);

    if (!status)
        status = run_loosened(search, request, question, found, notes, err);
    if (!status && found->total)
        list_add_text(notes, "No article is what this asks for as a query; "
                             "these have words of the text.");
    return status;
}

/* What is left of words of which no article has any as it stands. */
static enum status
run_least(struct search *search, const struct search_request *request,
          struct question *question, struct collection *found,
          struct list *notes, struct error *err)
{
    enum status status =
        question_read_least(question, search->archive, request, notes, err);

    if (!status)
        status = search_run_once(search, request, question, found, err);
    if (!status && found->total)
        list_add_text(notes, "No article has these words as they stand; these "
                             "have parts or small words of them.");
    return status;
}

enum status
search_run_question(struct search *search, const struct search_request *request,
                    struct question *question, struct collection *found,
                    struct list *notes, struct error *err)
{
    enum status status =
        run_loosened(search, request, question, found, notes, err);

    if (status || found->cut_short || found->total || request->strict)
        return status;
    if (question->signs.doubtful)
        status = run_prose(search, request, question, found, notes, err);
    if (status || found->cut_short || found->total ||
        !question_is_words(question))
        return status;
    return run_least(search, request, question, found, notes, err);
}
