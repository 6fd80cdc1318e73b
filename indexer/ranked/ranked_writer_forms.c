/*
 * How terms are written: the words that have each stem, and their capitals.
 */
#include <stdlib.h>
#include <string.h>

#include "corpus/base/mem.h"
#include "indexer/analysis/analysis.h"
#include "indexer/ranked/ranked_writer_parts.h"

/* A word and its term are looked for together: it may have another one in
 * another language. */
struct pair_text {
    char bytes[2 * TERM_SIZE_MAX + 1];
    size_t size;
};

static void
join(struct pair_text *text, const struct ranked_token *token)
{
    memcpy(text->bytes, token->folded, token->folded_size);
    text->bytes[token->folded_size] = '\0';
    memcpy(text->bytes + token->folded_size + 1, token->term, token->size);
    text->size = token->folded_size + 1 + token->size;
}

uint32_t
ranked_writer_find_spelling(struct ranked_writer *writer,
                            const struct ranked_token *token)
{
    struct pair_text text;
    struct word_key key;
    struct spelling *spelling;
    uint32_t number;

    join(&text, token);
    key = word_key(text.bytes, text.size);
    number = word_table_find(&writer->spelling_table, key, writer->texts.data,
                             text.bytes);
    if (number != WORD_NONE)
        return number;
    number = (uint32_t)writer->spellings;
    writer->spelling =
        mem_grow(writer->spelling, writer->spellings, &writer->spelling_room,
                 sizeof(*writer->spelling));
    spelling = &writer->spelling[writer->spellings++];
    *spelling = (struct spelling){
        .term = ranked_writer_find_term(writer, token->term, token->size)};
    spelling->text = (uint32_t)writer->texts.size + 1;
    word_table_put(&writer->spelling_table, key, spelling->text, number);
    buf_add_byte(&writer->texts, (char)(unsigned char)text.size);
    buf_add(&writer->texts, text.bytes, text.size);
    return number;
}

uint32_t
ranked_writer_form(struct ranked_writer *writer, uint32_t spelling,
                   unsigned letters)
{
    uint32_t *code = &writer->spelling[spelling].code[letters];
    struct collected *term;
    uint32_t number = (uint32_t)writer->forms;

    if (*code)
        return *code - 1;
    term = &writer->term[writer->spelling[spelling].term];
    writer->form = mem_grow(writer->form, writer->forms, &writer->form_room,
                            sizeof(*writer->form));
    writer->form[writer->forms++] =
        (struct spelled){.spelling = spelling, .letters = letters};
    if (term->forms)
        writer->form[term->last_form].next = number;
    else
        term->form = number;
    term->last_form = number;
    *code = ++term->forms;
    return *code - 1;
}

void
ranked_writer_gather_forms(const struct ranked_writer *writer,
                           const struct collected *term, struct buf *out)
{
    uint32_t at = term->form;

    ranked_put_varint(out, term->forms);
    for (uint32_t i = 0; i < term->forms; i++) {
        const struct spelled *form = &writer->form[at];
        const char *text =
            writer->texts.data + writer->spelling[form->spelling].text;
        size_t size = strlen(text);

        buf_add_byte(out, (char)form->letters);
        buf_add_byte(out, (char)size);
        buf_add(out, text, size);
        at = form->next;
    }
}

/* --- the forms of all runs together --- */

uint32_t
merged_find_form(struct merged *merged, size_t known, const char *text,
                 uint8_t size, uint8_t letters)
{
    struct ranked_form *form;

    for (size_t i = 0; i < known; i++) {
        form = &merged->form[i];
        if (form->letters == letters && form->size == size &&
            memcmp(merged->form_texts.data + form->text, text, size) == 0)
            return (uint32_t)i;
    }
    merged->form = mem_grow(merged->form, merged->forms, &merged->form_room,
                            sizeof(*merged->form));
    form = &merged->form[merged->forms++];
    *form = (struct ranked_form){merged->form_texts.size, size, letters};
    buf_add(&merged->form_texts, text, size);
    return (uint32_t)merged->forms - 1;
}

void
merged_add_forms(struct merged *merged, const char **from)
{
    uint32_t forms = ranked_take_varint(from);
    size_t strings = merged->strings;
    size_t known = merged->forms;

    merged->first_of_run =
        mem_grow(merged->first_of_run, strings, &merged->first_room,
                 sizeof(*merged->first_of_run));
    merged->first_of_run[strings] = merged->of_runs;
    for (uint32_t i = 0; i < forms; i++) {
        uint8_t letters = (uint8_t)(*from)[0];
        uint8_t size = (uint8_t)(*from)[1];
        uint32_t number =
            merged_find_form(merged, known, *from + 2, size, letters);

        merged->of_run =
            mem_grow(merged->of_run, merged->of_runs, &merged->of_run_room,
                     sizeof(*merged->of_run));
        merged->of_run[merged->of_runs++] = number;
        *from += 2 + size;
    }
}

void
merged_clear(struct merged *merged)
{
    buf_clear(&merged->data);
    buf_clear(&merged->form_texts);
    merged->strings = 0;
    merged->forms = 0;
    merged->of_runs = 0;
}

void
merged_release(struct merged *merged)
{
    buf_release(&merged->spelled);
    buf_release(&merged->data);
    buf_release(&merged->form_texts);
    free(merged->end);
    free(merged->form);
    free(merged->of_run);
    free(merged->first_of_run);
}
