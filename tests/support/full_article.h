/*
 * tests/support/full_article.h - an article with something in every member.
 *
 * It goes by the table, so a new member is in it; what the members say is
 * made of their names.
 */
#ifndef TESTS_FULL_ARTICLE_H
#define TESTS_FULL_ARTICLE_H

#include <string.h>

#include "corpus/article/article.h"

static inline void
full_article_fill(struct article *article, enum article_member member)
{
    const struct member *row = &article_members[member];
    void *at = member_at(article, member);

    switch (row->type) {
    case TYPE_LINE:
        buf_printf(at, "its %s", row->name);
        break;
    case TYPE_PARAGRAPHS:
        buf_printf(at, "Its %s.\nAnd more.", row->name);
        break;
    case TYPE_LIST:
        list_add_text(at, row->name);
        list_add_text(at, "Caf\xc3\xa9 \"two\"");
        break;
    case TYPE_CAPTIONS:
        article_add_caption(article, "A ship", 6, "EPA", 3);
        article_add_caption(article, "A port", 6, "", 0);
        break;
    case TYPE_DATE:
        date_parse("2014-10-24T09:05:00+09:00", 25, true, at);
        ((struct date *)at)->seconds += 60 * (int64_t)member;
        break;
    case TYPE_WORD:
        *(unsigned *)at = member_words(member) - 1;
        break;
    case TYPE_PLACE:
        *(uint64_t *)at = 5000000000 + member;
        break;
    }
}

/* For article_release(). */
static inline void
full_article(struct article *article)
{
    article_init(article);
    for (enum article_member i = 0; i < MEMBER_COUNT; i++) {
        full_article_fill(article, i);
        if (article_members[i].traced)
            article_set_origin(article, i, "test", "of %s",
                               article_members[i].name);
    }
    buf_set_text(&article->url, "https://news.example/1");
}

#endif
