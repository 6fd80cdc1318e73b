/*
 * tests/support/oracle.h - does an article match a query?  Slow and obvious.
 *
 * No index, no plan, no candidates: every word of the article is compared
 * with every word of the query, and the tree is evaluated as match.h defines
 * it, on lists of stretches with nothing clever about them.
 */
#ifndef TESTS_ORACLE_H
#define TESTS_ORACLE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "indexer/analysis/analysis.h"
#include "indexer/archive/field.h"
#include "query/language/expr.h"
#include "query/words/leaf.h"

/* Each article is in one of them; "zz" is one without a stemmer. */
static const char *const oracle_languages[] = {"en", "es", "de", "zz"};

#define ORACLE_LANGUAGES 4
#define ORACLE_WORDS 160
#define ORACLE_TOKENS 3
#define ORACLE_LEAVES 128
#define ORACLE_FORMS 256

struct oracle_token {
    char term[TERM_SIZE_MAX + 1];
    char folded[TERM_SIZE_MAX + 1];
    bool twin;
    bool joined;
    size_t end; /* bytes of the field */
};

struct oracle_word {
    enum field field;
    size_t start;
    uint32_t position, sentence, paragraph;
    bool capital, capitals;
    struct oracle_token token[ORACLE_TOKENS];
    size_t tokens;
};

struct oracle_article {
    struct oracle_word word[ORACLE_WORDS];
    size_t words;
    enum field field; /* being read */
    size_t language;
    bool dated;
    int64_t day;
    int64_t length;
};

struct oracle_span {
    size_t first, last;
};

struct oracle_spans {
    struct oracle_span *span;
    size_t count;
};

struct oracle_scope {
    bool field[FIELD_COUNT];
    bool zoned;
    uint32_t below;     /* position in the body */
    uint32_t paragraph; /* of the body, below this one */
    bool letters[3];
};

static int
oracle_token(void *context, const struct token *token)
{
    struct oracle_article *article = context;
    struct oracle_word *word;
    struct oracle_token *to;

    if (!article->words ||
        article->word[article->words - 1].field != article->field ||
        article->word[article->words - 1].position != token->position) {
        if (article->words == ORACLE_WORDS)
            abort();
        word = &article->word[article->words++];
        memset(word, 0, sizeof(*word));
        word->field = article->field;
        word->start = token->start;
        word->position = token->position;
        word->sentence = token->sentence;
        word->paragraph = token->paragraph;
        word->capital = token->capital;
        word->capitals = token->capitals;
    }
    word = &article->word[article->words - 1];
    if (word->tokens == ORACLE_TOKENS)
        abort();
    to = &word->token[word->tokens++];
    memset(to, 0, sizeof(*to));
    memcpy(to->term, token->term, token->term_size);
    memcpy(to->folded, token->folded, token->folded_size);
    to->twin = token->kind == TOKEN_CAPS;
    to->joined = token->kind == TOKEN_JOINED;
    to->end = token->end;
    return 0;
}

static void
oracle_read(struct oracle_article *article, struct analyzer *analyzer,
            enum field field, const char *text)
{
    if (!text)
        return;
    article->field = field;
    analyzer_run(analyzer, oracle_languages[article->language], text,
                 strlen(text), oracle_token, article);
}

/* A word of the archive, as written and as a term. */
struct oracle_form {
    char term[TERM_SIZE_MAX + 1];
    char folded[TERM_SIZE_MAX + 1];
    bool word; /* one that can be near a typed one as it is written */
};

/* What a leaf asks for, worked out once for each tree. */
struct oracle_leaf {
    const struct expr *expr;
    struct query_word word[ORACLE_LANGUAGES]; /* as each has it */
    bool exact;
    bool form[ORACLE_FORMS]; /* of a fuzzy word: those that are near */
};

/* All articles, because what a fuzzy word means depends on them. */
struct oracle {
    struct analyzer *analyzer;
    struct oracle_form form[ORACLE_FORMS];
    size_t forms;
    struct oracle_leaf leaf[ORACLE_LEAVES];
    size_t leaves;
};

static void
oracle_add(struct oracle_spans *spans, size_t first, size_t last)
{
    for (size_t i = 0; i < spans->count; i++)
        if (spans->span[i].first == first && spans->span[i].last == last)
            return;
    spans->span =
        realloc(spans->span, (spans->count + 1) * sizeof(*spans->span));
    spans->span[spans->count++] = (struct oracle_span){first, last};
}

