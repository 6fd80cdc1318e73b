/*
 * indexer/archive/field.h - the fields in which the words of an article stand.
 *
 * They are numbered as the columns of article_fts (segment/schema.h); the
 * ranked index and the manifest count by the same numbers.
 */
#ifndef INDEXER_FIELD_H
#define INDEXER_FIELD_H

/* In the order of the columns.  Words without a field are looked for in the
 * first FIELD_TEXT_COUNT.  In FIELD_BODY stand nine of ten words, and FTS5
 * needs two bytes an article and word to say that it is not in the first
 * column. */
enum field {
    FIELD_BODY,
    FIELD_HEADLINE,
    FIELD_BYLINE, /* the byline, then the authors' names if not in it */
    FIELD_CAPTIONS,
    FIELD_TEXT_COUNT,
    FIELD_DATELINE = FIELD_TEXT_COUNT,
    FIELD_SOURCE, /* publication */
    FIELD_SECTION,
    FIELD_KEYWORDS,
    FIELD_LANGUAGE, /* its code */
    FIELD_URL,      /* the address, then the key if that is not it */
    FIELD_ADDED,    /* the same of the day it entered the archive */
    FIELD_DATE,     /* "2014 201410 20141024", as far as it is known */
    FIELD_COUNT
};

/* All of them in this order, as columns of SQL. */
#define FIELD_COLUMNS                                                          \
    "body, headline, byline, captions, dateline, source, section, keywords,\n" \
    "  language, url, added, date"

/* "headline", "byline", ...: the column's name. */
const char *field_name(enum field field);

#endif
