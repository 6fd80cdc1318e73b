/*
 * corpus/syntax/json_text.h - the text in a JSON value, however it is wrapped.
 *
 * What one source gives as a string, another gives as a number, as a list,
 * or as an object with a name in it: "Ann Lee", ["Ann Lee"],
 * {"@type": "Person", "name": "Ann Lee"}.
 */
#ifndef CORPUS_JSON_TEXT_H
#define CORPUS_JSON_TEXT_H

#include <stdbool.h>

#include "corpus/base/buf.h"
#include "corpus/date/date.h"

struct json_t;

/* Is there anything in it?  `value` may be NULL, here and below. */
bool json_text_has(const struct json_t *value);

/* Append it; members of a list are joined by ", ". */
void json_text_add(struct buf *out, const struct json_t *value);

/* A date as text, or as a number of seconds or milliseconds since 1970.
 * False, and DATE_NONE, if it is none. */
bool json_text_date(struct date *date, const struct json_t *value);

/* The same of a string. */
bool json_text_date_of(struct date *date, const char *text, size_t size);

#endif
