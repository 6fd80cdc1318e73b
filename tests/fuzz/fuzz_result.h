/*
 * tests/fuzz/fuzz_result.h - a search result whose every text is any bytes.
 *
 * The texts are the pieces of the input between bytes 1F, one after the other
 * and from the first again.  A mild result is the same with the five bytes
 * that mean something in markup replaced, so that it and the other must make
 * pages of the same shape.
 */
#ifndef TESTS_FUZZ_RESULT_H
#define TESTS_FUZZ_RESULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "corpus/base/mem.h"
#include "corpus/base/utf8.h"
#include "query/search/hit_members.h"
#include "query/search/search.h"

#define FUZZ_HITS 2

struct fuzz_texts {
    const char *all;
    size_t size;
    size_t at;
    bool mild;
};

static inline bool
fuzz_is_markup(char byte)
{
    return byte && strchr("<>&\"'", byte);
}

/* The next text, in `out`. */
static inline void
fuzz_text(struct fuzz_texts *texts, struct buf *out)
{
    const char *from = texts->all + texts->at;
    size_t left = texts->size - texts->at;
    const char *end = left ? memchr(from, 0x1f, left) : NULL;

    buf_set(out, from, end ? (size_t)(end - from) : left);
    texts->at = end ? (size_t)(end - texts->all) + 1 : 0;
    for (size_t i = 0; texts->mild && i < out->size; i++)
        if (fuzz_is_markup(out->data[i]))
            out->data[i] = 'x';
}

static inline char *
fuzz_string(struct fuzz_texts *texts)
{
    struct buf text = BUF_INIT;

    fuzz_text(texts, &text);
    return buf_take(&text);
}

/* A text and the spans in it, three letters each third. */
static inline void
fuzz_marked(struct fuzz_texts *texts, struct marked *marked)
{
    struct buf *text = &marked->text;

    fuzz_text(texts, text);
    for (size_t at = 2; at + 3 < text->size; at += 9) {
        size_t start = utf8_cut(text->data, text->size, at);
        size_t end = utf8_cut(text->data, text->size, at + 3);

        if (end > start)
            marked_add(marked, start, end);
    }
}

static inline void
fuzz_hit(struct fuzz_texts *texts, struct hit *hit)
{
    struct buf name = BUF_INIT;

    hit_init(hit);
    fuzz_marked(texts, &hit->headline);
    fuzz_marked(texts, &hit->snippet);
    fuzz_marked(texts, &hit->body);
    fuzz_text(texts, &hit->url);
    for (size_t i = 0; i < hit_members_count; i++) {
        const struct hit_member *member = &hit_members[i];

        if (hit_member_type(member) == TYPE_LINE &&
            member->from != MEMBER_HEADLINE && member->from != MEMBER_URL)
            fuzz_text(texts, hit_member_at(hit, member));
        if (hit_member_type(member) != TYPE_LIST)
            continue;
        fuzz_text(texts, &name);
        list_add_text(hit_member_at(hit, member), name.data);
    }
    fuzz_text(texts, &hit->path);
    fuzz_text(texts, &hit->captions);
    hit->published = date_of_day(2014, 10, 24);
    hit->seen = date_of_day(2015, 1, 2);
    hit->words = texts->size;
    buf_release(&name);
}

/* For search_result_release(). */
static inline void
fuzz_result(struct fuzz_texts *texts, struct search_result *result)
{
    char *note;

    *result = SEARCH_RESULT_INIT;
    result->total = FUZZ_HITS;
    result->articles = 7;
    result->hit = mem_zero(FUZZ_HITS, sizeof(*result->hit));
    for (result->hits = 0; result->hits < FUZZ_HITS; result->hits++)
        fuzz_hit(texts, &result->hit[result->hits]);
    note = fuzz_string(texts);
    list_add_text(&result->notes, note);
    free(note);
    result->suggestions = 1;
    result->suggestion = mem_zero(1, sizeof(*result->suggestion));
    *result->suggestion = (struct suggestion){
        fuzz_string(texts), fuzz_string(texts), fuzz_string(texts)};
    result->ways = 1;
    result->way = mem_zero(1, sizeof(*result->way));
    *result->way = (struct way){fuzz_string(texts), fuzz_string(texts),
                                fuzz_string(texts), 3};
    for (int i = 0; i < FACET_COUNT; i++) {
        struct facet *facet = &result->facet[i];

        facet->values = 2;
        facet->value = mem_zero(2, sizeof(*facet->value));
        facet->value[0] = (struct facet_value){fuzz_string(texts), 2, 4};
        facet->value[1] = (struct facet_value){fuzz_string(texts), 1, 0};
    }
    fuzz_text(texts, &result->canonical);
}

#endif
