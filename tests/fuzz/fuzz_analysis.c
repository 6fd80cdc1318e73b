/* Any bytes in any language: tokens lie in the text, come in order, and a
 * word made of a term's folded form folds to itself. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "indexer/analysis/analysis.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct order {
    size_t size;
    bool any;
    struct token last;
};

static int
check_token(void *context, const struct token *token)
{
    struct order *order = context;
    bool same = order->any && token->position == order->last.position;

    assert(token->term_size > 0 && token->term_size <= TERM_SIZE_MAX);
    assert(token->folded_size > 0 && token->folded_size <= TERM_SIZE_MAX);
    assert(token->start < token->end && token->end <= order->size);
    assert(same == (token->kind != TOKEN_WORD));
    if (order->any) {
        assert(same || token->position == order->last.position + 1);
        assert(token->sentence >= order->last.sentence);
        assert(token->sentence <= order->last.sentence + 1);
        assert(token->paragraph >= order->last.paragraph);
        assert(token->paragraph <= order->last.paragraph + 1);
        assert(same || token->start >= order->last.start);
    } else {
        assert(token->position == 0);
    }
    for (size_t i = 0; i < token->folded_size; i++)
        assert(token->folded[i] != ' ' && token->folded[i] != '\0');
    order->last = *token;
    order->any = true;
    return 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct analyzer *analyzer;
    const char *const *languages = analysis_languages();
    struct query_word word = QUERY_WORD_INIT;
    struct order order = {0};
    size_t count = 0;
    const char *text = (const char *)data + 1;

    if (size < 1)
        return 0;
    do
        count++;
    while (languages[count]);
    if (!analyzer && analyzer_new(&analyzer, "en", NULL))
        return 0;
    order.size = size - 1;
    assert(analyzer_run(analyzer, languages[data[0] % count], text, size - 1,
                        check_token, &order) == 0);
    analysis_query(analyzer, NULL, text, size - 1, &word);
    for (size_t i = 0; i < word.readings; i++)
        assert(word.reading[i].terms > 0);
    query_word_release(&word);
    return 0;
}
