/*
 * The lists of a leaf's terms in a segment, how these are written, and, where
 * there are very many of them, which have an article.
 */
#include <stdlib.h>
#include <string.h>

#include "corpus/base/mem.h"
#include "indexer/ranked/ranked.h"
#include "indexer/ranked/ranked_forms.h"
#include "indexer/ranked/ranked_terms.h"
#include "query/evaluate/evaluate_parts.h"
#include "query/words/glob.h"

enum {
    MANY = 6 /* lists; of more, each article's are found by windows */
};

/* --- forms --- */

struct forming {
    struct term_list *list;
    const char *term;
    size_t term_size;
    size_t forms;
    size_t room;
    bool any;
};

static bool
fits(const struct forming *forming, const char *word, size_t size,
     unsigned letters)
{
    const struct leaf_term *test = forming->list->test;
    bool twin = letters >= RANKED_TWIN;

    switch (test->test) {
    case LEAF_EXACT:
        return !twin && strlen(test->folded) == size &&
               memcmp(test->folded, word, size) == 0;
    case LEAF_GLOB:
        return !twin && glob_fits(test->term, word, size);
    case LEAF_PREFIX:
        return !twin &&
               (glob_fits(test->term, word, size) ||
                glob_fits(test->term, forming->term, forming->term_size));
    case LEAF_TERM:
    case LEAF_TWIN:
    case LEAF_FUZZY:
    default:
        return true;
    }
}

static bool
see_form(void *context, const char *word, size_t size, unsigned letters)
{
    struct forming *forming = context;
    struct term_list *list = forming->list;
    uint8_t form = (uint8_t)(letters % RANKED_TWIN);

    if (fits(forming, word, size, letters)) {
        form |= FORM_FITS;
        forming->any = true;
    } else {
        list->some = true;
    }
    list->form = mem_grow(list->form, forming->forms, &forming->room,
                          sizeof(*list->form));
    list->form[forming->forms++] = form;
    return forming->forms < list->list.forms;
}

/* How the term is written, if anybody wants to know; false if no form is one
 * that is meant. */
static bool
read_forms(struct evaluator *ev, struct term_list *list, const char *term,
           size_t size)
{
    struct forming forming = {.list = list, .term = term, .term_size = size};

    list->first = true;
    if (!list->list.articles)
        return false;
    if (!ev->lettered && list->test->test != LEAF_EXACT &&
        list->test->test != LEAF_GLOB && list->test->test != LEAF_PREFIX)
        return true;
    ranked_forms(ev->run.ranked, &list->list, see_form, &forming);
    /* A number that the dictionary does not have fits nothing. */
    list->list.forms = (uint32_t)forming.forms;
    list->first = forming.forms && list->form[0] & FORM_FITS;
    return forming.any;
}

/* --- lists --- */

static void
list_begin(struct term_list *list)
{
    list->block = 0;
    list->docid = 0;
    list->asked = UINT32_MAX;
    list->decoded = NO_ARTICLE;
}

/* The lists of a leaf, while they are found. */
struct opening {
    struct evaluator *ev;
    struct evaluated_leaf *leaf;
    size_t room;
};

/* A term of a leaf, found already.  One that is not meant is dropped. */
static void
add_list(struct opening *opening, const struct ranked_list *found,
         const struct leaf_term *test, const char *term, size_t size)
{
    struct evaluated_leaf *leaf = opening->leaf;
    struct term_list *list;

    leaf->list =
        mem_grow(leaf->list, leaf->lists, &opening->room, sizeof(*leaf->list));
    list = &leaf->list[leaf->lists];
    *list = (struct term_list){.list = *found, .test = test};
    list_begin(list);
    if (read_forms(opening->ev, list, term, size) || !leaf->many) {
        leaf->lists++;
        return;
    }
    free(list->form);
}

static bool
see_term(void *context, const struct ranked_list *list, const char *term,
         size_t size)
{
    struct opening *opening = context;

    add_list(opening, list, &opening->leaf->leaf->term[0], term,
             term_unmarked(term, size));
    return !run_is_late(&opening->ev->run);
}

static void
find_terms(struct opening *opening, const struct list *terms)
{
    for (size_t i = 0; i < terms->count; i++) {
        const char *term = terms->item[i];
        struct ranked_list list;

        if (ranked_find(opening->ev->run.ranked, term, strlen(term), &list))
            see_term(opening, &list, term, strlen(term));
    }
}

/* Every term that fits a pattern, as the plan has them. */
static void
open_pattern(struct opening *opening)
{
    const struct leaf *leaf = opening->leaf->leaf;
    const char *text = leaf->term[0].term;

    if (!leaf_is_prefix(leaf)) {
        find_terms(opening, &leaf->expansion);
        return;
    }
    ranked_lists(opening->ev->run.ranked, text, strlen(text) - 1, see_term,
                 opening);
    find_terms(opening, &leaf->stretched);
}

