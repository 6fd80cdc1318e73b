#include "query/language/zone.h"

#include <string.h>

#include "corpus/base/ascii.h"
#include "indexer/archive/field.h"
#include "query/language/names.h"

/* Compare ASCII without case; strcasecmp would ask the locale. */
static bool
same_name(const char *name, size_t size, const char *spelling)
{
    if (strlen(spelling) != size)
        return false;
    for (size_t i = 0; i < size; i++) {
        if (ascii_lower(name[i]) != spelling[i])
            return false;
    }
    return true;
}

enum expr_zone
zone_find(const char *name, size_t size)
{
    for (int zone = 0; zone < ZONE_COUNT; zone++) {
        const char *const *spelling = query_names[zone].spelling;

        for (; *spelling; spelling++)
            if (same_name(name, size, *spelling))
                return (enum expr_zone)zone;
    }
    return ZONE_COUNT;
}

unsigned
zone_fields(enum expr_zone zone)
{
    static const unsigned fields[ZONE_COUNT] = {
        [ZONE_HEADLINE] = 1u << FIELD_HEADLINE,
        [ZONE_BYLINE] = 1u << FIELD_BYLINE,
        [ZONE_CAPTION] = 1u << FIELD_CAPTIONS,
        [ZONE_BODY] = 1u << FIELD_BODY,
        [ZONE_SOURCE] = 1u << FIELD_SOURCE,
        [ZONE_SECTION] = 1u << FIELD_SECTION,
        [ZONE_DATELINE] = 1u << FIELD_DATELINE,
        [ZONE_KEYWORD] = 1u << FIELD_KEYWORDS,
        [ZONE_LANGUAGE] = 1u << FIELD_LANGUAGE,
        [ZONE_URL] = 1u << FIELD_URL,
        [ZONE_ADDED] = 1u << FIELD_ADDED,
        [ZONE_LEAD] = 1u << FIELD_BODY,
        [ZONE_HLEAD] = 1u << FIELD_HEADLINE | 1u << FIELD_BODY,
        [ZONE_FIRST] = 1u << FIELD_BODY,
    };

    return fields[zone];
}
