/* The receipt of a search as other formats have it: a sentence, an object. */
#include <stdbool.h>
#include <string.h>

#include "corpus/base/count.h"
#include "corpus/base/utf8.h"
#include "query/render/render_parts.h"

void
render_receipt(struct buf *out, const struct list *receipt)
{
    static const struct {
        const char *name;
        const char *before;
        const char *after;
    } parts[] = {
        {"program", "", ", "},    {"time", "", ": "},
        {"found", "", " of "},    {"articles", "", " articles, "},
        {"understood", "", ", "}, {"generation", "generation ", ""},
    };

    for (size_t i = 0; i < COUNT(parts); i++)
        for (size_t k = 0; k + 1 < receipt->count; k += 2)
            if (strcmp(receipt->item[k], parts[i].name) == 0) {
                buf_add_text(out, parts[i].before);
                buf_add_text(out, receipt->item[k + 1]);
                buf_add_text(out, parts[i].after);
            }
}

/* What there may be several of is a list, whatever there is. */
static bool
is_list(const char *name)
{
    static const char *const lists[] = {"archive", "note", "only", "option"};

    for (size_t i = 0; i < COUNT(lists); i++)
        if (strcmp(lists[i], name) == 0)
            return true;
    return false;
}

static bool
came_before(const struct list *receipt, size_t at)
{
    for (size_t k = 0; k < at; k += 2)
        if (strcmp(receipt->item[k], receipt->item[at]) == 0)
            return true;
    return false;
}

static void
add_value(struct buf *out, const char *value)
{
    utf8_json(out, value, strlen(value));
}

/* All values of the name that stands there. */
static void
add_values(struct buf *out, const struct list *receipt, size_t at)
{
    bool first = true;

    buf_add_byte(out, '[');
    for (size_t k = at; k + 1 < receipt->count; k += 2) {
        if (strcmp(receipt->item[k], receipt->item[at]) != 0)
            continue;
        buf_add_text(out, first ? "" : ",");
        add_value(out, receipt->item[k + 1]);
        first = false;
    }
    buf_add_byte(out, ']');
}

void
render_receipt_json(struct buf *out, const struct list *receipt)
{
    buf_add_byte(out, '{');
    for (size_t k = 0; k + 1 < receipt->count; k += 2) {
        if (came_before(receipt, k))
            continue;
        buf_add_text(out, k ? "," : "");
        add_value(out, receipt->item[k]);
        buf_add_byte(out, ':');
        if (is_list(receipt->item[k]))
            add_values(out, receipt, k);
        else
            add_value(out, receipt->item[k + 1]);
    }
    buf_add_byte(out, '}');
}
