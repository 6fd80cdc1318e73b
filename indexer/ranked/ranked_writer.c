#include "indexer/ranked/ranked_writer.h"

#include <stdlib.h>
#include <unistd.h>

#include "corpus/base/mem.h"
#include "indexer/analysis/analysis.h"
#include "indexer/ranked/ranked_writer_parts.h"

struct ranked_writer *
ranked_writer_new(const char *runs_path, size_t memory)
{
    struct ranked_writer *writer = mem_zero(1, sizeof(*writer));

    writer->texts = BUF_INIT;
    writer->runs_path = mem_string(runs_path);
    writer->runs_fd = -1;
    writer->first_note = 1;
    writer->memory = memory ? memory : RANKED_WRITER_MEMORY_DEFAULT;
    word_table_init(&writer->table, 1024);
    word_table_init(&writer->spelling_table, 1024);
    writer->sentences = BUF_INIT;
    return writer;
}

void
ranked_writer_free(struct ranked_writer *writer)
{
    if (!writer)
        return;
    if (writer->runs_fd >= 0)
        close(writer->runs_fd);
    ranked_writer_give_back(writer);
    free(writer->article);
    free(writer->sentence_end);
    buf_release(&writer->sentences);
    free(writer->runs_path);
    free(writer->run);
    free(writer);
}

void
ranked_writer_begin_article(struct ranked_writer *writer, int64_t published)
{
    struct ranked_article *article;

    if (!writer->status && writer->articles == RANKED_ARTICLES_MAX)
        writer->status = error_set(&writer->err, STATUS_LIMIT,
                                   "a ranked index holds %d articles at most",
                                   RANKED_ARTICLES_MAX);
    if (writer->status)
        return;
    ranked_writer_settle(writer);
    ranked_writer_end_sentences(writer);
    if (ranked_writer_is_full(writer))
        ranked_writer_spill(writer);
    writer->article = mem_grow(writer->article, writer->articles,
                               &writer->article_room, sizeof(*writer->article));
    article = &writer->article[writer->articles++];
    *article =
        (struct ranked_article){.published = published, .lead = UINT32_MAX};
    writer->field = (enum field)0;
    writer->base = 0;
}

void
ranked_writer_begin_field(struct ranked_writer *writer, enum field field)
{
    const struct ranked_article *article;

    if (writer->status)
        return;
    article = &writer->article[writer->articles - 1];
    for (; writer->field < field; writer->field++)
        writer->base += article->length[writer->field] + 1;
    writer->paragraph = 0;
}

bool
ranked_writer_failed(const struct ranked_writer *writer)
{
    return writer->status != STATUS_OK;
}

const uint32_t *
ranked_writer_lengths(const struct ranked_writer *writer)
{
    return writer->article[writer->articles - 1].length;
}

void
ranked_writer_token(struct ranked_writer *writer,
                    const struct ranked_token *token, uint32_t *note)
{
    uint32_t *length;
    uint32_t number;

    if (writer->status || token->size > TERM_SIZE_MAX ||
        token->folded_size > TERM_SIZE_MAX)
        return;
    length = &writer->article[writer->articles - 1].length[writer->field];
    if (*length <= token->position)
        *length = token->position + 1;
    if (note && *note - writer->first_note < writer->spellings)
        number = *note - writer->first_note;
    else
        number = ranked_writer_find_spelling(writer, token);
    if (note)
        *note = writer->first_note + number;
    writer->arrival[writer->arrivals++] = (struct arrival){
        writer->spelling[number].term, writer->base + token->position,
        ranked_writer_form(writer, number, token->letters)};
    number = writer->spelling[number].term;
    __builtin_prefetch(&writer->term[number].at);
    __builtin_prefetch(&writer->term[number].slice);
    if (writer->arrivals == ARRIVALS)
        ranked_writer_settle(writer);
}
