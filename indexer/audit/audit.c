#include "indexer/audit/audit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "corpus/base/mem.h"
#include "indexer/audit/audit_parts.h"

enum {
    DAYS_MOST = 400000 /* of a series: more is a wrong date */
};

struct audit *
audit_new(void)
{
    struct audit *audit = mem_zero(1, sizeof(*audit));

    audit->publications = SEEN_INIT;
    audit->sections = SEEN_INIT;
    audit->totals.first = 1;
    return audit;
}

void
audit_free(struct audit *audit)
{
    if (!audit)
        return;
    for (size_t i = 0; i < audit->publications.count; i++)
        free(audit->publication[i].publication);
    for (size_t i = 0; i < audit->sections.count; i++) {
        free(audit->section[i].publication);
        free(audit->section[i].section);
    }
    free(audit->publication);
    free(audit->section);
    seen_release(&audit->publications);
    seen_release(&audit->sections);
    free(audit->article);
    free(audit->finding);
    free(audit);
}

static uint32_t
number_of_publication(struct audit *audit, const char *name)
{
    const size_t before = audit->publications.count;
    const size_t number = seen_number(&audit->publications, name, strlen(name));

    if (number == before) {
        audit->publication =
            mem_grow(audit->publication, before, &audit->publication_room,
                     sizeof(*audit->publication));
        audit->publication[before] =
            (struct audit_name){.publication = mem_string(name)};
    }
    return (uint32_t)number;
}

static uint32_t
number_of_section(struct audit *audit, const char *publication,
                  const char *name)
{
    const size_t before = audit->sections.count;
    struct buf both = BUF_INIT;
    size_t number;

    buf_printf(&both, "%s\n%s", publication, name);
    number = seen_number(&audit->sections, both.data, both.size);
    buf_release(&both);
    if (number == before) {
        audit->section = mem_grow(audit->section, before, &audit->section_room,
                                  sizeof(*audit->section));
        audit->section[before] =
            (struct audit_name){mem_string(publication), mem_string(name)};
    }
    return (uint32_t)number;
}

void
audit_add(struct audit *audit, const struct audit_facts *facts)
{
    struct audit_totals *totals = &audit->totals;

    totals->articles++;
    totals->undated += !facts->dated;
    totals->inferred += facts->dated && facts->inferred;
    totals->without_byline += !facts->byline;
    totals->captions += facts->captions;
    totals->uncredited += facts->captions - facts->credited;
    if (!facts->dated)
        return;
    if (totals->first > totals->last) {
        totals->first = facts->day;
        totals->last = facts->day;
    }
    totals->first = facts->day < totals->first ? facts->day : totals->first;
    totals->last = facts->day > totals->last ? facts->day : totals->last;
    audit->article = mem_grow(audit->article, audit->articles, &audit->room,
                              sizeof(*audit->article));
    audit->article[audit->articles++] = (struct audit_article){
        .day = facts->day,
        .publication = number_of_publication(audit, facts->publication),
        .section = number_of_section(audit, facts->publication, facts->section),
        .words = (float)log((double)facts->words + 1),
        .byline = facts->byline,
    };
}

void
audit_find(struct audit *audit, const struct audit_finding *finding)
{
    audit->finding = mem_grow(audit->finding, audit->findings,
                              &audit->finding_room, sizeof(*audit->finding));
    audit->finding[audit->findings++] = *finding;
}

static int
by_publication(const void *a, const void *b)
{
    const struct audit_article *one = a;
    const struct audit_article *other = b;

    if (one->publication != other->publication)
        return one->publication < other->publication ? -1 : 1;
    return (one->day > other->day) - (one->day < other->day);
}

static int
by_section(const void *a, const void *b)
{
    const struct audit_article *one = a;
    const struct audit_article *other = b;

    if (one->section != other->section)
        return one->section < other->section ? -1 : 1;
    return (one->day > other->day) - (one->day < other->day);
}

/* The series of some articles. */
static void
look_at(struct audit *audit, const struct audit_article *article, size_t count,
        const char *publication, const char *section)
{
    const struct audit_totals *totals = &audit->totals;
    struct audit_series series = {
        .first = totals->first, .publication = publication, .section = section};

    if (totals->first > totals->last ||
        totals->last - totals->first >= DAYS_MOST)
        return;
    series.days = (size_t)(totals->last - totals->first) + 1;
    series.count = mem_zero(series.days, sizeof(*series.count));
    for (size_t i = 0; i < count; i++)
        series.count[article[i].day - totals->first]++;
    audit_look_for_gaps(audit, &series);
    free(series.count);
}

static void
look_at_publications(struct audit *audit)
{
    const struct audit_article *article = audit->article;

    qsort(audit->article, audit->articles, sizeof(*audit->article),
          by_publication);
    for (size_t i = 0, end; i < audit->articles; i = end) {
        const uint32_t number = article[i].publication;

        for (end = i;
             end < audit->articles && article[end].publication == number;)
            end++;
        if (audit->publications.count > 1)
            look_at(audit, article + i, end - i,
                    audit->publication[number].publication, NULL);
        audit_look_for_breaks(audit, article + i, end - i);
    }
}

static void
look_at_sections(struct audit *audit)
{
    const struct audit_article *article = audit->article;

    if (audit->sections.count <= audit->publications.count)
        return;
    qsort(audit->article, audit->articles, sizeof(*audit->article), by_section);
    for (size_t i = 0, end; i < audit->articles; i = end) {
        const uint32_t number = article[i].section;
        const struct audit_name *name = &audit->section[number];

        for (end = i; end < audit->articles && article[end].section == number;)
            end++;
        if (*name->section)
            look_at(audit, article + i, end - i, name->publication,
                    name->section);
    }
}

static int
by_kind(const void *a, const void *b)
{
    const struct audit_finding *one = a;
    const struct audit_finding *other = b;

    if (one->kind != other->kind)
        return one->kind < other->kind ? -1 : 1;
    return (one->first > other->first) - (one->first < other->first);
}

/* Parts before wholes: these know what those explain. */
void
audit_look(struct audit *audit)
{
    if (!audit->articles)
        return;
    look_at_sections(audit);
    look_at_publications(audit);
    look_at(audit, audit->article, audit->articles, NULL, NULL);
    if (audit->findings)
        qsort(audit->finding, audit->findings, sizeof(*audit->finding),
              by_kind);
}

size_t
audit_findings(const struct audit *audit)
{
    return audit->findings;
}

const struct audit_finding *
audit_finding(const struct audit *audit, size_t i)
{
    return &audit->finding[i];
}

const struct audit_totals *
audit_totals(const struct audit *audit)
{
    return &audit->totals;
}
