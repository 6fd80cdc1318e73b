/* Words near those of the query: the text of every hit goes by, none is kept.
 */
#include <stdlib.h>

#include "corpus/base/mem.h"
#include "query/search/search.h"
#include "query/search/search_parts.h"
#include "query/spelling/collocates.h"

static void
add_text(struct collocates *collocates, const struct hit *hit,
         const struct marked *marked)
{
    struct collocates_match *match =
        mem_zero(marked->spans + 1, sizeof(*match));
    struct collocates_text text = {marked->text.data, marked->text.size, match,
                                   marked->spans};

    for (size_t i = 0; i < marked->spans; i++)
        match[i] = (struct collocates_match){marked->span[i].start,
                                             marked->span[i].end};
    collocates_add(collocates, hit->language.data, &text);
    free(match);
}

/* Hits are shown whatever the clock says; of these only the words are, so as
 * many are read as there is time for, and a quarter of it is left to look up
 * how often the archive has these words. */
struct nearing {
    struct collocates *collocates;
    struct deadline deadline;
};

static bool
take_hit(void *context, struct hit *hit)
{
    struct nearing *nearing = context;

    add_text(nearing->collocates, hit, &hit->headline);
    add_text(nearing->collocates, hit, &hit->body);
    return !deadline_look(&nearing->deadline);
}

/* In a few articles what is usual among them passes for what is near. */
static void
note_part(struct search_result *result)
{
    struct buf text = BUF_INIT;

    if (result->total <= SEARCH_NEAR_ARTICLES)
        return;
    buf_printf(&text,
               "the words near are counted in the best %d of the %llu articles",
               SEARCH_NEAR_ARTICLES, (unsigned long long)result->total);
    list_add_text(&result->notes, text.data);
    buf_release(&text);
}

enum status
search_near(struct search *search, const struct search_request *request,
            unsigned window, struct search_result *result, struct error *err)
{
    struct archive *archive = search->archive;
    struct collocates *collocates = collocates_new(archive->analyzer, window);
    struct nearing nearing = {.collocates = collocates};
    struct search_request all = *request;
    enum status status;

    deadline_set(&nearing.deadline,
                 request->time_limit - request->time_limit / 4);
    all.limit = SEARCH_NEAR_ARTICLES;
    all.texts = true;
    all.snippet_width = 0;
    all.take = take_hit;
    all.taking = &nearing;
    status = search_run(search, &all, result, err);
    result->cut_short = result->cut_short || nearing.deadline.late;
    for (size_t i = 0; !status && i < archive->manifest.segments; i++)
        collocates_compare(collocates, archive->segment[i].db);
    if (!status) {
        result->near = mem_zero(request->limit + 1, sizeof(*result->near));
        result->nears =
            collocates_rank(collocates, result->near, request->limit);
        note_part(result);
    }
    collocates_free(collocates);
    return status;
}
