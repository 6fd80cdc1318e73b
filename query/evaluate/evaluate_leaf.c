/* In which articles a leaf is, and where. */
#include <string.h>

#include "corpus/base/bisect.h"
#include "indexer/ranked/ranked.h"
#include "query/evaluate/evaluate_parts.h"

/* The first article, not before `docid`, with all terms of a reading. */
static uint32_t
reading_next(struct evaluator *ev, struct evaluated_leaf *leaf,
             const struct reading *reading, uint32_t docid)
{
    struct term_list *list = leaf->list + reading->first;
    size_t at = 0;
    size_t agree = 0;

    while (agree < reading->terms) {
        uint32_t next = term_next(ev, &list[at], docid);

        if (next == NO_ARTICLE)
            return NO_ARTICLE;
        agree = next == docid ? agree + 1 : 1;
        docid = next;
        at = (at + 1) % reading->terms;
    }
    return docid;
}

static size_t
readings_of(const struct evaluated_leaf *leaf)
{
    return leaf->many ? leaf->lists : leaf->leaf->readings;
}

/* Of many words each list is a reading. */
static struct reading
reading_of(const struct evaluated_leaf *leaf, size_t i)
{
    const struct reading word = {.first = i, .terms = 1};

    return leaf->many ? word : leaf->leaf->reading[i];
}

uint32_t
leaf_next(struct evaluator *ev, struct evaluated_leaf *leaf, uint32_t docid)
{
    uint32_t least = NO_ARTICLE;

    if (leaf->leaf->aside)
        return leaf->column ? column_next(leaf->column, docid) : docid;
    if (leaf->window)
        return window_seek(ev, leaf, docid);
    if (leaf->asked <= docid && docid <= leaf->docid)
        return leaf->docid;
    for (size_t i = 0; least != docid && i < readings_of(leaf); i++) {
        struct reading reading = reading_of(leaf, i);
        uint32_t next = reading_next(ev, leaf, &reading, docid);

        least = next < least ? next : least;
    }
    leaf->asked = docid;
    leaf->docid = least;
    return least;
}

bool
leaf_may_stand(struct evaluator *ev, struct evaluated_leaf *leaf)
{
    return leaf_next(ev, leaf, ev->docid) == ev->docid;
}

/* --- where it stands --- */

static bool
letters_fit(unsigned written, unsigned letters)
{
    if (letters & 1u << LETTERS_ALL_CAPITALS && written != RANKED_CAPITALS)
        return false;
    if (letters & 1u << LETTERS_CAPITAL && written == RANKED_SMALL)
        return false;
    return !(letters & 1u << LETTERS_NO_CAPITAL) || written == RANKED_SMALL;
}

/* Is what stands at place i of a term what is meant? */
static bool
form_fits(const struct term_list *list, size_t i, unsigned letters)
{
    uint8_t form;

    if (!list->form)
        return true;
    if (list->places.form[i] >= list->list.forms)
        return false;
    form = list->form[list->places.form[i]];
    return form & FORM_FITS &&
           (!letters || letters_fit(form & FORM_LETTERS, letters));
}

/* Is it in a field that is asked for, and early enough? */
static bool
in_scope(struct evaluator *ev, const struct scope *scope, uint32_t first,
         uint32_t last)
{
    const unsigned everywhere = (1u << FIELD_TEXT_COUNT) - 1;
    enum field field;

    if ((scope->fields & everywhere) == everywhere &&
        scope->body_limit == UINT32_MAX)
        return true;
    field = article_field(ev, first);
    if (field == FIELD_TEXT_COUNT || !(scope->fields & 1u << field))
        return false;
    return field != FIELD_BODY || last < scope->body_limit;
}

/* Where a place is among others; their number if it is not. */
static size_t
find_place(const struct ranked_places *places, uint32_t place)
{
    struct bisect half = bisect_between(0, places->places);

    while (bisect_next(&half))
        bisect_go(&half, places->place[half.middle] < place);
    if (half.low < places->places && places->place[half.low] == place)
        return half.low;
    return places->places;
}

