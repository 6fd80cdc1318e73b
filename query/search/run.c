/* A question, put to the archive. */
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
        .exhaustive = request->exhaustive,
    };
    bool answered = false;
    enum status status = STATUS_OK;

    plan_release(&question->plan);
    plan_make(&question->plan, question->meant, &question->leaves);
    /* A query of nothing finds nothing; only filters ask for everything. */
    if (!question->meant)
        question->plan.complement = false;
    collection_release(found);
    found->every = request->facets != 0;
    if (quick_can(search->archive, &ask))
        status = quick_collect(search->archive, search->scorer, &ask, found,
                               &answered, err);
    if (answered)
        question->plan.verify = false;
    if (status || answered)
        return status;
    collection_release(found);
    found->every = request->facets != 0;
    return collect(search->archive, search->scorer, &ask, found, err);
}

enum status
search_run_question(struct search *search, const struct search_request *request,
                    struct question *question, struct collection *found,
                    struct list *notes, struct error *err)
{
    enum status status = search_run_once(search, request, question, found, err);
    uint64_t whole = found->total;

    if (status || found->cut_short || whole >= question->enough)
        return status;
    question_mean(question, true);
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
