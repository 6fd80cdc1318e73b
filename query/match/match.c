#include "query/match/match.h"

#include <stdlib.h>
#include <string.h>

#include "corpus/base/mem.h"
#include "indexer/bits/word.h"
#include "query/match/match_parts.h"

enum {
    STEPS = 4096 /* of which each takes well below a microsecond */
};

static bool
is_fixed(const struct leaf_term *term)
{
    return term->test < LEAF_GLOB;
}

/* A text has far more words than a query: what can be looked up is. */
static void
arrange_terms(struct match *match)
{
    size_t number = 0;

    for (size_t i = 0; i < match->leaves->count; i++) {
        const struct leaf *leaf = &match->leaves->leaf[i];

        for (size_t j = 0; j < leaf->terms; j++, number++) {
            const struct leaf_term *term = &leaf->term[j];

            match->term[number] = term;
            if (is_fixed(term))
                hash_table_add(&match->table,
                               word_hash(term->term, strlen(term->term)),
                               (uint32_t)number);
            else
                match->pattern[match->patterns++] = number;
        }
    }
}

struct match *
match_new(const struct expr *expr, const struct leaves *leaves,
          struct analyzer *analyzer)
{
    struct match *match = mem_zero(1, sizeof(*match));

    match->expr = expr;
    match->leaves = leaves;
    match->analyzer = analyzer;
    match->first_term = mem_zero(leaves->count + 1, sizeof(size_t));
    for (size_t i = 0; i < leaves->count; i++) {
        match->first_term[i] = match->terms;
        match->terms += leaves->leaf[i].terms;
    }
    match->found = mem_zero(match->terms + 1, sizeof(*match->found));
    match->term =
        mem_alloc((match->terms + 1) * sizeof(const struct leaf_term *));
    match->pattern = mem_alloc((match->terms + 1) * sizeof(*match->pattern));
    arrange_terms(match);
    return match;
}

void
match_free(struct match *match)
{
    if (!match)
        return;
    for (size_t i = 0; i < match->terms; i++)
        free(match->found[i].item);
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        free(match->field[i].sentence);
        free(match->field[i].mark);
    }
    free(match->found);
    free(match->term);
    free(match->pattern);
    free(match->first_term);
    hash_table_release(&match->table);
    free(match->word);
    free(match);
}

void
match_set_deadline(struct match *match, struct deadline *deadline)
{
    match->deadline = deadline;
}

bool
match_late(const struct match *match, size_t step)
{
    return step % STEPS == 0 && deadline_look(match->deadline);
}

const enum field match_order[MATCH_FIELDS] = {
    FIELD_HEADLINE, FIELD_BYLINE, FIELD_CAPTIONS, FIELD_BODY,
    FIELD_DATELINE, FIELD_SOURCE, FIELD_SECTION,  FIELD_KEYWORDS,
    FIELD_LANGUAGE, FIELD_URL,    FIELD_ADDED};

void
match_begin(struct match *match, const struct match_facts *facts)
{
    match->facts = *facts;
    match->words = 0;
    match->next = 0;
    match->lead_end = UINT32_MAX;
    for (size_t i = 0; i < match->terms; i++)
        match->found[i].count = 0;
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        match->field[i].count = 0;
        match->field[i].sentences = 0;
        match->field[i].marks = 0;
    }
}

static void
add_words(struct match *match, size_t count)
{
    for (; count > 0; count--) {
        match->word = mem_grow(match->word, match->words, &match->word_room,
                               sizeof(*match->word));
        memset(&match->word[match->words++], 0, sizeof(*match->word));
    }
}

static void
found_at(struct match *match, size_t term, const struct token *token)
{
    struct occurrences *found = &match->found[term];
    uint32_t place = match->field[match->current].first + token->position;

    if (found->count && found->item[found->count - 1].place == place)
        return;
    found->item =
        mem_grow(found->item, found->count, &found->room, sizeof(*found->item));
    found->item[found->count++] = (struct occurrence){
        place, (uint32_t)token->start, (uint32_t)token->end};
}

/* The first token at a position says what the word there is like. */
static void
note_word(struct match *match, const struct token *token)
{
    struct match_field *field = &match->field[match->current];
    struct match_word *word;

    if (token->position < field->count)
        return;
    add_words(match, token->position + 1 - field->count);
    if (!field->count ||
        match->word[match->words - 2].sentence != token->sentence) {
        field->sentence =
            mem_grow(field->sentence, field->sentences, &field->sentence_room,
                     sizeof(*field->sentence));
        field->sentence[field->sentences++] = token->start;
    }
    field->count = token->position + 1;
    word = &match->word[match->words - 1];
    word->sentence = token->sentence;
    word->paragraph = token->paragraph;
    word->start = (uint32_t)token->start;
    word->capital = token->capital;
    word->capitals = token->capitals;
    if (match->current == FIELD_BODY && token->paragraph >= 2 &&
        match->lead_end == UINT32_MAX)
        match->lead_end = field->first + token->position;
}