static void
open_leaf(struct evaluator *ev, struct evaluated_leaf *to)
{
    struct opening opening = {ev, to, 0};
    const struct leaf *leaf = to->leaf;

    to->many = true;
    for (size_t i = 0; i < leaf->readings; i++)
        to->many = to->many && leaf->reading[i].terms == 1 &&
                   !leaf->term[leaf->reading[i].first].joined;
    to->many = to->many && leaf->readings == leaf->terms;
    if (leaf_is_pattern(leaf)) {
        open_pattern(&opening);
    } else {
        for (size_t i = 0; i < leaf->terms; i++) {
            const struct leaf_term *term = &leaf->term[i];
            struct ranked_list list;
            size_t size = strlen(term->term);

            if (ranked_find(ev->run.ranked, term->term, size, &list) ||
                !to->many)
                add_list(&opening, &list, term, term->term, size);
        }
    }
    if (!to->many || to->lists <= MANY)
        return;
    to->window = window_new(to);
    for (size_t i = 0; i < to->lists; i++)
        to->list[i].shares = to->list[i].list.blocks == 1;
}

static bool
looks_at_letters(const struct expr *expr)
{
    bool looks = expr->kind == EXPR_CASE;

    for (size_t i = 0; !looks && i < expr->children; i++)
        looks = looks_at_letters(expr->child[i]);
    return looks;
}

/* Which leaves score, and in which fields. */
static void
note_fields(struct evaluator *ev, const struct ask *ask, bool scores)
{
    if (!ask)
        return;
    if (ask->kind == ASK_LEAF) {
        ev->leaf[ask->leaf].fields = scores ? ask->fields : 0;
        return;
    }
    note_fields(ev, ask->left, scores);
    note_fields(ev, ask->right, scores && ask->kind != ASK_NOT);
}

void
evaluator_open(struct evaluator *ev)
{
    const struct leaves *leaves = ev->evaluation->leaves;
    const struct plan *plan = ev->evaluation->plan;

    ev->leaf = mem_zero(leaves->count + 1, sizeof(*ev->leaf));
    ev->lettered = looks_at_letters(ev->evaluation->expr);
    for (size_t i = 0; i < leaves->count; i++) {
        ev->leaf[i].leaf = &leaves->leaf[i];
        ev->leaf[i].asked = NO_ARTICLE;
        if (!leaves->leaf[i].dropped && !leaves->leaf[i].aside)
            open_leaf(ev, &ev->leaf[i]);
    }
    note_fields(ev, plan->ask, !plan->complement);
}

void
evaluator_close(struct evaluator *ev)
{
    for (size_t i = 0; i < ev->evaluation->leaves->count; i++) {
        struct evaluated_leaf *leaf = &ev->leaf[i];

        for (size_t j = 0; j < leaf->lists; j++) {
            ranked_places_release(&leaf->list[j].places);
            if (leaf->list[j].cursor != ev->shared)
                free(leaf->list[j].cursor);
            free(leaf->list[j].form);
        }
        free(leaf->list);
        window_free(leaf->window);
    }
    evaluator_forget_columns(ev);
    free(ev->leaf);
    free(ev->shared);
    ev->leaf = NULL;
    ev->shared = NULL;
    ev->sharing = NULL;
}

/* Thousands of words are in a few articles each. */
static bool
load_shared(struct evaluator *ev, struct term_list *list, uint32_t block)
{
    if (!ev->shared)
        ev->shared = mem_resize(NULL, 1, sizeof(*ev->shared));
    if (ev->sharing != list)
        ranked_start(ev->shared, ev->run.ranked, &list->list);
    ev->sharing = list;
    list->cursor = ev->shared;
    return ranked_load(list->cursor, block);
}

static bool
load(struct evaluator *ev, struct term_list *list, uint32_t block)
{
    if (list->shares)
        return load_shared(ev, list, block);
    if (!list->cursor) {
        list->cursor = mem_resize(NULL, 1, sizeof(*list->cursor));
        ranked_start(list->cursor, ev->run.ranked, &list->list);
    }
    return ranked_load(list->cursor, block);
}

uint32_t
term_next(struct evaluator *ev, struct term_list *list, uint32_t docid)
{
    if (list->asked <= docid && docid <= list->docid)
        return list->docid;
    /* Who asks for less than before may have to begin again. */
    if (list->asked > docid && list->block &&
        ranked_last(&list->list, list->block - 1) >= docid)
        list->block = 0;
    list->asked = docid;
    list->docid = NO_ARTICLE;
    list->block = ranked_seek(&list->list, list->block, docid);
    while (list->block < list->list.blocks && load(ev, list, list->block)) {
        list->at = ranked_search(list->cursor, docid);
        if (list->at < list->cursor->count) {
            list->docid = list->cursor->docid[list->at];
            break;
        }
        list->block++;
    }
    return list->docid;
}

bool
term_load(struct evaluator *ev, struct term_list *list)
{
    return load(ev, list, list->block);
}

