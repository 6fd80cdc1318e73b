/*
 * query/language/zone.h - the parts of an article that a query can name.
 *
 * A zone has names (names.h) and lies in one or two of the fields that are
 * indexed.  Lead and first words are a part of the
 * body only; where it ends is decided on the article itself (match.h).
 */
#ifndef QUERY_ZONE_H
#define QUERY_ZONE_H

#include <stddef.h>

#include "query/language/expr.h"

/* The zone of a name or one of its spellings ("hd", "title"), of `size`
 * bytes in any case; ZONE_COUNT if there is none. */
enum expr_zone zone_find(const char *name, size_t size);

/* The fields that a zone lies in, as bits 1u << FIELD_... */
unsigned zone_fields(enum expr_zone zone);

#endif
