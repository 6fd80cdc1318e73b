#include "query/receipt/receipt.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "corpus/date/date.h"
#include "indexer/bits/sha256.h"
#include "query/search/fields.h"

static const char head[] = "receipt\n";

static void
add(struct list *list, const char *name, const char *value)
{
    list_add_text(list, name);
    list_add_text(list, value);
}

static void
add_number(struct list *list, const char *name, uint64_t number)
{
    char digits[32];

    snprintf(digits, sizeof(digits), "%" PRIu64, number);
    add(list, name, digits);
}

/* --- the set -------------------------------------------------------------- */

static bool
add_key(void *context, struct hit *hit)
{
    uint64_t *sum = context;
    unsigned char digest[SHA256_SIZE];
    uint64_t number;

    sha256_of(hit->key.data, hit->key.size, digest);
    memcpy(&number, digest, sizeof(number));
    *sum += number;
    return true;
}

/* A sum does not mind the order, and an article that comes or goes changes
 * it.  That of a part says nothing. */
static enum status
sum_keys(struct search *search, const struct search_request *as,
         struct list *out, struct error *err)
{
    struct search_request request = *as;
    uint64_t sum = 0;
    bool all = false;
    enum status status;
    char digits[32];

    request.sort = SORT_NEWEST;
    request.facets = 0;
    request.advice = false;
    request.explain = false;
    request.take = add_key;
    request.taking = &sum;
    status = search_each(search, &request, &all, err);
    if (all) {
        snprintf(digits, sizeof(digits), "%016" PRIx64, sum);
        add(out, "set", digits);
    }
    return status;
}

/* --- writing it ----------------------------------------------------------- */

static void
add_time(struct list *list, const struct receipt *receipt)
{
    const struct date date = {.seconds = receipt->now,
                              .precision =
                                  receipt->by_day ? DATE_DAY : DATE_SECOND};
    struct buf text = BUF_INIT;

    date_print(&date, &text);
    if (!receipt->by_day)
        buf_add_byte(&text, 'Z');
    add(list, "time", text.data);
    buf_release(&text);
}

/* Not where on the disk they lie, which says too much and does not last. */
static void
add_archives(struct list *list, const struct list *dirs)
{
    for (size_t i = 0; i < dirs->count; i++) {
        const char *dir = dirs->item[i];
        size_t size = strlen(dir);
        size_t from;

        while (size > 1 && dir[size - 1] == '/')
            size--;
        for (from = size; from && dir[from - 1] != '/';)
            from--;
        list_add_text(list, "archive");
        list_add(list, dir + from, size - from);
    }
}

static void
add_narrowing(struct list *list, const struct search_request *request)
{
    struct buf text = BUF_INIT;

    for (int i = 0; i < FACET_YEAR; i++) {
        if (!request->only[i])
            continue;
        buf_clear(&text);
        buf_printf(&text, "%s=%s", search_facet_name((enum search_facet)i),
                   request->only[i]);
        add(list, "only", text.data);
    }
    if (!request->compounds)
        add(list, "option", "no-compounds");
    buf_release(&text);
}

enum status
receipt_make(struct search *search, const struct receipt *receipt,
             const struct search_request *request, struct search_result *result,
             struct error *err)
{
    struct list *list = &result->receipt;
    enum status status = STATUS_OK;
    char state[SEARCH_STATE_SIZE];

    search_state(search, state);
    add(list, "query", receipt->query);
    add(list, "understood", result->canonical.data);
    add_narrowing(list, request);
    add_archives(list, &receipt->dirs);
    add(list, "generation", state);
    add_number(list, "articles", result->articles);
    add_number(list, "found", result->total);
    if (result->cut_short)
        add(list, "unfinished", "the time limit struck");
    if (receipt->keys)
        status = sum_keys(search, request, list, err);
    for (size_t i = 0; i < result->notes.count; i++)
        add(list, "note", result->notes.item[i]);
    add(list, "program", receipt->program);
    add_time(list, receipt);
    return status;
}

const char *
receipt_value(const struct list *list, const char *name)
{
    for (size_t i = 0; i + 1 < list->count; i += 2)
        if (strcmp(list->item[i], name) == 0)
            return list->item[i + 1];
    return NULL;
}

void
receipt_print(const struct list *list, struct buf *out)
{
    buf_add_text(out, head);
    for (size_t i = 0; i + 1 < list->count; i += 2) {
        buf_printf(out, "  %-10s ", list->item[i]);
        for (const char *c = list->item[i + 1]; *c;) {
            const size_t size = strcspn(c, "\r\n");

            buf_add(out, c, size);
            buf_add_text(out, c[size] ? " " : "");
            c += size + (c[size] != '\0');
        }
        buf_add_byte(out, '\n');
    }
}

/* The last line of a text that is the head; NULL: there is none. */
static const char *
find_head(const char *text)
{
    const char *found = NULL;

    for (const char *at = text; (at = strstr(at, head)); at++)
        if (at == text || at[-1] == '\n')
            found = at + strlen(head);
    return found;
}

bool
receipt_parse(const char *text, struct list *list)
{
    const char *line = find_head(text);

    while (line && line[0] == ' ' && line[1] == ' ') {
        const char *name = line + 2;
        const size_t name_size = strcspn(name, " \r\n");
        const char *value = name + name_size;
        size_t size;

        value += strspn(value, " ");
        size = strcspn(value, "\r\n");
        list_add(list, name, name_size);
        list_add(list, value, size);
        line = value + size;
        line += strspn(line, "\r\n");
    }
    return receipt_value(list, "query") && receipt_value(list, "found");
}

/* --- then and now --------------------------------------------------------- */

static void
compare(const struct list *then, const struct list *now, const char *name,
        const char *title, struct list *out)
{
    const char *before = receipt_value(then, name);
    const char *after = receipt_value(now, name);
    struct buf line = BUF_INIT;

    if (before && after && strcmp(before, after) == 0)
        return;
    buf_printf(&line, "%s: %s then, %s now", title, before ? before : "nothing",
               after ? after : "nothing");
    list_add(out, line.data, line.size);
    buf_release(&line);
}

void
receipt_compare(const struct list *then, const struct list *now,
                struct list *differences)
{
    const char *found = receipt_value(then, "found");
    const char *set = receipt_value(then, "set");
    const char *set_now = receipt_value(now, "set");
    const bool same_number = strcmp(found, receipt_value(now, "found")) == 0;

    compare(then, now, "understood", "the query is understood as", differences);
    compare(then, now, "found", "articles found", differences);
    if (same_number && set && set_now && strcmp(set, set_now) != 0)
        list_add_text(differences,
                      "as many articles are found, but not the same ones");
    if (!differences->count)
        return;
    compare(then, now, "articles", "articles in the archive", differences);
    compare(then, now, "generation", "generation of the archive", differences);
    compare(then, now, "program", "program", differences);
}
