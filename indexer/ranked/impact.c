#include "indexer/ranked/impact.h"

#include <stdlib.h>
#include <unistd.h>

#include "corpus/base/mem.h"
#include "indexer/analysis/analysis.h"
#include "indexer/ranked/impact_parts.h"

struct impact *
impact_new(const char *runs_path, size_t memory)
{
    struct impact *impact = mem_zero(1, sizeof(*impact));

    impact->texts = BUF_INIT;
    impact->runs_path = mem_string(runs_path);
    impact->runs_fd = -1;
    impact->first_note = 1;
    impact->memory = memory ? memory : IMPACT_MEMORY_DEFAULT;
    word_table_init(&impact->table, 1024);
    return impact;
}

void
impact_free(struct impact *impact)
{
    if (!impact)
        return;
    if (impact->runs_fd >= 0)
        close(impact->runs_fd);
    impact_give_back(impact);
    free(impact->article);
    free(impact->runs_path);
    free(impact->run);
    free(impact);
}

void
impact_begin_article(struct impact *impact, int64_t published)
{
    struct impact_article *article;

    if (!impact->status && impact->articles == RANKED_ARTICLES_MAX)
        impact->status = error_set(&impact->err, STATUS_LIMIT,
                                   "a ranked index holds %d articles at most",
                                   RANKED_ARTICLES_MAX);
    if (impact->status)
        return;
    impact_settle(impact);
    if (impact_is_full(impact))
        impact_spill(impact);
    impact->article = mem_grow(impact->article, impact->articles,
                               &impact->article_room, sizeof(*impact->article));
    article = &impact->article[impact->articles++];
    *article = (struct impact_article){.published = published};
    impact->field = (enum field)0;
    impact->base = 0;
}

void
impact_begin_field(struct impact *impact, enum field field)
{
    const struct impact_article *article;

    if (impact->status)
        return;
    article = &impact->article[impact->articles - 1];
    for (; impact->field < field; impact->field++)
        impact->base += article->length[impact->field] + 1;
}

bool
impact_failed(const struct impact *impact)
{
    return impact->status != STATUS_OK;
}

const uint32_t *
impact_lengths(const struct impact *impact)
{
    return impact->article[impact->articles - 1].length;
}

void
impact_token(struct impact *impact, const char *term, size_t size,
             uint32_t position, uint32_t *note)
{
    uint32_t *length;
    uint32_t number;

    if (impact->status || size > TERM_SIZE_MAX)
        return;
    length = &impact->article[impact->articles - 1].length[impact->field];
    if (*length <= position)
        *length = position + 1;
    if (note && *note - impact->first_note < impact->terms)
        number = *note - impact->first_note;
    else
        number = impact_find_term(impact, term, size);
    if (note)
        *note = impact->first_note + number;
    __builtin_prefetch(&impact->term[number].at);
    __builtin_prefetch(&impact->term[number].slice);
    impact->arrival[impact->arrivals++] =
        (struct arrival){number, impact->base + position};
    if (impact->arrivals == ARRIVALS)
        impact_settle(impact);
}