/* '*' is anything, '?' one byte; the words of the tests are ASCII. */
static bool
oracle_glob(const char *pattern, const char *text)
{
    if (*pattern == '*')
        return oracle_glob(pattern + 1, text) ||
               (*text && oracle_glob(pattern, text + 1));
    if (!*pattern || !*text)
        return !*pattern && !*text;
    return (*pattern == '?' || *pattern == *text) &&
           oracle_glob(pattern + 1, text + 1);
}

/* Damerau and Levenshtein by definition, with nothing remembered. */
static int
oracle_edits(const char *a, const char *b, int most)
{
    int best;
    int other;

    if (most < 0)
        return 1000;
    if (!*a || !*b)
        return (int)(strlen(a) + strlen(b));
    if (*a == *b)
        return oracle_edits(a + 1, b + 1, most);
    best = 1 + oracle_edits(a + 1, b + 1, most - 1);
    other = 1 + oracle_edits(a + 1, b, most - 1);
    best = other < best ? other : best;
    other = 1 + oracle_edits(a, b + 1, most - 1);
    best = other < best ? other : best;
    if (a[1] && b[1] && a[0] == b[1] && a[1] == b[0]) {
        other = 1 + oracle_edits(a + 2, b + 2, most - 1);
        best = other < best ? other : best;
    }
    return best;
}

static bool
oracle_in_scope(const struct oracle_article *article, size_t first, size_t last,
                const struct oracle_scope *scope)
{
    for (size_t i = first; i <= last; i++) {
        const struct oracle_word *word = &article->word[i];

        if (!scope->field[word->field] ||
            (!scope->zoned && word->field >= FIELD_TEXT_COUNT))
            return false;
        if (word->field == FIELD_BODY && (word->position >= scope->below ||
                                          word->paragraph >= scope->paragraph))
            return false;
        if ((scope->letters[LETTERS_ALL_CAPITALS] && !word->capitals) ||
            (scope->letters[LETTERS_CAPITAL] && !word->capital) ||
            (scope->letters[LETTERS_NO_CAPITAL] && word->capital))
            return false;
    }
    return true;
}

/* Is it letters only, three at least?  The words of the tests are ASCII. */
static bool
oracle_is_word(const char *folded)
{
    for (const char *c = folded; *c; c++)
        if (*c < 'a' || *c > 'z')
            return false;
    return strlen(folded) >= 3;
}

/* Remember how the archive writes its words. */
static void
oracle_learn(struct oracle *oracle, const struct oracle_article *article)
{
    for (size_t i = 0; i < article->words; i++)
        for (size_t j = 0; j < article->word[i].tokens; j++) {
            const struct oracle_token *token = &article->word[i].token[j];
            struct oracle_form form = {.word = false};
            bool known = token->twin;

            strcpy(form.term, token->term);
            strcpy(form.folded, token->folded);
            form.word = !token->joined && oracle_is_word(token->folded);
            for (size_t k = 0; !known && k < oracle->forms; k++)
                known = memcmp(&oracle->form[k], &form, sizeof(form)) == 0;
            if (known)
                continue;
            if (oracle->forms == ORACLE_FORMS)
                abort();
            oracle->form[oracle->forms++] = form;
        }
}

static void
oracle_forget(struct oracle *oracle)
{
    while (oracle->leaves > 0) {
        oracle->leaves--;
        for (size_t i = 0; i < ORACLE_LANGUAGES; i++)
            query_word_release(&oracle->leaf[oracle->leaves].word[i]);
    }
}

/* Mark every form that has this term. */
static void
oracle_mark(struct oracle *oracle, struct oracle_leaf *leaf, const char *term)
{
    for (size_t i = 0; i < oracle->forms; i++)
        if (strcmp(oracle->form[i].term, term) == 0)
            leaf->form[i] = true;
}

/* A fuzzy word is every word near it, in all its forms and languages. */
static void
oracle_look_near(struct oracle *oracle, struct oracle_leaf *leaf,
                 const struct oracle_form *form)
{
    const struct query_word *first = &leaf->word[0];
    const char *typed =
        first->readings && first->terms ? first->term[0].folded : "";
    char stem[TERM_SIZE_MAX + 1] = "";

    memcpy(stem, form->term, term_unmarked(form->term, strlen(form->term)));
    if (oracle_edits(typed, stem, leaf->expr->n) <= leaf->expr->n)
        oracle_mark(oracle, leaf, form->term);
    if (!form->word ||
        oracle_edits(typed, form->folded, leaf->expr->n) > leaf->expr->n)
        return;
    for (size_t i = 0; i < ORACLE_LANGUAGES; i++) {
        struct query_word word = QUERY_WORD_INIT;

        analysis_query(oracle->analyzer, oracle_languages[i], form->folded,
                       strlen(form->folded), &word);
        for (size_t j = 0; j < word.readings; j++)
            if (word.reading[j].terms == 1)
                oracle_mark(oracle, leaf,
                            word.term[word.reading[j].first].term);
        query_word_release(&word);
    }
}

