#include "indexer/archive/field.h"

static const char *const field_names[FIELD_COUNT] = {
    "body",    "headline", "byline",   "captions", "dateline", "source",
    "section", "keywords", "language", "url",      "added",    "date"};

const char *
field_name(enum field field)
{
    return field_names[field];
}
