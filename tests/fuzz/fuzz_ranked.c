/*
 * A ranked index of any bytes: opened, looked through, searched.  What is
 * found is no more than was asked for, best first, each once, and the same
 * the next time.
 *
 * The footer is put right first, and the sums of pages are taken away, or
 * they would keep everything else from being reached.
 */
#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "indexer/ranked/ranked.h"
#include "indexer/ranked/ranked_forms.h"
#include "indexer/ranked/ranked_list.h"
#include "indexer/ranked/ranked_sentences.h"
#include "indexer/ranked/ranked_terms.h"
#include "indexer/ranked/ranked_writer.h"
#include "query/topk/topk.h"
#include "tests/support/ranked_unsummed.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct words {
    char text[4][256];
    size_t size[4];
    size_t count;
};

static bool
keep(void *context, const char *term, size_t size, uint32_t articles)
{
    struct words *words = context;

    (void)articles;
    if (words->count < 4) {
        memcpy(words->text[words->count], term, size);
        words->size[words->count++] = size;
    }
    return true;
}

static bool
see_form(void *context, const char *word, size_t size, unsigned letters)
{
    unsigned *sum = context;

    for (size_t i = 0; i < size; i++)
        *sum += (unsigned char)word[i];
    *sum += letters;
    return true;
}

static bool
see_list(void *context, const struct ranked_list *list, const char *term,
         size_t size)
{
    (void)list;
    return see_form(context, term, size, 0);
}

/* How the words are written, at each place, and the sentences of all. */
static void
read_forms(struct ranked *ranked, const struct words *words)
{
    struct ranked_sentences sentences = {0};
    struct ranked_places places = {0};
    unsigned sum = 0;

    for (size_t i = 0; i < words->count; i++) {
        const struct ranked_search search = {
            words->text[i], words->size[i] ? 1 : 0, see_form, see_list, &sum};
        struct ranked_cursor cursor;
        struct ranked_list list;

        ranked_forms_with(ranked, &search);
        if (!ranked_find(ranked, words->text[i], words->size[i], &list))
            continue;
        ranked_forms(ranked, &list, see_form, &sum);
        ranked_start(&cursor, ranked, &list);
        for (uint32_t b = 0; b < list.blocks && ranked_load(&cursor, b); b++)
            for (uint32_t j = 0; j < cursor.count; j++)
                if (ranked_formed_places(&cursor, j, &places))
                    sum += places.form[0] + ranked_is_formed(&cursor, j);
    }
    for (uint32_t i = 0; i < ranked_articles(ranked) && i < 1000; i++) {
        ranked_sentences(ranked, i, &sentences);
        sum += ranked_lead(ranked, i);
    }
    ranked_places_release(&places);
    ranked_sentences_release(&sentences);
}

static void
check_result(const struct topk_query *query, const struct topk_result *result)
{
    assert(result->hits <= query->limit && result->hits <= result->count);
    for (size_t i = 1; i < result->hits; i++) {
        assert(result->hit[i - 1].score >= result->hit[i].score);
        for (size_t k = 0; k < i; k++)
            assert(result->hit[k].docid != result->hit[i].docid);
    }
}

static void
run(const struct topk_archive *archive, const struct topk_query *query)
{
    struct topk_result once = TOPK_RESULT_INIT;
    struct topk_result twice = TOPK_RESULT_INIT;
    bool sound = topk_run(archive, query, &once);

    assert(topk_run(archive, query, &twice) == sound);
    if (sound) {
        check_result(query, &once);
        assert(once.hits == twice.hits && once.count == twice.count);
        for (size_t i = 0; i < once.hits; i++)
            assert(once.hit[i].docid == twice.hit[i].docid &&
                   once.hit[i].score == twice.hit[i].score);
    }
    topk_result_release(&once);
    topk_result_release(&twice);
}

static void
search(struct ranked *ranked, const struct words *words)
{
    struct topk_segment segment = {.ranked = ranked};
    struct topk_archive archive = {.segment = &segment, .segments = 1};
    struct topk_term term[4];
    struct topk_term together[2];
    struct topk_unit other = {.term = together, .terms = 2};
    struct topk_unit unit[4];

    if (!words->count)
        return;
    for (size_t i = 0; i < words->count; i++) {
        term[i] = (struct topk_term){words->text[i], words->size[i], 0};
        unit[i] =
            (struct topk_unit){.term = &term[i], .terms = 1, .weight = 256};
    }
    together[0] = term[0];
    together[1] = term[words->count - 1];
    together[1].with = 1;
    for (unsigned way = 0; way < 32; way++) {
        struct topk_query query = TOPK_QUERY_INIT;

        query.unit = unit;
        query.units = words->count;
        query.all = way & 1;
        query.exhaustive = way & 2;
        query.limit = 3;
        if (way & 4)
            query.units = way & 16 || query.units < 2 ? 1 : 2;
        unit[0].terms = 1;
        if (way & 8 && words->count > 1) {
            query.units = 1;
            unit[0].terms = words->count;
        }
        unit[0].other = way & 16 ? &other : NULL;
        if (topk_can(&query))
            run(&archive, &query);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    unsigned char *copy;
    struct ranked *ranked = NULL;
    struct words words = {.count = 0};

    if (size < RANKED_FOOTER_SIZE)
        return 0;
    copy = malloc(size);
    if (!copy)
        return 0;
    memcpy(copy, data, size);
    size = ranked_unsummed(copy, size);
    if (!ranked_open_bytes(&ranked, copy, size, NULL)) {
        ranked_words(ranked, "", 0, keep, &words);
        read_forms(ranked, &words);
        search(ranked, &words);
    }
    ranked_close(ranked);
    free(copy);
    return 0;
}