static struct oracle_leaf *
oracle_leaf_of(struct oracle *oracle, const struct expr *expr)
{
    struct oracle_leaf *leaf = oracle->leaf;

    for (size_t i = 0; i < oracle->leaves; i++)
        if (oracle->leaf[i].expr == expr)
            return &oracle->leaf[i];
    if (oracle->leaves == ORACLE_LEAVES)
        abort();
    leaf += oracle->leaves++;
    memset(leaf, 0, sizeof(*leaf));
    leaf->expr = expr;
    leaf->exact = expr->flags & EXPR_EXACT ||
                  (expr->kind == EXPR_PHRASE && !(expr->flags & EXPR_STEMMED) &&
                   !strchr(expr->text, ' '));
    for (size_t i = 0; i < ORACLE_LANGUAGES; i++)
        analysis_query(oracle->analyzer, oracle_languages[i], expr->text,
                       strlen(expr->text), &leaf->word[i]);
    for (size_t i = 0; expr->kind == EXPR_FUZZY && i < oracle->forms; i++)
        oracle_look_near(oracle, leaf, &oracle->form[i]);
    return leaf;
}

static bool
oracle_is_near(const struct oracle *oracle, const struct oracle_leaf *leaf,
               const char *term)
{
    for (size_t i = 0; i < oracle->forms; i++)
        if (leaf->form[i] && strcmp(oracle->form[i].term, term) == 0)
            return true;
    for (size_t i = 0; i < ORACLE_LANGUAGES; i++)
        if (strcmp(leaf->word[i].term[0].term, term) == 0)
            return true;
    return false;
}

static bool
oracle_token_fits(const struct oracle *oracle, const struct oracle_leaf *leaf,
                  const struct oracle_token *token,
                  const struct query_term *term)
{
    if (leaf->expr->kind == EXPR_FUZZY)
        return !token->twin && oracle_is_near(oracle, leaf, token->term);
    if (strcmp(token->term, term->term) != 0)
        return false;
    return !leaf->exact ||
           (!token->twin && strcmp(token->folded, term->folded) == 0);
}

/*
 * Follow the terms of a reading from word `at`.  The next term stands in the
 * next word; in a phrase whose words may have other endings, behind a word that
 * joins two it may stand behind both.
 */
static void
oracle_follow(const struct oracle_article *article, const struct oracle *oracle,
              const struct oracle_leaf *leaf, const struct query_term *term,
              size_t terms, size_t first, size_t at,
              const struct oracle_scope *scope, struct oracle_spans *out)
{
    const struct oracle_word *word = &article->word[at];

    if (at >= article->words || word->field != article->word[first].field)
        return;
    for (size_t i = 0; i < word->tokens; i++) {
        const struct oracle_token *token = &word->token[i];

        if (!oracle_token_fits(oracle, leaf, token, term))
            continue;
        if (terms == 1) {
            if (oracle_in_scope(article, first, at, scope))
                oracle_add(out, first, at);
            continue;
        }
        oracle_follow(article, oracle, leaf, term + 1, terms - 1, first, at + 1,
                      scope, out);
        if (token->joined && leaf->expr->kind == EXPR_PHRASE && !leaf->exact &&
            at + 1 < article->words && article->word[at + 1].start < token->end)
            oracle_follow(article, oracle, leaf, term + 1, terms - 1, first,
                          at + 2, scope, out);
    }
}

static void
oracle_pattern(const struct oracle_article *article, const struct expr *expr,
               const struct oracle_scope *scope, struct oracle_spans *out)
{
    size_t wild = strcspn(expr->text, "*?");
    bool prefix = expr->text[wild] == '*' && !expr->text[wild + 1];

    for (size_t i = 0; i < article->words; i++)
        for (size_t j = 0; j < article->word[i].tokens; j++) {
            const struct oracle_token *token = &article->word[i].token[j];

            if (!token->twin && oracle_in_scope(article, i, i, scope) &&
                (oracle_glob(expr->text, token->folded) ||
                 (prefix && oracle_glob(expr->text, token->term))))
                oracle_add(out, i, i);
        }
}

static void
oracle_leaf(const struct oracle_article *article, struct oracle *oracle,
            const struct expr *expr, const struct oracle_scope *scope,
            struct oracle_spans *out)
{
    const struct oracle_leaf *leaf;
    const struct query_word *word;

