#include "query/words/relax.h"

#include <string.h>

struct relaxing {
    struct relaxations *ways;
    const struct expr *base; /* what ways lead away from */
    const struct leaves *leaves;
    struct buf absent; /* what it lacks of what was typed */
};

void
relaxations_release(struct relaxations *ways)
{
    for (size_t i = 0; i < ways->count; i++) {
        expr_free(ways->way[i].expr);
        buf_release(&ways->way[i].part);
        buf_release(&ways->way[i].instead);
    }
    ways->count = 0;
}

/* Is it a word that should be there and that no article has? */
static bool
is_absent(const struct leaf *leaf)
{
    return leaf->readings && !leaf->articles && !leaf->negative;
}

/* Is it to be left out?  `part` itself, or without one every word that no
 * article has. */
static bool
is_left_out(const struct relaxing *relaxing, const struct expr *expr,
            const struct expr *part)
{
    const struct leaf *leaf;

    if (part || !expr->text)
        return expr == part;
    leaf = &relaxing->leaves->leaf[expr->leaf];
    return is_absent(leaf);
}

/* Give `copy` the children of `expr` that stay. */
static struct expr *copy_without(const struct relaxing *relaxing,
                                 const struct expr *expr,
                                 const struct expr *part,
                                 const struct expr *instead);

static void
copy_children(const struct relaxing *relaxing, const struct expr *expr,
              const struct expr *part, const struct expr *instead,
              struct expr *copy)
{
    for (size_t i = 0; i < expr->children; i++) {
        struct expr *child =
            copy_without(relaxing, expr->child[i], part, instead);

        if (child)
            expr_add(copy, child);
        else if (expr->kind == EXPR_APART && i == 0)
            return;
    }
}

/* A copy of the tree with something else, or nothing, instead of a part.  What
 * has lost a side is the other side; NULL if nothing stays. */
static struct expr *
copy_without(const struct relaxing *relaxing, const struct expr *expr,
             const struct expr *part, const struct expr *instead)
{
    struct expr *copy;
    struct expr *only;

    if (is_left_out(relaxing, expr, part))
        return instead ? expr_copy(instead) : NULL;
    if (!expr->children)
        return expr_copy(expr);
    copy = expr_new(expr->kind, NULL);
    copy->flags = expr->flags;
    copy->n = expr->n;
    copy->zone = expr->zone;
    copy->letters = expr->letters;
    copy->boost = expr->boost;
    copy_children(relaxing, expr, part, instead, copy);
    if (copy->children > (expr->children > 1))
        return copy;
    only = copy->children ? copy->child[0] : NULL;
    copy->children = 0;
    expr_free(copy);
    return only;
}

/* Is there something to find in it, not only to filter? */
static bool
asks_for_words(const struct expr *expr)
{
    if (expr->kind == EXPR_NOT)
        return false;
    if (expr->text)
        return true;
    for (size_t i = 0; i < expr->children; i++)
        if (asks_for_words(expr->child[i]))
            return true;
    return false;
}

/* Keep the way if it still asks for something. */
static struct relaxed *
add_way(struct relaxing *relaxing, const struct expr *part,
        const struct expr *instead)
{
    struct relaxed *way = &relaxing->ways->way[relaxing->ways->count];
    struct expr *expr;

    if (relaxing->ways->count == RELAX_MOST)
        return NULL;
    expr = copy_without(relaxing, relaxing->base, part, instead);
    if (!expr || !asks_for_words(expr) || expr_equal(expr, relaxing->base)) {
        expr_free(expr);
        return NULL;
    }
    relaxing->ways->count++;
    *way = (struct relaxed){expr, BUF_INIT, BUF_INIT};
    buf_add(&way->part, relaxing->absent.data, relaxing->absent.size);
    if (part && way->part.size)
        buf_add_text(&way->part, ", ");
    expr_print(part, &way->part);
    expr_print(instead, &way->instead);
    return way;
}

/* The words of a phrase, wherever they stand. */
static struct expr *
words_of_phrase(const struct expr *phrase)
{
    struct expr *all = expr_new(EXPR_AND, NULL);
    const char *text = phrase->text;

    while (*text) {
        size_t size = strcspn(text, " ");
        struct buf word = BUF_INIT;

        buf_set(&word, text, size);
        if (size)
            expr_add(all, expr_new(EXPR_WORD, word.data));
        buf_release(&word);
        text += size + (text[size] == ' ');
    }
    return all;
}

