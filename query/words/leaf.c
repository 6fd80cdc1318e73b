#include "query/words/leaf.h"

#include <stdlib.h>
#include <string.h>

#include "corpus/base/ascii.h"
#include "corpus/base/mem.h"
#include "indexer/archive/field.h"
#include "query/language/zone.h"
#include "query/spelling/edits.h"
#include "query/words/glob.h"
#include "query/words/stop_words.h"

struct collector {
    struct leaves *leaves;
    struct analyzer *analyzer;
    const struct list *languages;
    bool shouting; /* capitals everywhere mean nothing */
};

void
leaves_release(struct leaves *leaves)
{
    for (size_t i = 0; i < leaves->count; i++) {
        free(leaves->leaf[i].term);
        free(leaves->leaf[i].reading);
        list_release(&leaves->leaf[i].expansion);
        list_release(&leaves->leaf[i].stretched);
    }
    free(leaves->leaf);
    *leaves = (struct leaves){0};
}

static struct leaf_term *
add_term(struct leaf *leaf)
{
    struct leaf_term *term;

    leaf->term = mem_grow(leaf->term, leaf->terms, &leaf->term_room,
                          sizeof(*leaf->term));
    term = &leaf->term[leaf->terms++];
    memset(term, 0, sizeof(*term));
    leaf->reading[leaf->readings - 1].terms++;
    return term;
}

static void
begin_reading(struct leaf *leaf)
{
    leaf->reading = mem_grow(leaf->reading, leaf->readings, &leaf->reading_room,
                             sizeof(*leaf->reading));
    leaf->reading[leaf->readings++] = (struct reading){.first = leaf->terms};
}

/* Two languages may agree; the second of equal readings goes, and the first
 * one is of any language then. */
static void
drop_if_known(struct leaf *leaf)
{
    const struct reading *last = &leaf->reading[leaf->readings - 1];

    for (size_t i = 0; i + 1 < leaf->readings; i++) {
        struct reading *other = &leaf->reading[i];

        if (other->terms == last->terms &&
            memcmp(&leaf->term[other->first], &leaf->term[last->first],
                   last->terms * sizeof(*leaf->term)) == 0) {
            if (other->language != last->language)
                other->language = 0;
            leaf->terms = last->first;
            leaf->readings--;
            return;
        }
    }
}

void
leaf_add_word(struct leaf *leaf, const char *term)
{
    struct leaf_term *to;

    begin_reading(leaf);
    to = add_term(leaf);
    memcpy(to->term, term, strlen(term));
}

void
leaf_add_reading(struct leaf *leaf, const struct leaf_term *term, size_t terms,
                 size_t language)
{
    begin_reading(leaf);
    for (size_t i = 0; i < terms; i++)
        *add_term(leaf) = term[i];
    leaf->reading[leaf->readings - 1].language = language;
    drop_if_known(leaf);
}

static void
copy_query_term(struct leaf_term *to, const struct query_term *from)
{
    memcpy(to->term, from->term, strlen(from->term));
    memcpy(to->folded, from->folded, strlen(from->folded));
}

/*
 * Quotes around one word mean that very word; around several, that they
 * stand side by side, whatever their endings.
 */
static bool
wants_exact(const struct expr *expr)
{
    if (expr->flags & EXPR_EXACT)
        return true;
    return expr->kind == EXPR_PHRASE && !(expr->flags & EXPR_STEMMED) &&
           !strchr(expr->text, ' ');
}

/* "US", "WHO" and "IT" in capitals are not the small words they look like. */
static bool
means_twin(const struct query_word *word)
{
    return word->twin[0] && word->single &&
           is_stop_word("en", word->term[0].folded);
}

