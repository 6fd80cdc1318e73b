/* What was asked for, as a search. */
#include <string.h>

#include "corpus/base/ascii.h"
#include "corpus/date/calendar.h"
#include "corpus/date/date.h"
#include "query/language/expr.h"
#include "query/search/fields.h"
#include "query/web/cgi.h"

/* The longest of the words of plain letters that a value has; "" if it has
 * none. */
static void
longest_word(const char *value, struct buf *out)
{
    while (*value) {
        size_t size = strcspn(value, " ");
        size_t letters = 0;

        while (ascii_is_letter(value[letters]))
            letters++;
        if (letters == size && size > out->size)
            buf_set(out, value, size);
        value += size;
        value += *value == ' ';
    }
}

/* Hang source:herald and its like under `parent`: it need not say all of the
 * value, and the index finds a word sooner than a phrase. */
static void
add_zone(struct expr *parent, enum expr_zone zone, const char *value)
{
    struct expr *node = NULL;
    struct expr *phrase = NULL;
    struct buf word = BUF_INIT;

    if (!*value)
        return;
    node = expr_new(EXPR_ZONE, NULL);
    node->zone = zone;
    longest_word(value, &word);
    phrase = word.size ? expr_new(EXPR_WORD, word.data)
                       : expr_new(EXPR_PHRASE, value);
    buf_release(&word);
    /* The printed form has no way to say a quote inside quotes. */
    for (char *c = phrase->text; *c; c++)
        if (*c == '"')
            *c = ' ';
    expr_add(node, phrase);
    expr_add(parent, node);
}

void
cgi_days(const struct cgi_request *request, int64_t *from, int64_t *to)
{
    const char *first = request->filter[FILTER_FROM];
    const char *last = request->filter[FILTER_TO];
    struct date date = {0};

    *from = SEARCH_OPEN_FROM;
    *to = SEARCH_OPEN_TO;
    if (*first && date_parse(first, strlen(first), false, &date))
        *from = calendar_day_of(date.seconds);
    if (*last && date_parse(last, strlen(last), false, &date))
        *to = calendar_day_of(date_end(&date) - 1);
}

/* Without words, the values narrow what the index is asked for, besides
 * telling what of it is meant. */
static void
add_values(const struct cgi_request *request, struct buf *text)
{
    struct expr *all = expr_new(EXPR_AND, NULL);

    for (int i = 0; i < FILTER_FROM; i++)
        add_zone(all, search_facet_zone(cgi_filter_facet((enum cgi_filter)i)),
                 request->filter[i]);
    if (all->children)
        expr_print(all->children == 1 ? all->child[0] : all, text);
    expr_free(all);
}

void
cgi_ask(const struct cgi_request *request, const struct cgi_config *config,
        struct search_request *search, struct buf *text, struct list *notes)
{
    const struct expr_limits limits = {
        .bytes = config->query_bytes,
        .words = config->query_words,
        .patterns = config->query_patterns,
        .depth = config->query_depth,
    };
    size_t size = strlen(request->text);
    struct query_signs signs = expr_signs(request->text, size, &limits);
    bool as_typed = signs.pasted || signs.unused || signs.doubtful;
    struct list told = LIST_INIT;
    struct expr *typed = expr_parse(request->text, size, search->now, &limits,
                                    as_typed ? &told : notes);

    /* What is prose, or may be, is read as such by the search, which tells. */
    if (typed && as_typed)
        buf_set_text(text, request->text);
    else if (typed)
        expr_print(typed, text);
    else
        add_values(request, text);
    search->advice = typed != NULL;
    expr_free(typed);
    list_release(&told);
    search->text = text->data;
    search->limits = limits;
    for (int i = 0; i < FILTER_FROM; i++)
        if (request->filter[i][0])
            search->only[cgi_filter_facet((enum cgi_filter)i)] =
                request->filter[i];
    cgi_days(request, &search->from_day, &search->to_day);
}
