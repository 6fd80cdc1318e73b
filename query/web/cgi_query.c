/* What was asked for, in the query language. */
#include <string.h>

#include "corpus/date/calendar.h"
#include "corpus/date/date.h"
#include "query/language/expr.h"
#include "query/search/fields.h"
#include "query/web/cgi.h"

/* Hang source:"..." and its like under `parent`. */
static void
add_zone(struct expr *parent, enum expr_zone zone, const char *value)
{
    struct expr *node = NULL;
    struct expr *phrase = NULL;

    if (!*value)
        return;
    node = expr_new(EXPR_ZONE, NULL);
    node->zone = zone;
    phrase = expr_new(EXPR_PHRASE, value);
    /* The printed form has no way to say a quote inside quotes. */
    for (char *c = phrase->text; *c; c++)
        if (*c == '"')
            *c = ' ';
    expr_add(node, phrase);
    expr_add(parent, node);
}

static void
add_dates(struct expr *parent, const char *from, const char *to)
{
    struct date date = {0};
    struct expr *node = NULL;

    if (!*from && !*to)
        return;
    node = expr_new(EXPR_DATE, NULL);
    node->from = EXPR_OPEN_FROM;
    node->to = EXPR_OPEN_TO;
    if (*from && date_parse(from, strlen(from), false, &date))
        node->from = calendar_day_of(date.seconds);
    if (*to && date_parse(to, strlen(to), false, &date))
        node->to = calendar_day_of(date_end(&date) - 1);
    expr_add(parent, node);
}

void
cgi_query(const struct cgi_request *request, const struct cgi_config *config,
          int64_t now, struct buf *out, struct list *notes)
{
    const struct expr_limits limits = {
        .bytes = config->query_bytes,
        .words = config->query_words,
        .patterns = config->query_patterns,
        .depth = config->query_depth,
    };
    struct expr *typed =
        expr_parse(request->text, strlen(request->text), now, &limits, notes);
    struct expr *all = expr_new(EXPR_AND, NULL);

    if (typed)
        expr_add(all, typed);
    for (int i = 0; i < FILTER_FROM; i++)
        add_zone(all, search_facet_zone(cgi_filter_facet((enum cgi_filter)i)),
                 request->filter[i]);
    add_dates(all, request->filter[FILTER_FROM], request->filter[FILTER_TO]);
    if (all->children == 1)
        expr_print(all->child[0], out);
    else if (all->children)
        expr_print(all, out);
    expr_free(all);
}
