#include "query/language/zone.h"

#include <string.h>

#include "corpus/base/ascii.h"
#include "indexer/archive/field.h"

/* The first spelling of each zone is the canonical one. */
static const struct {
    enum expr_zone zone;
    const char *spelling;
} spellings[] = {
    {ZONE_HEADLINE, "headline"},  {ZONE_HEADLINE, "hd"},
    {ZONE_HEADLINE, "title"},     {ZONE_HEADLINE, "ti"},
    {ZONE_HEADLINE, "hl"},        {ZONE_BYLINE, "byline"},
    {ZONE_BYLINE, "by"},          {ZONE_BYLINE, "author"},
    {ZONE_BYLINE, "au"},          {ZONE_CAPTION, "caption"},
    {ZONE_CAPTION, "cap"},        {ZONE_CAPTION, "captions"},
    {ZONE_CAPTION, "art"},        {ZONE_CAPTION, "graphic"},
    {ZONE_BODY, "body"},          {ZONE_BODY, "text"},
    {ZONE_SOURCE, "source"},      {ZONE_SOURCE, "src"},
    {ZONE_SOURCE, "publication"}, {ZONE_SOURCE, "pub"},
    {ZONE_SOURCE, "rst"},         {ZONE_SOURCE, "sn"},
    {ZONE_SECTION, "section"},    {ZONE_SECTION, "sec"},
    {ZONE_SECTION, "se"},         {ZONE_DATELINE, "dateline"},
    {ZONE_LEAD, "lead"},          {ZONE_LEAD, "lp"},
    {ZONE_HLEAD, "hlead"},        {ZONE_HLEAD, "hlp"},
};

const char *
zone_name(enum expr_zone zone)
{
    for (size_t i = 0; i < sizeof(spellings) / sizeof(spellings[0]); i++)
        if (spellings[i].zone == zone)
            return spellings[i].spelling;
    return "first";
}

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
    for (size_t i = 0; i < sizeof(spellings) / sizeof(spellings[0]); i++)
        if (same_name(name, size, spellings[i].spelling))
            return spellings[i].zone;
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
        [ZONE_LEAD] = 1u << FIELD_BODY,
        [ZONE_HLEAD] = 1u << FIELD_HEADLINE | 1u << FIELD_BODY,
        [ZONE_FIRST] = 1u << FIELD_BODY,
    };

    return fields[zone];
}
