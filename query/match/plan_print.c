/* The text for MATCH, and which of its phrases count for what. */
#include <string.h>

#include "corpus/base/mem.h"
#include "indexer/archive/field.h"
#include "query/match/plan_parts.h"

static struct plan_phrase *
count_phrase(struct planner *planner, size_t leaf, bool scores)
{
    struct plan *plan = planner->plan;

    plan->phrase = mem_grow(plan->phrase, plan->phrases, &plan->phrase_room,
                            sizeof(*plan->phrase));
    plan->phrase[plan->phrases] =
        (struct plan_phrase){.leaf = scores ? leaf : SIZE_MAX};
    return &plan->phrase[plan->phrases++];
}

/* One quoted string; the byte before it tells the tokenizer that these are
 * terms already. */
static void
print_terms(struct buf *out, const struct leaf *leaf,
            const struct reading *reading)
{
    buf_add_text(out, "\"\x01");
    for (size_t i = 0; i < reading->terms; i++) {
        if (i)
            buf_add_byte(out, ' ');
        for (const char *c = leaf->term[reading->first + i].term; *c; c++) {
            if (*c == '"')
                buf_add_byte(out, '"');
            buf_add_byte(out, *c);
        }
    }
    buf_add_byte(out, '"');
}

static void
print_fields(struct buf *out, unsigned fields)
{
    buf_add_byte(out, '{');
    for (int i = 0; i < FIELD_COUNT; i++)
        if (fields & 1u << i)
            buf_printf(out, " %s", field_name((enum field)i));
    buf_add_text(out, " } : ");
}

static void
print_prefix(struct planner *planner, const struct leaf *leaf, size_t number,
             bool scores)
{
    const char *text = leaf->term[0].term;

    buf_printf(&planner->plan->match, "\"\x01%.*s\" *", (int)(strlen(text) - 1),
               text);
    count_phrase(planner, number, scores);
    for (size_t i = 0; i < leaf->stretched.count; i++) {
        buf_printf(&planner->plan->match, " OR \"\x01%s\"",
                   leaf->stretched.item[i]);
        count_phrase(planner, number, scores);
    }
}

/* A reading, and the joined forms that must stand with it: that they do stand
 * in the article is all that MATCH can say. */
static void
print_reading(struct planner *planner, size_t number,
              const struct reading *reading, bool scores)
{
    const struct leaf *leaf = &planner->leaves->leaf[number];
    size_t held;

    print_terms(&planner->plan->match, leaf, reading);
    count_phrase(planner, number, scores);
    held = planner->plan->phrases;
    for (size_t i = 0; i < reading->terms; i++) {
        size_t joined = leaf->term[reading->first + i].joined;
        const struct reading word = {.first = joined - 1, .terms = 1};
        struct plan_phrase *phrase;

        if (!joined)
            continue;
        buf_add_text(&planner->plan->match, " AND ");
        print_terms(&planner->plan->match, leaf, &word);
        phrase = count_phrase(planner, SIZE_MAX, false);
        phrase->held = held;
        phrase->offset = (uint32_t)i;
    }
}

/* What stands in other fields than texts is not ranked: no word of a source is
 * near another. */
static void
print_leaf(struct planner *planner, const struct ask *ask, bool ranked)
{
    const struct leaf *leaf = &planner->leaves->leaf[ask->leaf];
    struct buf *out = &planner->plan->match;
    bool scores = ranked && !leaf->aside;

    print_fields(out, ask->fields);
    buf_add_byte(out, '(');
    if (leaf_is_prefix(leaf)) {
        print_prefix(planner, leaf, ask->leaf, scores);
    } else if (leaf_is_pattern(leaf)) {
        for (size_t i = 0; i < leaf->expansion.count; i++) {
            buf_printf(out, "%s\"\x01%s\"", i ? " OR " : "",
                       leaf->expansion.item[i]);
            count_phrase(planner, ask->leaf, scores);
        }
    } else {
        for (size_t i = 0; i < leaf->readings; i++) {
            buf_add_text(out, i ? " OR " : "");
            print_reading(planner, ask->leaf, &leaf->reading[i], scores);
        }
    }
    buf_add_byte(out, ')');
}

/* FTS5's own parser has a stack of a hundred: a long list must not become a
 * long line of parentheses. */
static void
print_side(struct planner *planner, const struct ask *ask, bool bare,
           bool scores)
{
    bool group = !bare && ask->kind != ASK_LEAF;

    if (group)
        buf_add_byte(&planner->plan->match, '(');
    plan_print(planner, ask, scores);
    if (group)
        buf_add_byte(&planner->plan->match, ')');
}

void
plan_print(struct planner *planner, const struct ask *ask, bool scores)
{
    const char *between = ask->kind == ASK_AND  ? " AND "
                          : ask->kind == ASK_OR ? " OR "
                                                : " NOT ";

    if (ask->kind == ASK_LEAF) {
        print_leaf(planner, ask, scores);
        return;
    }
    print_side(planner, ask->left, ask->left->kind == ask->kind, scores);
    buf_add_text(&planner->plan->match, between);
    print_side(planner, ask->right, false, scores && ask->kind != ASK_NOT);
}
