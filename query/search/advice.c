/* What may have been meant, and what would be found with less. */
#include <string.h>

#include "corpus/base/mem.h"
#include "query/search/misspelt.h"
#include "query/search/search_parts.h"
#include "query/words/relax.h"

enum {
    WAYS_MOST = 5,
    WAY_TIME = 200 /* milliseconds for each */
};

/* Count what a query finds that asks for less; keep it if that is something
 * and new. */
static enum status
try_way(struct search *search, const struct search_request *request,
        const struct relaxed *relaxed, struct search_result *result,
        struct error *err)
{
    struct search_request less = *request;
    struct question question;
    struct collection found = {0};
    struct list notes = LIST_INIT;
    struct buf text = BUF_INIT;
    enum status status;
    bool known = false;
    struct deadline *deadline = &search->archive->deadline;
    const struct deadline whole = *deadline;

    expr_print(relaxed->expr, &text);
    for (size_t i = 0; i < result->ways; i++)
        known = known || strcmp(result->way[i].query, text.data) == 0;
    less.text = text.data;
    less.limit = 0;
    less.facets = 0;
    deadline_advance(deadline, WAY_TIME);
    status = question_read(&question, search->archive, &less, &notes, err);
    if (!status && !known)
        status = search_run_once(search, &less, &question, &found, err);
    status = search_forgive(search, status, err);
    if (!status && found.total) {
        result->way =
            mem_resize(result->way, result->ways + 1, sizeof(*result->way));
        result->way[result->ways++] = (struct way){
            mem_string(relaxed->part.data), mem_string(relaxed->instead.data),
            mem_string(text.data), found.total};
    }
    *deadline = whole;
    collection_release(&found);
    question_release(&question);
    list_release(&notes);
    buf_release(&text);
    return status;
}

static enum status
try_ways(struct search *search, const struct search_request *request,
         const struct question *question, struct search_result *result,
         struct error *err)
{
    struct relaxations ways;
    enum status status = STATUS_OK;

    relax(&ways, question->typed, &question->leaves);
    for (size_t i = 0; !status && i < ways.count && result->ways < WAYS_MOST &&
                       !(ways.absent && i == 1 && result->ways);
         i++)
        status = try_way(search, request, &ways.way[i], result, err);
    relaxations_release(&ways);
    if (status || result->ways)
        return status;
    relax_to_words(&ways, &question->leaves);
    for (size_t i = 0; !status && i < ways.count && result->ways < WAYS_MOST;
         i++)
        status = try_way(search, request, &ways.way[i], result, err);
    relaxations_release(&ways);
    return status;
}

enum status
search_advise(struct search *search, const struct search_request *request,
              const struct question *question, struct search_result *result,
              struct error *err)
{
    struct deadline *deadline = &search->archive->deadline;

    if (!deadline_look(deadline))
        misspelt_offer(search->archive, question, request->text, result);
    if (result->total || result->cut_short || deadline_look(deadline))
        return STATUS_OK;
    return try_ways(search, request, question, result, err);
}
