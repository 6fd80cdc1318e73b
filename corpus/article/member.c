#include "corpus/article/member.h"

#include <string.h>

#include "corpus/article/article.h"
#include "corpus/base/count.h"

#define MEMBER_ROW(member, name, type, traced, about) \
    [member] = {#name, offsetof(struct article, name), type, traced, about},

const struct member article_members[MEMBER_COUNT] = {
    ARTICLE_MEMBERS(MEMBER_ROW)};

static const char *const kinds[] = {
    [ARTICLE_STORY] = "story",     [ARTICLE_PICTURE] = "picture",
    [ARTICLE_LISTING] = "listing", [ARTICLE_VIDEO] = "video",
    [ARTICLE_PAYWALL] = "paywall", [ARTICLE_NOT_FOUND] = "not-found",
};

static const char *const sources[] = {
    [DATE_FROM_NOWHERE] = "none",      [DATE_FROM_WIRE] = "wire",
    [DATE_FROM_FEED] = "feed",         [DATE_FROM_JSONLD] = "jsonld",
    [DATE_FROM_META] = "meta",         [DATE_FROM_DATELINE] = "dateline",
    [DATE_FROM_URL] = "url",           [DATE_FROM_TEXT] = "text",
    [DATE_FROM_FILENAME] = "filename",
};

static const char *const languages[] = {
    [LANGUAGE_DEFAULT] = "default",
    [LANGUAGE_DECLARED] = "declared",
    [LANGUAGE_DETECTED] = "detected",
};

static const struct {
    const char *const *word;
    unsigned count;
} words[MEMBER_COUNT] = {
    [MEMBER_KIND] = {kinds, COUNT(kinds)},
    [MEMBER_LANGUAGE_FROM] = {languages, COUNT(languages)},
    [MEMBER_PUBLISHED_FROM] = {sources, COUNT(sources)},
};

const char *
article_kind_name(enum article_kind kind)
{
    return kinds[kind];
}

const char *
date_source_name(enum date_source source)
{
    return sources[source];
}

const char *
language_source_name(enum language_source source)
{
    return languages[source];
}

bool
member_is_set(const struct article *article, enum article_member member)
{
    const void *at = member_of(article, member);

    switch (article_members[member].type) {
    case TYPE_LINE:
    case TYPE_PARAGRAPHS:
        return ((const struct buf *)at)->size > 0;
    case TYPE_LIST:
        return ((const struct list *)at)->count > 0;
    case TYPE_CAPTIONS:
        return article->captions > 0;
    case TYPE_DATE:
        return ((const struct date *)at)->precision != DATE_NONE;
    case TYPE_WORD:
    case TYPE_PLACE:
        break;
    }
    return true;
}

unsigned
member_words(enum article_member member)
{
    return words[member].count;
}

const char *
member_word(enum article_member member, unsigned value)
{
    return words[member].word[value];
}

void
member_set_word(struct article *article, enum article_member member,
                const char *word)
{
    unsigned *value = member_at(article, member);

    for (unsigned i = 0; i < words[member].count; i++)
        if (strcmp(words[member].word[i], word) == 0)
            *value = i;
}
