/*
 * indexer/ranked/ranked_collected.h - the postings of a term as they were
 * collected, before they become a list.
 *
 * A term has a byte string in each run that it was met in:
 *
 *     for each article   varint id less the id before (from 0)
 *                        for each place
 *                          varint 1 + 2 * its distance from the one before
 *                          (from -1), + 1 if its form is not number 0
 *                          varint the number of its form, if it is not
 *                        0
 *
 * A distance of 0 is a term that came twice at one position, of which FTS5
 * keeps count and the ranked index does not.  Forms are numbered in each run
 * as they were met.
 */
#ifndef INDEXER_RANKED_COLLECTED_H
#define INDEXER_RANKED_COLLECTED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "corpus/base/buf.h"
#include "indexer/archive/field.h"
#include "indexer/ranked/ranked_format.h"

/* An article; that of id N is at N - 1. */
struct ranked_article {
    int64_t published;
    uint32_t length[FIELD_COUNT];
    uint32_t lead; /* place behind the second paragraph of the body */
};

/* What a term says in an article. */
struct ranked_said {
    uint32_t number; /* of the article, from 0 */
    uint32_t impact;
};

/* How a term is written. */
struct ranked_form {
    size_t text; /* where in the texts of forms */
    uint8_t size;
    uint8_t letters; /* enum ranked_letters */
};

/* One term out of all runs. */
struct merged {
    const char *term; /* good until the next */
    size_t term_size;
    struct buf spelled;
    struct buf data; /* its byte strings, one run after the other */
    size_t *end;     /* where each ends */
    size_t strings;
    size_t string_room;
    struct ranked_form *form; /* all that it is written in */
    size_t forms;
    size_t form_room;
    struct buf form_texts;
    uint32_t *of_run; /* for each string its forms' numbers among these, one */
    size_t of_runs;   /* string's behind the other's */
    size_t of_run_room;
    size_t *first_of_run; /* where each string's begin */
    size_t first_room;
};

#define MERGED_INIT   \
    ((struct merged){ \
        .spelled = BUF_INIT, .data = BUF_INIT, .form_texts = BUF_INIT})

/* A number of a byte string. */
static inline uint32_t
ranked_take_varint(const char **at)
{
    uint32_t number = 0;
    unsigned shift = 0;
    unsigned char byte;

    do {
        byte = (unsigned char)*(*at)++;
        number |= (uint32_t)(byte & 0x7f) << shift;
        shift += 7;
    } while (byte & 0x80);
    return number;
}

/* The next place of an article, from the one before, and the number of its
 * form; false behind the last. */
static inline bool
ranked_take_place(const char **at, uint32_t *place, uint32_t *form)
{
    uint32_t code = ranked_take_varint(at);

    if (!code)
        return false;
    code--;
    *place += code >> 1;
    *form = code & 1 ? ranked_take_varint(at) : 0;
    return true;
}

#endif