/* The words of a reading, all in the present article. */
struct following {
    struct term_list *list;
    size_t terms;
    const struct evaluated_leaf *leaf;
    bool forms; /* they matter, */
    unsigned letters;
};

/* Does the reading go on from this place of its first term? */
static bool
goes_on(const struct following *following, uint32_t place)
{
    for (size_t j = 1; j < following->terms; j++) {
        const struct term_list *list = &following->list[j];
        size_t at = find_place(&list->places, place + (uint32_t)j);

        if (at == list->places.places ||
            (following->forms && !form_fits(list, at, following->letters)))
            return false;
    }
    /* Where it has the parts of a word, the word stands, too. */
    for (size_t j = 0; j < following->terms; j++) {
        size_t joined = following->list[j].test->joined;
        const struct ranked_places *places;

        if (!joined)
            continue;
        places = &following->leaf->list[joined - 1].places;
        if (find_place(places, place + (uint32_t)j) == places->places)
            return false;
    }
    return true;
}

/* Have the places of a reading at hand; false if the article lacks a term. */
static bool
follow(struct evaluator *ev, struct evaluated_leaf *leaf,
       const struct reading *reading, struct following *following)
{
    *following = (struct following){.list = leaf->list + reading->first,
                                    .terms = reading->terms,
                                    .leaf = leaf};
    for (size_t j = 0; j < reading->terms; j++) {
        size_t joined = following->list[j].test->joined;

        if (!term_has(ev, &following->list[j], ev->docid))
            return false;
        if (joined && !term_has(ev, &leaf->list[joined - 1], ev->docid))
            return false;
    }
    for (size_t j = 0; j < reading->terms; j++) {
        size_t joined = following->list[j].test->joined;

        term_places(ev, &following->list[j]);
        if (joined)
            term_places(ev, &leaf->list[joined - 1]);
    }
    return true;
}

/* Whether any form that stands in the article is meant, if that can be told
 * without its places. */
static bool
surely_stands(struct evaluator *ev, struct term_list *list,
              const struct scope *scope, bool *sure)
{
    const unsigned everywhere = (1u << FIELD_TEXT_COUNT) - 1;

    *sure = scope->body_limit == UINT32_MAX &&
            (scope->fields & everywhere) == everywhere;
    if (!*sure || (!scope->letters && !list->some))
        return true;
    *sure = term_load(ev, list) && !ranked_is_formed(list->cursor, list->at);
    return *sure && list->first &&
           letters_fit(list->form[0] & FORM_LETTERS, scope->letters);
}

/* A word, that stands in the present article; where, or only whether. */
static bool
word_stands(struct evaluator *ev, struct term_list *list,
            const struct scope *scope, struct extents *out)
{
    bool sure;
    bool stands = surely_stands(ev, list, scope, &sure);
    bool any = false;
    const struct ranked_places *places;

    if (sure && (!stands || !out))
        return stands;
    places = term_places(ev, list);
    for (size_t i = 0; i < places->places && (out || !any); i++) {
        if (!form_fits(list, i, scope->letters) ||
            !in_scope(ev, scope, places->place[i], places->place[i]))
            continue;
        any = true;
        if (out)
            extents_add(out, places->place[i], places->place[i]);
    }
    return any;
}

static bool
reading_stands(struct evaluator *ev, struct evaluated_leaf *leaf,
               const struct reading *reading, const struct scope *scope,
               struct extents *out)
{
    struct following following;
    const struct ranked_places *places;
    uint32_t words = (uint32_t)reading->terms - 1;
    bool any = false;

