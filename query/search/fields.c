#include "query/search/fields.h"

#include "query/language/names.h"

static const struct {
    enum expr_zone zone;
    const char *name; /* NULL: the zone's */
    const char *title;
} facets[FACET_COUNT] = {
    [FACET_SOURCE] = {ZONE_SOURCE, NULL, "Source"},
    [FACET_BYLINE] = {ZONE_BYLINE, NULL, "Byline"},
    [FACET_SECTION] = {ZONE_SECTION, NULL, "Section"},
    [FACET_YEAR] = {ZONE_COUNT, "year", "Year"},
    [FACET_MONTH] = {ZONE_COUNT, "month", "Month"},
};

const char *
search_facet_name(enum search_facet facet)
{
    if (facets[facet].name)
        return facets[facet].name;
    return query_names[facets[facet].zone].spelling[0];
}

const char *
search_facet_title(enum search_facet facet)
{
    return facets[facet].title;
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
