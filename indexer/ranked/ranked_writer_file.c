/*
 * Lists, dictionary, articles and footer into the file (ranked_format.h draws
 * it).
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <zlib.h>

#include "corpus/base/mem.h"
#include "indexer/analysis/analysis.h"
#include "indexer/ranked/ranked_writer_parts.h"

struct output {
    struct ranked_writer *writer;
    const struct ranked_listener *also; /* or NULL */
    FILE *file;
    uint64_t written;
    const char *path;
    uint64_t terms;
    struct buf dictionary;
    struct buf forms;
    struct buf groups;
    struct buf last_term;
};

static void
put_out(struct output *output, const void *data, size_t size)
{
    struct ranked_writer *writer = output->writer;

    if (writer->status)
        return;
    if (size && fwrite(data, 1, size, output->file) != size)
        writer->status = error_set(&writer->err, status_of_errno(errno),
                                   "%s: cannot be written: %s", output->path,
                                   strerror(errno));
    output->written += size;
}

static void
put_term(struct output *output, const struct merged *merged, size_t list_size,
         size_t forms_at)
{
    size_t shared = 0;

    if (output->terms % RANKED_GROUP == 0) {
        ranked_put_u64(&output->groups, output->written);
        ranked_put_u64(&output->groups, output->dictionary.size);
        ranked_put_u64(&output->groups, forms_at);
    } else {
        size_t most = merged->term_size < output->last_term.size
                          ? merged->term_size
                          : output->last_term.size;

        while (shared < most &&
               merged->term[shared] == output->last_term.data[shared])
            shared++;
    }
    buf_add_byte(&output->dictionary, (char)shared);
    buf_add_byte(&output->dictionary, (char)(merged->term_size - shared));
    buf_add(&output->dictionary, merged->term + shared,
            merged->term_size - shared);
    ranked_put_varint(&output->dictionary, list_size);
    buf_set(&output->last_term, merged->term, merged->term_size);
    output->terms++;
}

/* Of more bytes, what comes first would be gone again when it is needed, and
 * the articles stand close to each other. */
#define EXPECTED_MOST ((size_t)16 << 10)

/* Have what is asked of each article of a term brought from memory. */
static void
expect_articles(const struct ranked_writer *writer, const struct lister *lister,
                const struct merged *merged)
{
    const char *from = merged->data.data;

    if (merged->data.size > EXPECTED_MOST)
        return;
    for (size_t i = 0; i < merged->strings; i++) {
        const char *stop = merged->data.data + merged->end[i];
        uint32_t number = 0;

        while (from < stop) {
            number += ranked_take_varint(&from);
            __builtin_prefetch(writer->article[number - 1].length);
            __builtin_prefetch(&lister->article[writer->articles - number]);
            /* A 0 is nowhere but behind the places. */
            from = memchr(from, 0, (size_t)(stop - from));
            if (!from++)
                return;
        }
    }
}

/* Where the terms come from. */
struct terms {
    struct merge *collected; /* or */
    struct lists_merge *merged;
    struct lister lister;
    struct ranked_said *said;
    size_t said_room;
};

/* Tell of what a term says. */
static void
weigh(const struct output *output, struct terms *terms,
      const struct merged *merged)
{
    const struct lister *lister = &terms->lister;

    if (!output->also || !output->also->weigh)
        return;
    if (terms->said_room < lister->postings) {
        terms->said_room = lister->postings * 2;
        terms->said =
            mem_resize(terms->said, terms->said_room, sizeof(*terms->said));
    }
    for (size_t i = 0; i < lister->postings; i++)
        terms->said[i] = (struct ranked_said){lister->articles -
                                                  lister->posting[i].docid - 1,
                                              lister->posting[i].impact};
    output->also->weigh(output->also->context, merged, terms->said,
                        lister->postings);
}

/* The next term that is in a text field, and its postings. */
static bool
next_list(struct output *output, struct terms *terms, struct merged *merged)
{
    const struct ranked_writer *writer = output->writer;

    if (terms->merged)
        return !writer->status &&
               lists_merge_next(terms->merged, merged, &terms->lister);
    while (merge_next(terms->collected, merged)) {
        expect_articles(writer, &terms->lister, merged);
        if (output->also && output->also->see)
            output->also->see(output->also->context, writer->article, merged);
        if (lister_read(&terms->lister, merged))
            return true;
    }
    return false;
}