static void
read_word(struct leaf *leaf, const struct query_word *word, enum leaf_test test,
          size_t language, bool shouting)
{
    if (!shouting && means_twin(word) && test == LEAF_TERM) {
        struct leaf_term *term;

        begin_reading(leaf);
        term = add_term(leaf);
        term->test = LEAF_TWIN;
        memcpy(term->term, word->twin, sizeof(term->term));
        leaf->reading[leaf->readings - 1].language = language;
        drop_if_known(leaf);
        return;
    }
    if (word->single)
        leaf->single = true;
    for (size_t i = 0; i < word->readings; i++) {
        /* Several terms have no edits; written as one they may have. */
        if (test == LEAF_FUZZY && word->reading[i].terms > 1) {
            if (word->readings > 1)
                continue;
            test = LEAF_TERM;
        }
        begin_reading(leaf);
        for (size_t j = 0; j < word->reading[i].terms; j++) {
            struct leaf_term *term = add_term(leaf);

            copy_query_term(term, &word->term[word->reading[i].first + j]);
            term->test = test;
            if (test == LEAF_FUZZY)
                term->edits = leaf->expr->n;
        }
        leaf->reading[leaf->readings - 1].language = language;
        drop_if_known(leaf);
    }
}

/* Fold what stands between the wildcards as the index folds words. */
static void
read_pattern(struct collector *collector, struct leaf *leaf)
{
    struct query_word word = QUERY_WORD_INIT;
    struct buf pattern = BUF_LIMITED(TERM_SIZE_MAX);
    const char *text = leaf->expr->text;

    while (*text) {
        size_t size = strcspn(text, "*?");

        word.readings = 0;
        if (size)
            analysis_query(collector->analyzer, "none", text, size, &word);
        if (word.readings)
            for (size_t i = 0; i < word.reading[0].terms; i++)
                buf_add_text(&pattern,
                             word.term[word.reading[0].first + i].folded);
        text += size;
        if (*text)
            buf_add_byte(&pattern, *text++);
    }
    if (strspn(pattern.data, "*?") < pattern.size) {
        struct leaf_term *term;

        begin_reading(leaf);
        term = add_term(leaf);
        memcpy(term->term, pattern.data, pattern.size);
        term->test = LEAF_GLOB;
        if (strcspn(term->term, "*?") + 1 == pattern.size &&
            term->term[pattern.size - 1] == '*')
            term->test = LEAF_PREFIX;
    }
    buf_release(&pattern);
    query_word_release(&word);
}

/* One character of a script without spaces is the beginning of pairs. */
static bool
read_character(struct leaf *leaf, const struct query_word *word)
{
    const char *term = word->single ? word->term[0].term : "";
    struct leaf_term *to;

    if (!analysis_is_character(term, strlen(term)))
        return false;
    begin_reading(leaf);
    to = add_term(leaf);
    to->test = LEAF_PREFIX;
    memcpy(to->term, term, strlen(term));
    to->term[strlen(term)] = '*';
    return true;
}

static void
read_leaf(struct collector *collector, struct leaf *leaf)
{
    struct query_word word = QUERY_WORD_INIT;
    enum leaf_test test = LEAF_TERM;

    if (leaf->expr->kind == EXPR_PATTERN) {
        read_pattern(collector, leaf);
        return;
    }
    if (leaf->expr->kind == EXPR_FUZZY)
        test = LEAF_FUZZY;
    else if (wants_exact(leaf->expr))
        test = LEAF_EXACT;
    for (size_t i = 0; i < collector->languages->count; i++) {
        analysis_query(collector->analyzer, collector->languages->item[i],
                       leaf->expr->text, strlen(leaf->expr->text), &word);
        if (!i && read_character(leaf, &word))
            break;
        read_word(leaf, &word, test, i + 1, collector->shouting);
    }
    query_word_release(&word);
}

/* Where a part of the tree is. */
struct under {
    double boost;
    bool negative;
    bool aside;
};

static bool
is_aside(enum expr_zone zone)
{
    return zone_fields(zone) >> FIELD_TEXT_COUNT != 0;
}

static void
collect_under(struct collector *collector, struct expr *expr,
              struct under under)
{
    struct leaves *leaves = collector->leaves;

