/*
 * corpus/formats/record.h - an article from a record: named values, as
 * exports, interfaces and tables have them.
 *
 *     {"title": "...", "author": ["..."], "date": "2014-10-24", "body": "..."}
 *
 * What a value is, its name says; the names that programs and newsrooms use
 * are a table, in the order of preference, and the first that has a value
 * wins.
 */
#ifndef CORPUS_RECORD_H
#define CORPUS_RECORD_H

struct article;
struct json_fields;

/* Fill an article, which comes cleared. */
void record_to_article(struct article *article,
                       const struct json_fields *fields);

#endif
