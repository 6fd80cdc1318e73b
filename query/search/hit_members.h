/*
 * query/search/hit_members.h - what a hit shows of its article, a row each.
 *
 * In the order in which results have it.  A hit holds them as an article does
 * (corpus/article/member.h).  What is in no row is not the article's or not as
 * the article has it: where the hit came from, the score, the marks, and the
 * texts of an article that is shown whole.
 *
 * A new row is a member of struct hit besides, and so a member of results:
 * raise RENDER_VERSION, and name it in nsearch(1).
 */
#ifndef QUERY_HIT_MEMBERS_H
#define QUERY_HIT_MEMBERS_H

#include <stddef.h>

#include "corpus/article/member.h"

struct hit_member {
    const char *name; /* in results */
    enum article_member from;
    size_t offset; /* in struct hit */
};

extern const struct hit_member hit_members[];
extern const size_t hit_members_count;

struct hit;

static inline void *
hit_member_at(struct hit *hit, const struct hit_member *member)
{
    return (char *)hit + member->offset;
}

static inline const void *
hit_member_of(const struct hit *hit, const struct hit_member *member)
{
    return (const char *)hit + member->offset;
}

static inline enum member_type
hit_member_type(const struct hit_member *member)
{
    return article_members[member->from].type;
}

#endif
