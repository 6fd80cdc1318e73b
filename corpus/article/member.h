/*
 * corpus/article/member.h - the members of an article, a row each.
 *
 * What is done with every member of an article is done along this table:
 * emptying it, tidying, packing for the pipe, writing as JSON and reading
 * back, storing in a column and loading, checksum and digest.  Orders are the
 * table's, too, which is that of struct article.
 *
 * A new member is one in struct article (article.h) and a row here, in the
 * same place; test_member.c knows one that has no row.  All of the above comes
 * with it.  What does not:
 *
 *     SCHEMA_VERSION, nindex(5)   segments have a column more
 *     article_from_json()         knows the lines of the programs before only
 *                                 if it lets the member be missing
 *     member.c                    what a TYPE_WORD can say
 *     the readers                 who finds it; what other programs call it
 *                                 (reader_jsonl.c)
 *     query/search/hit_members.h  if a hit shows it
 *     enum field                  if it can be searched
 *
 * A new type of member is one for all that switch over enum member_type; the
 * compiler names them.
 */
#ifndef CORPUS_MEMBER_H
#define CORPUS_MEMBER_H

#include <stdbool.h>
#include <stddef.h>

enum member_type {
    TYPE_LINE,       /* struct buf: one line */
    TYPE_PARAGRAPHS, /* struct buf: lines, each a paragraph */
    TYPE_LIST,       /* struct list: lines, each once */
    TYPE_CAPTIONS,   /* the captions, of which there is one list */
    TYPE_DATE,       /* struct date */
    TYPE_WORD,       /* an enum whose values have names */
    TYPE_PLACE       /* uint64_t, where in its file it is, which is nothing
                        that the article says: no dump has it, no digest */
};

/*
 * USE(member, name, type, traced, about): `name` is that in struct article, in
 * JSON and of the column; of a traced one the rule is recorded that found it;
 * `about` is what the table of a segment says beside the column.
 */
/* clang-format off */
#define ARTICLE_MEMBERS(USE)                                                  \
    USE(MEMBER_KEY, key, TYPE_LINE, true,                                     \
        "URL, GUID, agency id or PATH#item")                                  \
    USE(MEMBER_VERSION, version, TYPE_LINE, false, "of a wire item, else ''") \
    USE(MEMBER_KIND, kind, TYPE_WORD, false,                                  \
        "'story'; others by --all-pages only")                                \
    USE(MEMBER_ITEM, item, TYPE_PLACE, false, "number in that file, from 0")  \
    USE(MEMBER_OFFSET, offset, TYPE_PLACE, false,                             \
        "byte of the inflated file")                                          \
    USE(MEMBER_PUBLICATION, publication, TYPE_LINE, true,                     \
        "newspaper, agency or site")                                          \
    USE(MEMBER_SECTION, section, TYPE_LINE, true, "")                         \
    USE(MEMBER_KEYWORDS, keywords, TYPE_LIST, true, "one a line")             \
    USE(MEMBER_URL, url, TYPE_LINE, true, "http or https, or ''")             \
    USE(MEMBER_LANGUAGE, language, TYPE_LINE, true,                           \
        "ISO 639-1, or '': the archive's")                                    \
    USE(MEMBER_LANGUAGE_FROM, language_from, TYPE_WORD, false,                \
        "'declared', 'detected' or 'default'")                                \
    USE(MEMBER_HEADLINE, headline, TYPE_LINE, true, "")                       \
    USE(MEMBER_BYLINE, byline, TYPE_LINE, true, "as printed")                 \
    USE(MEMBER_AUTHORS, authors, TYPE_LIST, false, "one name a line")         \
    USE(MEMBER_EMAILS, emails, TYPE_LIST, false, "one a line")                \
    USE(MEMBER_DATELINE, dateline, TYPE_LINE, true, "the place")              \
    USE(MEMBER_PUBLISHED, published, TYPE_DATE, true,                         \
        "UTC second the date begins, or NULL")                                \
    USE(MEMBER_PUBLISHED_FROM, published_from, TYPE_WORD, false,              \
        "'jsonld', 'meta', ... or 'none'")                                    \
    USE(MEMBER_SEEN, seen, TYPE_DATE, true, "the visit, ISO 8601, or ''")     \
    USE(MEMBER_CAPTIONS, captions, TYPE_CAPTIONS, true,                       \
        "store.h: text TAB credit, a line each")                              \
    USE(MEMBER_BODY, body, TYPE_PARAGRAPHS, true,                             \
        "store.h: one paragraph a line")
/* clang-format on */

#define MEMBER_NAMED(member, name, type, traced, about) member,
enum article_member {
    ARTICLE_MEMBERS(MEMBER_NAMED) MEMBER_COUNT
};

struct member {
    const char *name;
    size_t offset; /* in struct article; of captions, of their number */
    enum member_type type;
    bool traced;
    const char *about; /* may be empty */
};

extern const struct member article_members[MEMBER_COUNT];

struct article;

/* The member itself: struct buf, list, date and so on, as its type says. */
static inline void *
member_at(struct article *article, enum article_member member)
{
    return (char *)article + article_members[member].offset;
}

static inline const void *
member_of(const struct article *article, enum article_member member)
{
    return (const char *)article + article_members[member].offset;
}

/* Is there anything in it?  There always is in a word and a place. */
bool member_is_set(const struct article *article, enum article_member member);

/* What a TYPE_WORD says with this value: a literal. */
const char *member_word(enum article_member member, unsigned value);

/* Let it say this; a word that it does not know leaves it as it is. */
void member_set_word(struct article *article, enum article_member member,
                     const char *word);

/* How many values a TYPE_WORD has: from 0 up. */
unsigned member_words(enum article_member member);

#endif
