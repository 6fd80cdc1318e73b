#include "query/search/result.h"

#include <stdlib.h>

#include "query/search/hit_members.h"

void
hit_init(struct hit *hit)
{
    *hit = (struct hit){
        .path = BUF_INIT,
        .archive = BUF_INIT,
        .headline = MARKED_INIT,
        .snippet = MARKED_INIT,
        .captions = BUF_INIT,
        .body = MARKED_INIT,
        .explanation = BUF_INIT,
    };
    for (size_t i = 0; i < hit_members_count; i++)
        if (hit_member_type(&hit_members[i]) == TYPE_LINE)
            *(struct buf *)hit_member_at(hit, &hit_members[i]) = BUF_INIT;
}

void
hit_release(struct hit *hit)
{
    for (size_t i = 0; i < hit_members_count; i++) {
        const enum member_type type = hit_member_type(&hit_members[i]);

        if (type == TYPE_LINE)
            buf_release(hit_member_at(hit, &hit_members[i]));
        else if (type == TYPE_LIST)
            list_release(hit_member_at(hit, &hit_members[i]));
    }
    buf_release(&hit->path);
    buf_release(&hit->archive);
    marked_release(&hit->headline);
    marked_release(&hit->snippet);
    buf_release(&hit->captions);
    marked_release(&hit->body);
    for (size_t i = 0; i < hit->kwics; i++)
        marked_release(&hit->kwic[i]);
    free(hit->kwic);
    buf_release(&hit->explanation);
    story_free(hit->story);
    hit_init(hit);
}

void
facet_release(struct facet *facet)
{
    for (size_t i = 0; i < facet->values; i++)
        free(facet->value[i].name);
    free(facet->value);
    *facet = (struct facet){0};
}

void
search_result_release(struct search_result *result)
{
    for (size_t i = 0; i < result->hits; i++)
        hit_release(&result->hit[i]);
    free(result->hit);
    list_release(&result->receipt);
    list_release(&result->notes);
    for (size_t i = 0; i < result->suggestions; i++) {
        free(result->suggestion[i].word);
        free(result->suggestion[i].better);
        free(result->suggestion[i].query);
    }
    free(result->suggestion);
    for (size_t i = 0; i < result->ways; i++) {
        free(result->way[i].part);
        free(result->way[i].instead);
        free(result->way[i].query);
    }
    free(result->way);
    for (size_t i = 0; i < FACET_COUNT; i++)
        facet_release(&result->facet[i]);
    for (size_t i = 0; i < result->nears; i++)
        free(result->near[i].word);
    free(result->near);
    buf_release(&result->canonical);
    buf_release(&result->explanation);
    *result = SEARCH_RESULT_INIT;
}
