/*
 * corpus/article/article.h - what an article is: headline, byline, captions,
 * date and body, and nothing else of the page.
 *
 * All text in an article is valid UTF-8 without control characters; the
 * exceptions are the '\n' that ends a paragraph of `body`, and nothing else.
 * Blanks are single.  Readers bring text into this form with article_tidy().
 *
 * The date of publication and the day of the visit are two different things.
 * A file's time stamp is never a publication date.
 *
 * The words of corpus/, each for one thing; in brackets what others call it.
 *
 *     article     one story of a newspaper or an agency (document)
 *     key         what it is called for good, in whatever file it comes
 *     member      a member of struct article: headline, byline ... (member.h)
 *     origin      the rule that found a member, and where in the file
 *     byline      who wrote it, as printed; an author is one name of that
 *     dateline    where it was sent from
 *     keyword     what it is about, as its publisher says (subject, tag, topic)
 *     caption     what is printed below a picture; its credit is whose it is
 *     published   the day it was printed or sent; seen, when it was fetched
 *     kind        an article, or what else a page can be
 *     format      a way in which files hold articles
 *     reader      what takes a file of one format apart, article by article
 *     input       the bytes of a file, inflated
 *     issue       the files of one day's newspaper, read as one
 */
#ifndef CORPUS_ARTICLE_H
#define CORPUS_ARTICLE_H

#include <stdbool.h>
#include <stdint.h>

#include "corpus/article/member.h"
#include "corpus/base/buf.h"
#include "corpus/base/list.h"
#include "corpus/base/seen.h"
#include "corpus/date/date.h"

/* Where the publication date was found, most trustworthy first. */
enum date_source {
    DATE_FROM_NOWHERE,
    DATE_FROM_WIRE,     /* a news agency's own header */
    DATE_FROM_FEED,     /* a feed, an export, a JSON record */
    DATE_FROM_JSONLD,   /* schema.org in the page */
    DATE_FROM_META,     /* <meta>, Open Graph, microdata, <time> */
    DATE_FROM_DATELINE, /* "SEOUL, Nov. 1 (Agency) --" with a known year */
    DATE_FROM_URL,
    DATE_FROM_TEXT, /* running text near the headline */
    DATE_FROM_FILENAME
};

/* "jsonld", "meta", "feed", "wire", "dateline", "url", "text", "filename";
 * "none" for DATE_FROM_NOWHERE. */
const char *date_source_name(enum date_source source);

/* What says in which language an article is. */
enum language_source {
    LANGUAGE_DEFAULT,  /* nothing: that of the archive is taken */
    LANGUAGE_DECLARED, /* its file */
    LANGUAGE_DETECTED  /* its text */
};

/* "declared"; for the reader of an export. */
const char *language_source_name(enum language_source source);

/* What the source is, if it is not an article. */
enum article_kind {
    ARTICLE_STORY,
    ARTICLE_PICTURE,  /* an agency's picture: a headline and a caption */
    ARTICLE_LISTING,  /* a front page, a section page, search results */
    ARTICLE_VIDEO,    /* a player with little or no text */
    ARTICLE_PAYWALL,  /* a stub that asks for a subscription */
    ARTICLE_NOT_FOUND /* "page not found" */
};

const char *article_kind_name(enum article_kind kind);

/* Is this kind put into an archive unasked?  A story is, and a picture too:
 * its caption was written by a journalist and is what it is found by. */
bool article_kind_kept(enum article_kind kind);

struct caption {
    struct buf text;
    struct buf credit; /* agency or photographer, without brackets */
};

struct origin {
    const char *rule; /* a literal such as "jsonld" or "og:title"; NULL: none */
    char place[64];   /* "line 41", "script 2, headline"; may be empty */
};

/* Each member is a row of the table in member.h, in the same order. */
/* Authors, addresses or captions that an article may have: more than any had.
 */
enum {
    ARTICLE_MOST_NAMES = 16384
};

struct article {
    struct buf key;     /* stable identity: canonical URL, GUID, agency id;
                           empty: the writer makes PATH#item of it;
                           "#id=7" counts in its file only: PATH#id=7 */
    struct buf version; /* of a wire item, compared as number if both are */
    enum article_kind kind;
    uint64_t item;   /* number of this article in its file, from 0 */
    uint64_t offset; /* byte of the (inflated) file where it starts */

    struct buf publication; /* newspaper, agency or site */
    struct buf section;
    struct list keywords; /* subjects and tags, one each: "Ferries" */
    struct buf url;       /* http or https, or empty */
    struct buf language;  /* ISO 639-1 code in lower case, or empty */
    enum language_source language_from;
    struct buf headline;
    struct buf byline;   /* as printed: "BY MICHAEL LEE" */
    struct list authors; /* one name each: "Michael Lee" */
    struct list emails;
    struct buf dateline; /* the place: "SEOUL" */
    struct date published;
    enum date_source published_from;
    struct date seen;
    struct caption *caption; /* `captions` of them, each once */
    size_t captions;
    size_t caption_room;
    struct seen caption_letters; /* by which copies are known */
    struct buf body; /* paragraphs, each ended by '\n' but for the last */

    struct origin origin[MEMBER_COUNT]; /* of the traced ones */
};

/* Valid, empty, owning nothing. */
void article_init(struct article *article);
void article_release(struct article *article);

/* Ready for the next article; keeps memory for it. */
void article_clear(struct article *article);

/* Append a caption unless one with the same letters is there already
 * (straight and curly quotes, case and blanks do not make a difference);
 * the credit of either is kept. */
void article_add_caption(struct article *article, const char *text, size_t size,
                         const char *credit, size_t credit_size);

/* The same for a tidy caption that is known to be another: none is compared. */
void article_append_caption(struct article *article, const char *text,
                            size_t size, const char *credit,
                            size_t credit_size);

/* Append one paragraph to the body. */
void article_add_paragraph(struct article *article, const char *text,
                           size_t size);

/* The same for any text of paragraphs. */
void article_add_line(struct buf *text, const char *line, size_t size);

/* Record where a member came from.  `rule` is a literal, `place` is copied. */
void article_set_origin(struct article *article, enum article_member member,
                        const char *rule, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/*
 * What a file says once for all of its articles is read once, cut short, and
 * given to each that does not say it itself: article_shorten() cuts lines and
 * names to 1,000 bytes and lists to 40 names, article_complete() copies the
 * members that `article` does not have, with their origins; byline, authors
 * and emails go together.
 */
void article_shorten(struct article *common);
void article_complete(struct article *article, const struct article *common);

/*
 * Bring every text into the form that the head comment promises: UTF-8
 * repaired, control characters dropped or made blanks, blanks joined (U+00A0
 * and its like are blanks), ends trimmed, empty paragraphs dropped; a `url`
 * that is no web address goes.  The reader's last call on each article;
 * reader_next() makes it for all formats.
 */
void article_tidy(struct article *article);

/* Does it begin with http:// or https://, in any case? */
bool article_is_web_address(const char *url);

/* Make of a tag such as "en-US", "FR" or "ger" (BCP 47, ISO 639-2) the code of
 * its language, "en"; empty and false if it has none. */
bool article_code_language(struct buf *language);

/* The article as one line of JSON with every member, ending in '\n', by the
 * names of their table: what "nindex dump" prints. */
void article_print_json(const struct article *article, struct buf *out);

/*
 * And back: what article_print_json() wrote, and no other object, fills an
 * article that comes cleared with the same texts, names, kind and dates.
 * False, and nothing is filled, if it is another object.
 */
struct json_fields;
bool article_from_json(struct article *article,
                       const struct json_fields *fields);

#endif