    if (reading->terms == 1 && !leaf->list[reading->first].test->joined) {
        struct term_list *list = &leaf->list[reading->first];

        return term_has(ev, list, ev->docid) &&
               word_stands(ev, list, scope, out);
    }
    if (!follow(ev, leaf, reading, &following))
        return false;
    following.forms = true;
    following.letters = scope->letters;
    places = &following.list[0].places;
    for (size_t i = 0; i < places->places && (out || !any); i++) {
        uint32_t place = places->place[i];

        if (!form_fits(following.list, i, scope->letters) ||
            !in_scope(ev, scope, place, place + words) ||
            !goes_on(&following, place))
            continue;
        any = true;
        if (out)
            extents_add(out, place, place + words);
    }
    return any;
}

/* Of many words, whether one stands in the article is asked first of those
 * that tell without their places. */
static bool
any_word_stands(struct evaluator *ev, struct evaluated_leaf *leaf,
                const struct scope *scope, struct extents *out)
{
    uint32_t next = 0;
    struct term_list *list = window_first(ev, leaf, ev->docid, &next);
    bool any = false;
    bool sure;

    for (; list && !out; list = window_next(leaf, ev->docid, &next))
        if (surely_stands(ev, list, scope, &sure) && sure)
            return true;
    list = window_first(ev, leaf, ev->docid, &next);
    for (; list && (out || !any); list = window_next(leaf, ev->docid, &next))
        any = word_stands(ev, list, scope, out) || any;
    return any;
}

bool
leaf_stands(struct evaluator *ev, struct evaluated_leaf *leaf,
            const struct scope *scope, struct extents *out)
{
    bool any = false;

    if (!(scope->fields & ((1u << FIELD_TEXT_COUNT) - 1)))
        return false;
    if (leaf->window) {
        any = any_word_stands(ev, leaf, scope, out);
    } else {
        for (size_t i = 0; (out || !any) && i < readings_of(leaf); i++) {
            struct reading reading = reading_of(leaf, i);

            any = reading_stands(ev, leaf, &reading, scope, out) || any;
        }
    }
    if (out)
        extents_sort(out);
    return any;
}

/* --- what it scores --- */

/* The places of the fields in which a leaf scores: [*from, *end), and maybe
 * others. */
static void
fields_span(struct evaluator *ev, const struct evaluated_leaf *leaf,
            uint64_t *from, uint64_t *end)
{
    size_t first = 0;
    size_t last = FIELD_TEXT_COUNT - 1;

    article_measure(ev);
    while (first < last && !(leaf->fields & 1u << first))
        first++;
    while (last > first && !(leaf->fields & 1u << last))
        last--;
    *from = first ? ev->end[first - 1] + 1 : 0;
    *end = ev->end[last];
}

static void
gather(struct evaluator *ev, struct term_list *list, uint64_t from,
       uint64_t end)
{
    struct ranked_places some = *term_places(ev, list);

    for (; some.places && some.place[some.places - 1] >= end; some.places--)
        ;
    for (; some.places && *some.place < from; some.places--)
        some.place++;
    ranked_places_add(&ev->gathered, &some);
}

static void
gather_reading(struct evaluator *ev, struct evaluated_leaf *leaf,
               const struct reading *reading)
{
    struct following following;
    const struct ranked_places *places;

    if (!follow(ev, leaf, reading, &following))
        return;
    places = &following.list[0].places;
    for (size_t i = 0; i < places->places; i++) {
        struct ranked_places one = {.place = &places->place[i], .places = 1};

        if (goes_on(&following, places->place[i]))
            ranked_places_add(&ev->gathered, &one);
    }
}