    if (expr->kind == EXPR_PATTERN) {
        oracle_pattern(article, expr, scope, out);
        return;
    }
    leaf = oracle_leaf_of(oracle, expr);
    word = &leaf->word[article->language];
    for (size_t r = 0; r < word->readings; r++) {
        size_t terms = word->reading[r].terms;

        /* Several terms have no edits; written as one they may have. */
        if (expr->kind == EXPR_FUZZY && terms > 1 && word->readings > 1)
            continue;
        for (size_t i = 0; i < article->words; i++)
            oracle_follow(article, oracle, leaf,
                          &word->term[word->reading[r].first], terms, i, i,
                          scope, out);
    }
}

/* Does b stand to a as the operator says? */
static bool
oracle_near(const struct oracle_article *article, const struct expr *expr,
            const struct oracle_span *a, const struct oracle_span *b)
{
    size_t low = a->first < b->first ? a->first : b->first;
    size_t high = a->last > b->last ? a->last : b->last;
    const struct oracle_word *word = article->word;
    bool sentence =
        expr->kind == EXPR_SENTENCE || expr->flags & EXPR_IN_SENTENCE;
    bool paragraph =
        expr->kind == EXPR_PARAGRAPH || expr->flags & EXPR_IN_PARAGRAPH;

    if (a->last >= b->first && b->last >= a->first)
        return false;
    if (word[low].field != word[high].field)
        return false;
    for (size_t i = low; i <= high; i++) {
        if (sentence && word[i].sentence != word[low].sentence)
            return false;
        if (paragraph && word[i].paragraph != word[low].paragraph)
            return false;
    }
    if (sentence || paragraph)
        return true;
    if (b->first > a->last)
        return word[b->first].position - word[a->last].position <=
               (uint32_t)expr->n;
    return !(expr->flags & EXPR_ORDERED) &&
           word[a->first].position - word[b->last].position <=
               (uint32_t)expr->n;
}

static bool oracle_eval(const struct oracle_article *article,
                        struct oracle *oracle, const struct expr *expr,
                        const struct oracle_scope *scope,
                        struct oracle_spans *out);

static bool
oracle_pair(const struct oracle_article *article, struct oracle *oracle,
            const struct expr *expr, const struct oracle_scope *scope,
            struct oracle_spans *out)
{
    struct oracle_spans a = {0};
    struct oracle_spans b = {0};

    oracle_eval(article, oracle, expr->child[0], scope, &a);
    oracle_eval(article, oracle, expr->child[1], scope, &b);
    for (size_t i = 0; i < a.count; i++) {
        bool any = false;

        for (size_t j = 0; j < b.count; j++)
            if (oracle_near(article, expr, &a.span[i], &b.span[j])) {
                size_t first = a.span[i].first, last = a.span[i].last;

                any = true;
                if (expr->kind == EXPR_APART)
                    break;
                if (b.span[j].first < first)
                    first = b.span[j].first;
                if (b.span[j].last > last)
                    last = b.span[j].last;
                oracle_add(out, first, last);
            }
        if (!any && expr->kind == EXPR_APART)
            oracle_add(out, a.span[i].first, a.span[i].last);
    }
    free(a.span);
    free(b.span);
    return out->count > 0;
}

static void
oracle_narrow(const struct expr *expr, struct oracle_scope *scope)
{
    bool keep[FIELD_COUNT] = {false};

    if (expr->kind == EXPR_CASE)
        scope->letters[expr->letters] = true;
    if (expr->kind != EXPR_ZONE)
        return;
    scope->zoned = true;
    keep[FIELD_HEADLINE] =
        expr->zone == ZONE_HEADLINE || expr->zone == ZONE_HLEAD;
    keep[FIELD_BYLINE] = expr->zone == ZONE_BYLINE;
    keep[FIELD_CAPTIONS] = expr->zone == ZONE_CAPTION;
    keep[FIELD_BODY] = expr->zone == ZONE_BODY || expr->zone == ZONE_LEAD ||
                       expr->zone == ZONE_HLEAD || expr->zone == ZONE_FIRST;
    keep[FIELD_SOURCE] = expr->zone == ZONE_SOURCE;
    keep[FIELD_SECTION] = expr->zone == ZONE_SECTION;
    keep[FIELD_DATELINE] = expr->zone == ZONE_DATELINE;
    keep[FIELD_KEYWORDS] = expr->zone == ZONE_KEYWORD;
    keep[FIELD_LANGUAGE] = expr->zone == ZONE_LANGUAGE;
    keep[FIELD_URL] = expr->zone == ZONE_URL;
    keep[FIELD_ADDED] = expr->zone == ZONE_ADDED;
    for (int i = 0; i < FIELD_COUNT; i++)
        scope->field[i] = scope->field[i] && keep[i];
    if ((expr->zone == ZONE_LEAD || expr->zone == ZONE_HLEAD) &&
        scope->paragraph > 2)
        scope->paragraph = 2;
    if (expr->zone == ZONE_FIRST && scope->below > (uint32_t)expr->n)
        scope->below = (uint32_t)expr->n;
}