const struct ranked_places *
term_places(struct evaluator *ev, struct term_list *list)
{
    bool good;

    if (list->decoded == list->docid)
        return &list->places;
    list->decoded = list->docid;
    if (!load(ev, list, list->block)) {
        list->places.places = 0;
        return &list->places;
    }
    good = list->form
               ? ranked_formed_places(list->cursor, list->at, &list->places)
               : ranked_places(list->cursor, list->at, &list->places);
    if (!good)
        list->places.places = 0;
    return &list->places;
}

/* --- windows --- */

enum {
    WINDOW = 1 << 14, /* docids */
    WINDOW_NONE = -1
};

struct entry {
    uint32_t list;
    uint32_t block;
    uint16_t at; /* in the block */
    uint16_t impact;
    int32_t next;
};

struct window {
    uint32_t start; /* docids [start, start + WINDOW), if it is filled */
    bool filled;
    int32_t head[WINDOW];
    uint64_t has[WINDOW / 64];
    struct entry *entry;
    size_t entries;
    size_t room;
    uint32_t *block; /* of each list: no earlier one is of interest */
};

struct window *
window_new(const struct evaluated_leaf *leaf)
{
    struct window *window = mem_resize(NULL, 1, sizeof(*window));

    window->filled = false;
    window->entry = NULL;
    window->entries = 0;
    window->room = 0;
    window->block = mem_zero(leaf->lists + 1, sizeof(*window->block));
    return window;
}

void
window_free(struct window *window)
{
    if (!window)
        return;
    free(window->entry);
    free(window->block);
    free(window);
}

static void
window_put(struct window *window, uint32_t list, struct ranked_cursor *cursor,
           uint32_t at)
{
    uint32_t in = cursor->docid[at] - window->start;

    window->entry = mem_grow(window->entry, window->entries, &window->room,
                             sizeof(*window->entry));
    window->entry[window->entries] =
        (struct entry){list, cursor->block, (uint16_t)at,
                       (uint16_t)ranked_impacts(cursor)[at], window->head[in]};
    window->head[in] = (int32_t)window->entries++;
    window->has[in / 64] |= (uint64_t)1 << in % 64;
}

static void
window_fill(struct evaluator *ev, struct evaluated_leaf *leaf, uint32_t start)
{
    struct window *window = leaf->window;
    bool back = window->filled && start < window->start;

    window->start = start;
    window->filled = true;
    window->entries = 0;
    memset(window->head, 0xff, sizeof(window->head));
    memset(window->has, 0, sizeof(window->has));
    for (uint32_t i = 0; i < leaf->lists; i++) {
        struct term_list *list = &leaf->list[i];
        uint32_t block = back ? 0 : window->block[i];

        block = ranked_seek(&list->list, block, start);
        window->block[i] = block;
        for (; block < list->list.blocks && load(ev, list, block); block++) {
            struct ranked_cursor *cursor = list->cursor;

            window->block[i] = block;
            for (uint32_t at = ranked_search(cursor, start);
                 at < cursor->count && cursor->docid[at] - start < WINDOW; at++)
                window_put(window, i, cursor, at);
            if (ranked_last(&list->list, block) - start >= WINDOW)
                break;
        }
    }
}

uint32_t
window_seek(struct evaluator *ev, struct evaluated_leaf *leaf, uint32_t docid)
{
    struct window *window = leaf->window;

    while (docid < ev->run.to) {
        uint32_t start = docid - docid % WINDOW;
        uint32_t in = docid - start;

        if (!window->filled || window->start != start)
            window_fill(ev, leaf, start);
        for (uint32_t i = in / 64; i < WINDOW / 64; i++) {
            uint64_t bits = window->has[i];

            if (i == in / 64)
                bits &= ~(uint64_t)0 << in % 64;
            if (bits)
                return start + i * 64 + (uint32_t)__builtin_ctzll(bits);
        }
        docid = start + WINDOW;
        if (run_is_late(&ev->run))
            break;
    }
    return NO_ARTICLE;
}

struct term_list *
window_next(struct evaluated_leaf *leaf, uint32_t docid, uint32_t *next)
{
    struct window *window = leaf->window;
    const struct entry *entry;
    struct term_list *list;

    if (*next == (uint32_t)WINDOW_NONE)
        return NULL;
    entry = &window->entry[*next];
    list = &leaf->list[entry->list];
    list->block = entry->block;
    list->at = entry->at;
    list->impact = entry->impact;
    list->docid = docid;
    list->asked = docid;
    *next = (uint32_t)entry->next;
    return list;
}

struct term_list *
window_first(struct evaluator *ev, struct evaluated_leaf *leaf, uint32_t docid,
             uint32_t *next)
{
    if (window_seek(ev, leaf, docid) != docid)
        return NULL;
    *next = (uint32_t)leaf->window->head[docid - leaf->window->start];
    return window_next(leaf, docid, next);
}
