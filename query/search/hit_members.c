#include "query/search/hit_members.h"

#include "corpus/base/count.h"
#include "query/search/search.h"

#define AT(member) offsetof(struct hit, member)

const struct hit_member hit_members[] = {
    {"key", MEMBER_KEY, AT(key)},
    {"headline", MEMBER_HEADLINE, AT(headline.text)},
    {"published", MEMBER_PUBLISHED, AT(published)},
    {"published_from", MEMBER_PUBLISHED_FROM, AT(published_from)},
    {"seen", MEMBER_SEEN, AT(seen)},
    {"source", MEMBER_PUBLICATION, AT(publication)},
    {"section", MEMBER_SECTION, AT(section)},
    {"byline", MEMBER_BYLINE, AT(byline)},
    {"authors", MEMBER_AUTHORS, AT(authors)},
    {"dateline", MEMBER_DATELINE, AT(dateline)},
    {"url", MEMBER_URL, AT(url)},
    {"language", MEMBER_LANGUAGE, AT(language)},
    {"language_from", MEMBER_LANGUAGE_FROM, AT(language_from)},
};

const size_t hit_members_count = COUNT(hit_members);
