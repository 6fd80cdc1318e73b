#include "query/search/fields.h"

#include <stddef.h>
#include <stdio.h>

#include "corpus/base/count.h"
#include "corpus/date/calendar.h"
#include "query/language/names.h"

static const struct {
    enum expr_zone zone;
    const char *name; /* NULL: the zone's */
} facets[FACET_COUNT] = {
    [FACET_SOURCE] = {ZONE_SOURCE, NULL},
    [FACET_BYLINE] = {ZONE_BYLINE, NULL},
    [FACET_SECTION] = {ZONE_SECTION, NULL},
    [FACET_YEAR] = {ZONE_COUNT, "year"},
    [FACET_MONTH] = {ZONE_COUNT, "month"},
    [FACET_DAY] = {ZONE_COUNT, "day"},
};

const char *
search_facet_name(enum search_facet facet)
{
    if (facets[facet].name)
        return facets[facet].name;
    return query_names[facets[facet].zone].spelling[0];
}

void
search_day_name(char name[SEARCH_DAY_NAME], int64_t day,
                enum search_facet facet)
{
    int year;
    int month;
    int mday;

    calendar_date(day, &year, &month, &mday);
    if (facet == FACET_YEAR)
        snprintf(name, SEARCH_DAY_NAME, "%04d", year);
    else if (facet == FACET_MONTH)
        snprintf(name, SEARCH_DAY_NAME, "%04d-%02d", year, month);
    else
        snprintf(name, SEARCH_DAY_NAME, "%04d-%02d-%02d", year, month, mday);
}

enum expr_zone
search_facet_zone(enum search_facet facet)
{
    return facets[facet].zone;
}

bool
search_field(int number, struct search_field *field)
{
    /* One of the zones has a number instead of a name. */
    int name = number < ZONE_FIRST ? number : number + 1;

    if (name >= NAME_COUNT)
        return false;
    *field = (struct search_field){.spelling = query_names[name].spelling,
                                   .about = query_names[name].about,
                                   .facet = FACET_COUNT};
    for (int i = 0; i < FACET_COUNT; i++)
        if (facets[i].zone != ZONE_COUNT && (int)facets[i].zone == name)
            field->facet = (enum search_facet)i;
    return true;
}

const char *
search_sort_title(enum search_sort sort)
{
    static const char *const titles[] = {
        [SORT_RANK] = "best first",
        [SORT_NEWEST] = "newest first",
        [SORT_OLDEST] = "oldest first",
        [SORT_WORDS] = "longest first",
        NULL,
    };

    return titles[sort];
}

static const struct {
    const char *name;
    enum search_sort sort;
} sorts[] = {
    [SORT_RANK] = {"rank", SORT_RANK},
    [SORT_NEWEST] = {"newest", SORT_NEWEST},
    [SORT_OLDEST] = {"oldest", SORT_OLDEST},
    [SORT_WORDS] = {"longest", SORT_WORDS},
    {"date", SORT_NEWEST},
    {"-date", SORT_OLDEST},
    {"words", SORT_WORDS},
};

const char *
search_sort_name(size_t number)
{
    return number < COUNT(sorts) ? sorts[number].name : NULL;
}

enum search_sort
search_sort_of(size_t number)
{
    return sorts[number].sort;
}

const char *
search_date_title(enum date_source source)
{
    static const char *const titles[] = {
        [DATE_FROM_WIRE] = "dated by the agency",
        [DATE_FROM_FEED] = "dated by the feed",
        [DATE_FROM_JSONLD] = "dated by the page's structured data",
        [DATE_FROM_META] = "dated by the page's metadata",
        [DATE_FROM_DATELINE] = "dated by its dateline",
        [DATE_FROM_URL] = "dated by its address",
        [DATE_FROM_TEXT] = "dated by its text",
        [DATE_FROM_FILENAME] = "dated by its file name",
    };

    if ((size_t)source < COUNT(titles) && titles[source])
        return titles[source];
    return "dated by its source";
}