/* What asks for less than one part of the tree; NULL if nothing does. */
static struct expr *
less_than(const struct expr *expr)
{
    struct expr *less = NULL;

    switch (expr->kind) {
    case EXPR_PHRASE:
        if (strchr(expr->text, ' '))
            return words_of_phrase(expr);
        return expr_new(EXPR_WORD, expr->text);
    case EXPR_WORD:
        if (expr->flags & EXPR_EXACT)
            less = expr_new(EXPR_WORD, expr->text);
        return less;
    case EXPR_NEAR:
    case EXPR_SENTENCE:
    case EXPR_PARAGRAPH:
        less = expr_new(EXPR_AND, NULL);
        expr_add(less, expr_copy(expr->child[0]));
        expr_add(less, expr_copy(expr->child[1]));
        return less;
    case EXPR_APART:
    case EXPR_ZONE:
    case EXPR_CASE:
    case EXPR_ATLEAST:
    case EXPR_MAJOR:
        return expr_copy(expr->child[0]);
    case EXPR_PATTERN:
    case EXPR_FUZZY:
    case EXPR_AND:
    case EXPR_OR:
    case EXPR_NOT:
    case EXPR_MUST:
    case EXPR_BOOST:
    case EXPR_DATE:
    case EXPR_LENGTH:
    case EXPR_KINDS:
    default:
        return NULL;
    }
}

/* The parts that must all hold. */
static void
relax_part(struct relaxing *relaxing, const struct expr *expr)
{
    struct expr *less = less_than(expr);

    if (less)
        add_way(relaxing, expr, less);
    expr_free(less);
    if (expr->kind == EXPR_OR || expr->kind == EXPR_NOT)
        return;
    for (size_t i = 0; i < expr->children; i++) {
        if (expr->kind == EXPR_AND)
            add_way(relaxing, expr->child[i], NULL);
        if (expr->kind != EXPR_APART || i == 0)
            relax_part(relaxing, expr->child[i]);
    }
}

/* Leave out the words that no article has, and go on from there. */
static void
relax_absent(struct relaxing *relaxing)
{
    struct relaxed *way;

    for (size_t i = 0; i < relaxing->leaves->count; i++) {
        const struct leaf *leaf = &relaxing->leaves->leaf[i];

        if (!is_absent(leaf))
            continue;
        if (relaxing->absent.size)
            buf_add_text(&relaxing->absent, ", ");
        expr_print(leaf->expr, &relaxing->absent);
    }
    if (!relaxing->absent.size)
        return;
    way = add_way(relaxing, NULL, NULL);
    relaxing->ways->absent = way != NULL;
    relaxing->base = way ? way->expr : NULL;
}

void
relax(struct relaxations *ways, const struct expr *typed,
      const struct leaves *leaves)
{
    struct relaxing relaxing = {ways, typed, leaves, BUF_INIT};

    ways->count = 0;
    ways->absent = false;
    if (typed)
        relax_absent(&relaxing);
    if (relaxing.base)
        relax_part(&relaxing, relaxing.base);
    buf_release(&relaxing.absent);
}

/* --- the words alone ------------------------------------------------------ */

static void
add_words(struct relaxations *ways, struct expr *expr)
{
    struct relaxed *way = &ways->way[ways->count++];

    *way = (struct relaxed){expr, BUF_INIT, BUF_INIT};
    expr_print(expr, &way->instead);
}

void
relax_to_words(struct relaxations *ways, const struct leaves *leaves)
{
    struct expr *all = expr_new(EXPR_AND, NULL);

    ways->count = 0;
    ways->absent = false;
    for (size_t i = 0; i < leaves->count; i++) {
        const struct leaf *leaf = &leaves->leaf[i];

        if (leaf->articles && !leaf->negative && !leaf->dropped)
            expr_add(all, expr_copy(leaf->expr));
    }
    if (all->children < 2) {
        expr_free(all);
        return;
    }
    add_words(ways, all);
    for (size_t i = 0; i < all->children && ways->count < RELAX_MOST; i++)
        add_words(ways, expr_copy(all->child[i]));
}
