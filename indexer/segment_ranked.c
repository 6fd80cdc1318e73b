#include "indexer/segment_ranked.h"

#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

#include "corpus/mem.h"
#include "indexer/analysis.h"
#include "indexer/impact.h"
#include "indexer/segment.h"

struct ranked_feed {
    struct impact *impact;
    struct buf temporary;
    struct buf path;
    int64_t *published; /* of article 1, 2, ... */
    size_t articles;
    size_t room;
    uint64_t texts; /* how many have begun */
};

struct ranked_feed *
ranked_feed_new(const char *dir, uint64_t number, size_t memory)
{
    struct ranked_feed *feed = mem_zero(1, sizeof(*feed));
    struct buf runs = BUF_INIT;
    char name[32];
    char ranked[32];

    segment_name(name, number);
    manifest_ranked_name(ranked, name);
    feed->path = BUF_INIT;
    feed->temporary = BUF_INIT;
    buf_printf(&feed->path, "%s/%s", dir, ranked);
    buf_printf(&feed->temporary, "%s/%s.tmp", dir, ranked);
    buf_printf(&runs, "%s/%s.runs.tmp", dir, ranked);
    feed->impact = impact_new(runs.data, memory);
    buf_release(&runs);
    return feed;
}

void
ranked_feed_free(struct ranked_feed *feed)
{
    if (!feed)
        return;
    unlink(feed->temporary.data);
    impact_free(feed->impact);
    buf_release(&feed->temporary);
    buf_release(&feed->path);
    free(feed->published);
    free(feed);
}

void
ranked_feed_note(struct ranked_feed *feed, int64_t published)
{
    feed->published = mem_grow(feed->published, feed->articles, &feed->room,
                               sizeof(*feed->published));
    feed->published[feed->articles++] = published;
}

/* Texts come without a name: FIELD_COUNT of them make an article. */
void
ranked_feed_text(struct ranked_feed *feed)
{
    uint64_t article = feed->texts / FIELD_COUNT;
    unsigned field = (unsigned)(feed->texts % FIELD_COUNT);

    feed->texts++;
    if (article >= feed->articles)
        return;
    if (field == 0)
        impact_begin_article(feed->impact, feed->published[article]);
    if (field < FIELD_TEXT_COUNT)
        impact_begin_field(feed->impact, (enum field)field);
}

void
ranked_feed_token(struct ranked_feed *feed, const struct token *token)
{
    if ((feed->texts - 1) % FIELD_COUNT < FIELD_TEXT_COUNT &&
        feed->texts <= feed->articles * FIELD_COUNT)
        impact_token(feed->impact, token->term, token->term_size,
                     token->position,
                     token->notes ? &token->notes->term : NULL);
}

enum status
ranked_feed_finish(struct ranked_feed *feed, struct manifest_segment *entry,
                   struct error *err)
{
    enum status status;

    if (feed->texts != feed->articles * FIELD_COUNT)
        return error_set(err, STATUS_INDEX,
                         "%s: FTS5 indexed %" PRIu64 " texts of %zu articles, "
                         "so they cannot be told apart",
                         feed->path.data, feed->texts, feed->articles);
    status = impact_end(feed->impact, feed->temporary.data, err);
    if (!status)
        status =
            segment_publish(feed->temporary.data, feed->path.data,
                            entry->ranked_sha256, &entry->ranked_bytes, err);
    return status;
}