const struct ranked_places *
leaf_scoring(struct evaluator *ev, struct evaluated_leaf *leaf)
{
    struct ranked_places *all = &ev->gathered;
    const struct scope scope = {.fields = leaf->fields,
                                .body_limit = UINT32_MAX};
    size_t kept = 0;

    all->places = 0;
    if (leaf->window) {
        uint32_t next = 0;
        struct term_list *list = window_first(ev, leaf, ev->docid, &next);
        uint64_t from;
        uint64_t end;

        fields_span(ev, leaf, &from, &end);
        for (; list; list = window_next(leaf, ev->docid, &next))
            gather(ev, list, from, end);
    } else {
        for (size_t i = 0; i < readings_of(leaf); i++) {
            struct reading reading = reading_of(leaf, i);

            if (reading_next(ev, leaf, &reading, ev->docid) == ev->docid)
                gather_reading(ev, leaf, &reading);
        }
    }
    ranked_places_settle(all);
    for (size_t i = 0; i < all->places; i++)
        if (in_scope(ev, &scope, all->place[i], all->place[i]))
            all->place[kept++] = all->place[i];
    all->places = kept;
    return all;
}

/*
 * How many of its words the present article has, as far as their impacts tell
 * what the leaf's is: wherever they stand.  `*impact` is that of the only one,
 * `*sum` what all of them come to at most.
 */
struct words_met {
    size_t words;
    uint32_t impact;
    float sum;
};

static void
meet_word(struct words_met *met, uint32_t impact)
{
    met->words++;
    met->impact = impact;
    met->sum += bm25f_unsaturate(impact);
}

static void
meet_words(struct evaluator *ev, struct evaluated_leaf *leaf,
           struct words_met *met)
{
    uint32_t next = 0;

    *met = (struct words_met){0};
    if (leaf->window) {
        struct term_list *list = window_first(ev, leaf, ev->docid, &next);

        for (; list; list = window_next(leaf, ev->docid, &next))
            meet_word(met, list->impact);
        return;
    }
    for (size_t i = 0; i < leaf->lists; i++)
        if (term_has(ev, &leaf->list[i], ev->docid))
            meet_word(met,
                      ranked_impact(leaf->list[i].cursor, leaf->list[i].at));
}

static bool
is_of_one_word(const struct evaluated_leaf *leaf, const struct words_met *met)
{
    const unsigned everywhere = (1u << FIELD_TEXT_COUNT) - 1;

    return met->words == 1 && leaf->many &&
           (leaf->fields & everywhere) == everywhere;
}

/* Its impact if every word of the fields in which it scores were one of its. */
static uint32_t
fields_impact(struct evaluator *ev, const struct evaluated_leaf *leaf)
{
    uint32_t tf[FIELD_TEXT_COUNT] = {0};
    struct bm25f_norm norm;

    article_measure(ev);
    for (size_t i = 0; i < FIELD_TEXT_COUNT; i++)
        tf[i] = leaf->fields & 1u << i ? ev->length[i] : 0;
    bm25f_norm_init(&norm, ev->length);
    return bm25f_impact(&norm, tf);
}

uint32_t
leaf_impact_most(struct evaluator *ev, struct evaluated_leaf *leaf)
{
    struct words_met met;
    uint32_t most;
    uint32_t fields = BM25F_IMPACT_MAX;

    meet_words(ev, leaf, &met);
    if (is_of_one_word(leaf, &met))
        return met.impact;
    most = bm25f_saturate(met.sum) + 1;
    if (leaf->window && !(leaf->fields & 1u << FIELD_BODY))
        fields = fields_impact(ev, leaf);
    return most < fields ? most : fields;
}

uint32_t
leaf_impact(struct evaluator *ev, struct evaluated_leaf *leaf)
{
    const struct ranked_places *places;
    uint32_t tf[FIELD_TEXT_COUNT] = {0};
    struct bm25f_norm norm;
    struct words_met met;
    size_t field = 0;

    meet_words(ev, leaf, &met);
    if (is_of_one_word(leaf, &met))
        return met.impact;
    places = leaf_scoring(ev, leaf);
    if (!places->places)
        return 0;
    article_measure(ev);
    for (size_t i = 0; i < places->places; i++) {
        while (field + 1 < FIELD_TEXT_COUNT &&
               places->place[i] >= ev->end[field])
            field++;
        tf[field]++;
    }
    bm25f_norm_init(&norm, ev->length);
    return bm25f_impact(&norm, tf);
}