static void
put_lists(struct output *output)
{
    struct ranked_writer *writer = output->writer;
    struct terms terms = {0};
    /* There are no side effects in it; nested literals confuse the checker.
     */
    /* cppcheck-suppress unknownEvaluationOrder */
    struct merged merged = MERGED_INIT;
    struct buf list = BUF_INIT;

    ranked_writer_settle(writer);
    if (writer->parts)
        terms.merged = lists_merge_new(writer);
    else
        terms.collected = merge_new(writer);
    lister_init(&terms.lister, writer);
    while (next_list(output, &terms, &merged)) {
        size_t forms_at = output->forms.size;

        weigh(output, &terms, &merged);
        buf_clear(&list);
        lister_end(&terms.lister, &merged, &list, &output->forms);
        put_term(output, &merged, list.size, forms_at);
        put_out(output, list.data, list.size);
    }
    buf_release(&list);
    free(terms.said);
    lister_release(&terms.lister);
    merged_release(&merged);
    merge_free(terms.collected);
    lists_merge_free(terms.merged);
    ranked_writer_give_back(writer);
}

static void
put_articles(struct output *output)
{
    const struct ranked_writer *writer = output->writer;
    struct buf out = BUF_INIT;

    for (size_t i = writer->articles; i-- > 0;) {
        const struct ranked_article *article = &writer->article[i];

        ranked_put_u64(&out, (uint64_t)article->published);
        for (size_t j = 0; j < FIELD_TEXT_COUNT; j++)
            ranked_put_u32(&out, article->length[j]);
        ranked_put_u32(&out, article->lead);
        if (out.size > 1 << 16 || i == 0) {
            put_out(output, out.data, out.size);
            buf_clear(&out);
        }
    }
    buf_release(&out);
}

static void
put_part(void *context, const void *data, size_t size)
{
    put_out(context, data, size);
}

static void
put_footer(struct output *output, uint64_t lists_size, uint64_t sentences_size)
{
    unsigned char footer[RANKED_FOOTER_SIZE] = RANKED_MAGIC;
    const struct ranked_writer *writer = output->writer;
    uint64_t total[FIELD_TEXT_COUNT] = {0};

    for (size_t i = 0; i < writer->articles; i++)
        for (size_t j = 0; j < FIELD_TEXT_COUNT; j++)
            total[j] += writer->article[i].length[j];

    le_set_u32(footer + RANKED_FOOTER_VERSION, RANKED_VERSION);
    le_set_u32(footer + RANKED_FOOTER_ANALYSIS, ANALYSIS_VERSION);
    le_set_u64(footer + RANKED_FOOTER_ARTICLES, output->writer->articles);
    le_set_u64(footer + RANKED_FOOTER_TERMS, output->terms);
    le_set_u64(footer + RANKED_FOOTER_LISTS, lists_size);
    le_set_u64(footer + RANKED_FOOTER_DICTIONARY, output->dictionary.size);
    le_set_u64(footer + RANKED_FOOTER_FORMS, output->forms.size);
    le_set_u64(footer + RANKED_FOOTER_SENTENCES, sentences_size);
    for (size_t i = 0; i < FIELD_TEXT_COUNT; i++)
        le_set_u64(footer + RANKED_FOOTER_TOTALS + i * 8, total[i]);
    le_set_u32(footer + RANKED_FOOTER_CRC,
               (uint32_t)crc32_z(0, footer, RANKED_FOOTER_CRC));
    put_out(output, footer, sizeof(footer));
}

enum status
ranked_writer_end(struct ranked_writer *writer, const char *path,
                  const struct ranked_listener *also, struct error *err)
{
    struct output output = {.writer = writer,
                            .also = also,
                            .path = path,
                            .dictionary = BUF_INIT,
                            .forms = BUF_INIT,
                            .groups = BUF_INIT,
                            .last_term = BUF_INIT};
    uint64_t lists_size;
    uint64_t sentences_size;

    if (writer->status)
        return error_set(err, writer->status, "%s", writer->err.text);
    output.file = fopen(path, "wbe");
    if (!output.file)
        return error_set(err, status_of_errno(errno), "%s: cannot be made: %s",
                         path, strerror(errno));
    put_lists(&output);
    lists_size = output.written;
    put_out(&output, output.dictionary.data, output.dictionary.size);
    put_out(&output, output.forms.data, output.forms.size);
    put_out(&output, output.groups.data, output.groups.size);
    sentences_size = output.written;
    ranked_writer_put_sentences(writer, put_part, &output);
    sentences_size = output.written - sentences_size;
    put_articles(&output);
    put_footer(&output, lists_size, sentences_size);
    if (fclose(output.file) != 0 && !writer->status)
        writer->status =
            error_set(&writer->err, status_of_errno(errno),
                      "%s: cannot be written: %s", path, strerror(errno));
    buf_release(&output.dictionary);
    buf_release(&output.forms);
    buf_release(&output.groups);
    buf_release(&output.last_term);
    if (writer->status)
        return error_set(err, writer->status, "%s", writer->err.text);
    if (ranked_put_pairs(path, output.written, writer->memory / 4, err))
        return err ? err->status : STATUS_IO;
    return ranked_put_sums(path, err);
}