static int
take_token(void *context, const struct token *token)
{
    struct match *match = context;
    struct hash_look look = hash_table_look(
        &match->table, word_hash(token->term, token->term_size));
    uint32_t number;

    note_word(match, token);
    while ((number = hash_look_next(&look)) != HASH_NONE)
        if (leaf_term_fits(match->term[number], token))
            found_at(match, number, token);
    for (size_t i = 0; i < match->patterns; i++)
        if (leaf_term_fits(match->term[match->pattern[i]], token))
            found_at(match, match->pattern[i], token);
    return match_late(match, match->words);
}

/* The mark of a language: its bytes, and the code in `code`. */
static size_t
read_mark(const char *text, size_t size, char *code, size_t room)
{
    const char *end;
    size_t length;

    code[0] = '\0';
    if (!size || text[0] != '\x02')
        return 0;
    end = memchr(text + 1, '\x02', size - 1);
    if (!end)
        return 0;
    length = (size_t)(end - text) - 1;
    if (length >= room)
        return 0;
    memcpy(code, text + 1, length);
    code[length] = '\0';
    return length + 2;
}

void
match_field(struct match *match, enum field field, const char *text,
            size_t size)
{
    char language[16];
    size_t mark = read_mark(text, size, language, sizeof(language));

    match->current = field;
    match->field[field].first = match->next;
    match->field[field].base = match->words;
    /* A text without its words would not be found. */
    if (analyzer_run(match->analyzer, language[0] ? language : NULL,
                     text + mark, size - mark, take_token,
                     match) == ANALYSIS_NO_MEMORY)
        mem_got(NULL);
    if (match->words)
        match->next += match->field[field].count + FIELD_GAP;
}

static const struct scope whole_article = {
    .fields = (1u << FIELD_COUNT) - 1,
    .body_limit = UINT32_MAX,
};

bool
match_decide(struct match *match)
{
    if (!match->expr)
        return true;
    return match_eval(match, match->expr, &whole_article, NULL) &&
           !(match->deadline && match->deadline->late);
}

uint32_t
match_length(const struct match *match, enum field field)
{
    return match->field[field].count;
}

const size_t *
match_sentences(struct match *match, enum field field, size_t *sentences)
{
    *sentences = match->field[field].sentences;
    return match->field[field].sentence;
}

static int
by_start(const void *a, const void *b)
{
    const struct mark *left = a;
    const struct mark *right = b;

    if (left->start != right->start)
        return left->start < right->start ? -1 : 1;
    if (left->end != right->end)
        return left->end > right->end ? -1 : 1;
    return 0;
}

static void
add_marks(struct match *match, size_t number, const struct stretches *list)
{
    const struct leaf *leaf = &match->leaves->leaf[number];

    for (size_t i = 0; i < list->count; i++) {
        enum field at = match_field_of(match, list->item[i].first);
        struct match_field *field = &match->field[at];
        struct mark *mark;

        if (at == FIELD_COUNT)
            continue;
        field->mark = mem_grow(field->mark, field->marks, &field->mark_room,
                               sizeof(*field->mark));
        mark = &field->mark[field->marks++];
        mark->start = list->item[i].start;
        mark->end = list->item[i].end;
        mark->part = (unsigned)number;
        mark->weight = leaf->weight ? leaf->weight : 1;
        mark->sentence = match_word(match, list->item[i].first)->sentence;
    }
}

/* Mark each word that the tree asks for, in the part of the article where it
 * asks for it.  Proximity is not looked at: a reader wants to see the words. */
static void
mark_under(struct match *match, const struct expr *expr,
           const struct scope *scope)
{
    struct scope inner = *scope;

    if (expr->kind == EXPR_NOT)
        return;
    if (!expr->children && expr->text) {
        struct stretches list = {0};

        match_leaf(match, &match->leaves->leaf[expr->leaf], scope, &list);
        add_marks(match, expr->leaf, &list);
        free(list.item);
        return;
    }
    match_narrow(match, expr, &inner);
    for (size_t i = 0; i < expr->children; i++)
        if (expr->kind != EXPR_APART || i == 0)
            mark_under(match, expr->child[i], &inner);
}

const struct mark *
match_marks(struct match *match, enum field field, size_t *marks)
{
    bool done = false;

    for (size_t i = 0; i < FIELD_COUNT; i++)
        done = done || match->field[i].marks;
    if (!done && match->expr) {
        mark_under(match, match->expr, &whole_article);
        for (size_t i = 0; i < FIELD_COUNT; i++)
            if (match->field[i].marks)
                qsort(match->field[i].mark, match->field[i].marks,
                      sizeof(struct mark), by_start);
    }
    *marks = match->field[field].marks;
    return match->field[field].mark;
}
