/*
 * Where the sentences of all articles begin (ranked_format.h draws it).
 */
#include "corpus/base/mem.h"
#include "indexer/ranked/ranked_writer_parts.h"

void
ranked_writer_sentence(struct ranked_writer *writer, uint32_t position,
                       uint32_t paragraph)
{
    uint32_t place = writer->base + position;
    bool begins = paragraph != writer->paragraph;

    /* Only what the file has places for. */
    if (writer->status || writer->field >= FIELD_TEXT_COUNT)
        return;
    ranked_put_varint(&writer->sentences,
                      (uint64_t)(place - writer->sentence) << 1 | begins);
    writer->sentence = place;
    writer->paragraph = paragraph;
    if (writer->field == FIELD_BODY && paragraph >= 2 &&
        writer->article[writer->articles - 1].lead == UINT32_MAX)
        writer->article[writer->articles - 1].lead = place;
}

void
ranked_writer_end_sentences(struct ranked_writer *writer)
{
    if (writer->sentence_ends == writer->articles)
        return;
    writer->sentence_end =
        mem_grow(writer->sentence_end, writer->sentence_ends,
                 &writer->sentence_end_room, sizeof(*writer->sentence_end));
    writer->sentence_end[writer->sentence_ends++] = writer->sentences.size;
    writer->sentence = 0;
    writer->paragraph = 0;
}

/* The part of one article; articles come from the last to the first. */
static void
put_article(const struct ranked_writer *writer, size_t number, struct buf *out)
{
    size_t from = number ? writer->sentence_end[number - 1] : 0;
    size_t size = writer->sentence_end[number] - from;

    ranked_put_varint(out, size);
    buf_add(out, writer->sentences.data + from, size);
}

void
ranked_writer_put_sentences(struct ranked_writer *writer,
                            void (*put)(void *context, const void *data,
                                        size_t size),
                            void *context)
{
    struct buf starts = BUF_INIT;
    struct buf out = BUF_INIT;

    ranked_writer_end_sentences(writer);
    for (size_t i = 0; i < writer->articles; i++) {
        if (i % RANKED_SENTENCES == 0)
            ranked_put_u64(&starts, out.size);
        put_article(writer, writer->articles - 1 - i, &out);
    }
    put(context, starts.data, starts.size);
    put(context, out.data, out.size);
    buf_release(&starts);
    buf_release(&out);
}
