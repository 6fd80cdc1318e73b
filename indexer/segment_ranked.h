/*
 * indexer/segment_ranked.h - the ranked index that a segment gets while FTS5
 * indexes it: one pass over the texts feeds both.
 *
 *     feed = ranked_feed_new(dir, number, memory);
 *     for each article
 *         ranked_feed_note(feed, published);
 *     for each text that FTS5 reads, articles in order of their numbers
 *         ranked_feed_text(feed);
 *         ranked_feed_token(feed, token) for each of its tokens
 *     status = ranked_feed_finish(feed, &entry, err);
 *     ranked_feed_free(feed);          (what is unfinished is removed)
 */
#ifndef INDEXER_SEGMENT_RANKED_H
#define INDEXER_SEGMENT_RANKED_H

#include <stddef.h>
#include <stdint.h>

#include "corpus/error.h"
#include "indexer/manifest.h"

struct ranked_feed;
struct token;

struct ranked_feed *ranked_feed_new(const char *dir, uint64_t number,
                                    size_t memory);
void ranked_feed_free(struct ranked_feed *feed);

/* The next article; IMPACT_UNDATED (impact.h) for none. */
void ranked_feed_note(struct ranked_feed *feed, int64_t published);

/* The analysis begins with the next text, and what it makes of it. */
void ranked_feed_text(struct ranked_feed *feed);
void ranked_feed_token(struct ranked_feed *feed, const struct token *token);

/* Write, sync and rename it, and say so in `entry`. */
enum status ranked_feed_finish(struct ranked_feed *feed,
                               struct manifest_segment *entry,
                               struct error *err);

#endif