    if (expr->text) {
        leaves->leaf = mem_grow(leaves->leaf, leaves->count, &leaves->room,
                                sizeof(*leaves->leaf));
        leaves->leaf[leaves->count] = (struct leaf){.expr = expr,
                                                    .boost = under.boost,
                                                    .negative = under.negative,
                                                    .aside = under.aside};
        expr->leaf = leaves->count;
        read_leaf(collector, &leaves->leaf[leaves->count++]);
        return;
    }
    if (expr->kind == EXPR_BOOST)
        under.boost *= expr->boost;
    if (expr->kind == EXPR_ZONE)
        under.aside = under.aside || is_aside(expr->zone);
    if (expr->kind == EXPR_NOT)
        under.negative = !under.negative;
    for (size_t i = 0; i < expr->children; i++) {
        /* What should be apart from something is not wanted itself. */
        if (expr->kind == EXPR_APART && i == 1)
            under.negative = !under.negative;
        collect_under(collector, expr->child[i], under);
    }
}

/* Is a headline of three words or more typed in capitals? */
static bool
has_small_letter(const struct expr *expr, size_t *leaves)
{
    if (expr->text) {
        (*leaves)++;
        if (ascii_has_lower(expr->text, strlen(expr->text)))
            return true;
    }
    for (size_t i = 0; i < expr->children; i++)
        if (has_small_letter(expr->child[i], leaves))
            return true;
    return false;
}

/* How many leaves are small words of a language? */
static size_t
count_small(const struct leaves *leaves, const char *language)
{
    size_t count = 0;

    for (size_t i = 0; i < leaves->count; i++)
        count += leaves->leaf[i].single &&
                 is_stop_word(language, leaves->leaf[i].term[0].folded);
    return count;
}

/*
 * The small words of the language that the question is in: the archive's
 * default one, unless another has more of them and two at least.  One alone
 * says nothing: "die" is a verb in an English question.
 */
static void
mark_small(struct leaves *leaves, const struct list *languages)
{
    const char *language =
        strcmp(languages->item[0], "none") == 0 ? "en" : languages->item[0];
    size_t most = count_small(leaves, language);

    for (size_t i = 0; i < languages->count; i++) {
        /* Of the languages without a stemmer, this one has a list. */
        const char *other =
            strcmp(languages->item[i], "none") == 0 ? "pl" : languages->item[i];
        size_t count = count_small(leaves, other);

        if (count >= 2 && count > most) {
            language = other;
            most = count;
        }
    }
    for (size_t i = 0; i < leaves->count; i++)
        leaves->leaf[i].stop =
            leaves->leaf[i].single &&
            is_stop_word(language, leaves->leaf[i].term[0].folded);
}

void
leaves_collect(struct leaves *leaves, struct expr *expr,
               struct analyzer *analyzer, const struct list *languages)
{
    struct collector collector = {leaves, analyzer, languages, false};
    size_t count = 0;

    if (!expr)
        return;
    collector.shouting = !has_small_letter(expr, &count) && count > 2;
    collect_under(&collector, expr, (struct under){.boost = 1});
    if (languages->count)
        mark_small(leaves, languages);
}

bool
leaf_is_pattern(const struct leaf *leaf)
{
    return leaf->terms && leaf->term[0].test >= LEAF_GLOB;
}

bool
leaf_is_prefix(const struct leaf *leaf)
{
    return leaf->terms == 1 && leaf->term[0].test == LEAF_PREFIX;
}

static bool
is_text(const char *text, const char *bytes, size_t size)
{
    return strncmp(text, bytes, size) == 0 && text[size] == '\0';
}

bool
leaf_term_fits(const struct leaf_term *test, const struct token *token)
{
    bool twin = token->kind == TOKEN_CAPS;

    switch (test->test) {
    case LEAF_TERM:
        return is_text(test->term, token->term, token->term_size);
    case LEAF_EXACT:
        return !twin && is_text(test->term, token->term, token->term_size) &&
               is_text(test->folded, token->folded, token->folded_size);
    case LEAF_TWIN:
        return twin && is_text(test->term, token->term, token->term_size);
    case LEAF_GLOB:
        return !twin &&
               glob_fits(test->term, token->folded, token->folded_size);
    case LEAF_PREFIX:
        return !twin &&
               (glob_fits(test->term, token->folded, token->folded_size) ||
                glob_fits(test->term, token->term, token->term_size));
    case LEAF_FUZZY:
        return !twin &&
               edits_within(test->folded, strlen(test->folded), token->folded,
                            token->folded_size, test->edits);
    }
    return false;
}