/* How many different words the spans begin at. */
static size_t
oracle_begun(const struct oracle_spans *spans)
{
    size_t begun = 0;

    for (size_t i = 0; i < spans->count; i++) {
        bool known = false;

        for (size_t j = 0; j < i; j++)
            known = known || spans->span[j].first == spans->span[i].first;
        begun += !known;
    }
    return begun;
}

static bool
oracle_list(const struct oracle_article *article, struct oracle *oracle,
            const struct expr *expr, const struct oracle_scope *scope,
            struct oracle_spans *out)
{
    bool all = true;
    bool any = false;

    for (size_t i = 0; i < expr->children; i++) {
        struct oracle_spans part = {0};
        bool truth = oracle_eval(article, oracle, expr->child[i], scope, &part);

        all = all && truth;
        any = any || truth;
        for (size_t j = 0; truth && j < part.count; j++)
            oracle_add(out, part.span[j].first, part.span[j].last);
        free(part.span);
    }
    if (expr->kind == EXPR_AND ? all : any)
        return true;
    out->count = 0;
    return false;
}

static bool
oracle_major(const struct oracle_article *article, struct oracle *oracle,
             const struct expr *child, const struct oracle_scope *scope,
             struct oracle_spans *out)
{
    const struct expr hlead = {.kind = EXPR_ZONE, .zone = ZONE_HLEAD};
    struct oracle_scope inner = *scope;
    struct oracle_spans part = {0};
    bool prominent;

    oracle_narrow(&hlead, &inner);
    oracle_eval(article, oracle, child, &inner, &part);
    prominent = part.count > 0;
    free(part.span);
    oracle_eval(article, oracle, child, scope, out);
    if (prominent || oracle_begun(out) >= 3)
        return true;
    out->count = 0;
    return false;
}

static bool
oracle_eval(const struct oracle_article *article, struct oracle *oracle,
            const struct expr *expr, const struct oracle_scope *scope,
            struct oracle_spans *out)
{
    struct oracle_scope inner = *scope;
    struct oracle_spans ignored = {0};
    bool truth;

    switch ((int)expr->kind) {
    case EXPR_WORD:
    case EXPR_PHRASE:
    case EXPR_PATTERN:
    case EXPR_FUZZY:
        oracle_leaf(article, oracle, expr, scope, out);
        return out->count > 0;
    case EXPR_AND:
    case EXPR_OR:
        return oracle_list(article, oracle, expr, scope, out);
    case EXPR_NOT:
        truth = oracle_eval(article, oracle, expr->child[0], scope, &ignored);
        free(ignored.span);
        return !truth;
    case EXPR_NEAR:
    case EXPR_SENTENCE:
    case EXPR_PARAGRAPH:
    case EXPR_APART:
        return oracle_pair(article, oracle, expr, scope, out);
    case EXPR_ATLEAST:
        oracle_eval(article, oracle, expr->child[0], scope, out);
        if (oracle_begun(out) < (size_t)expr->n)
            out->count = 0;
        return out->count > 0;
    case EXPR_MAJOR:
        return oracle_major(article, oracle, expr->child[0], scope, out);
    case EXPR_DATE:
        return article->dated && article->day >= expr->from &&
               article->day <= expr->to;
    case EXPR_LENGTH:
        return article->length >= expr->from && article->length <= expr->to;
    default:
        oracle_narrow(expr, &inner);
        return oracle_eval(article, oracle, expr->child[0], &inner, out);
    }
}

static bool
oracle_matches(const struct oracle_article *article, struct oracle *oracle,
               const struct expr *expr)
{
    struct oracle_scope scope = {.below = UINT32_MAX, .paragraph = UINT32_MAX};
    struct oracle_spans spans = {0};
    bool truth;

    for (int i = 0; i < FIELD_COUNT; i++)
        scope.field[i] = true;
    truth = oracle_eval(article, oracle, expr, &scope, &spans);
    free(spans.span);
    return truth;
}

#endif
