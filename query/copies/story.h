/*
 * query/copies/story.h - is this the same story?
 *
 * Papers run what an agency or a neighbour wrote: cut from the end or to its
 * first sentences, under another headline, with a dateline, a byline, a
 * paragraph about their own town, paragraphs merged or split, in the house's
 * spelling, as a scanner read it, with later figures.  These are copies.  What
 * fills the same sentences with other names and figures (results, markets, the
 * weather) is none, however many words it shares.
 *
 * Two texts are aligned: words that each of them has once are anchors, of which
 * the longest rising sequence stands (patience diff, B. Cohen), and between
 * two of them the rest is paired in step, as long as words are the same or
 * nearly (a scanner's slips).  What the shorter text has in one piece and the
 * other lacks was put in or left out and says nothing.  In what remains, a
 * copy differs in few words, in few names, and has figures of the other; a
 * sibling differs in scattered names and figures.
 *
 * Which texts are worth that is told by sketches: pairs of neighbouring longer
 * words, of which a hash chooses a few, more of them near the beginning, which
 * all copies keep (sampling by value: A. Broder, 1997, containment).
 *
 *     struct story *one = story_new(text, size);
 *
 *     if (story_may_be(one, other) && story_is(one, other))
 *         ... the same ...
 *     story_free(one);
 */
#ifndef QUERY_STORY_H
#define QUERY_STORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Words that are looked at.  Whoever copies a longer text copies its
 * beginning. */
#define STORY_WORDS 4096

/* Who has fewer words cannot be told from others. */
#define STORY_WORDS_LEAST 12

struct story;

/* Of the body of an article, UTF-8; the text is copied.  Never NULL. */
struct story *story_new(const char *text, size_t size);
void story_free(struct story *story);

/* Do they share so much of their sketches that it is worth to compare them?
 * Costs next to nothing. */
bool story_may_be(const struct story *one, const struct story *other);

/* Is the shorter a copy of the longer, or of what both are from?  Symmetric.
 * The time grows with the sum of their words. */
bool story_is(const struct story *one, const struct story *other);

/* Its sketch: `*count` numbers that rise. */
const uint32_t *story_sketch(const struct story *story, size_t *count);

#endif
