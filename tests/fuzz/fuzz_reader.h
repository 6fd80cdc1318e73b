/*
 * tests/fuzz/fuzz_reader.h - what must hold of an article that a reader gives,
 * whatever it was given:
 *
 *     form              texts are as corpus/article/article.h promises
 *     the way back      its parcel unpacks to it, and its line of JSON is
 *                       read as it
 */
#ifndef TESTS_FUZZ_READER_H
#define TESTS_FUZZ_READER_H

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "corpus/article/article.h"
#include "corpus/base/utf8.h"
#include "corpus/formats/reader.h"
#include "corpus/intake/parcel.h"

/* Valid UTF-8 without control characters but '\n' where lines are allowed. */
static inline void
fuzz_check_bytes(const struct buf *text, bool lines)
{
    assert(utf8_valid(text->data, text->size));
    for (size_t i = 0; i < text->size; i++) {
        unsigned char byte = (unsigned char)text->data[i];

        assert((byte >= 0x20 && byte != 0x7f) || (lines && byte == '\n'));
        assert(byte != 0xc2 || (unsigned char)text->data[i + 1] >= 0xa0);
    }
}

/* The same in other words, and blanks are single: utf8_tidy() has nothing
 * left to do. */
static inline void
fuzz_check_tidy(const struct buf *text, bool lines)
{
    struct buf tidy = BUF_INIT;

    utf8_tidy(&tidy, text->data, text->size, lines);
    assert(buf_equal(&tidy, text));
    buf_release(&tidy);
}

static inline void
fuzz_check_names(const struct list *list,
                 void (*check)(const struct buf *text, bool lines))
{
    for (size_t i = 0; i < list->count; i++) {
        struct buf name = BUF_INIT;

        buf_add_text(&name, list->item[i]);
        check(&name, false);
        buf_release(&name);
    }
}

static inline void
fuzz_check_texts(const struct article *article,
                 void (*check)(const struct buf *text, bool lines))
{
    for (enum article_member i = 0; i < MEMBER_COUNT; i++) {
        enum member_type type = article_members[i].type;

        if (type == TYPE_LINE || type == TYPE_PARAGRAPHS)
            check(member_of(article, i), type == TYPE_PARAGRAPHS);
        else if (type == TYPE_LIST)
            fuzz_check_names(member_of(article, i), check);
    }
    for (size_t i = 0; i < article->captions; i++) {
        check(&article->caption[i].text, false);
        check(&article->caption[i].credit, false);
    }
    assert(!article->url.size || article_is_web_address(article->url.data));
}

static inline void
fuzz_check_form(const struct article *article)
{
    fuzz_check_texts(article, fuzz_check_bytes);
    fuzz_check_texts(article, fuzz_check_tidy);
}

/* Headline, body and captions. */
static inline uint64_t
fuzz_size(const struct article *article)
{
    uint64_t size = article->headline.size + article->body.size;

    for (size_t i = 0; i < article->captions; i++)
        size += article->caption[i].text.size + article->caption[i].credit.size;
    return size;
}

static inline void
fuzz_check_parcel(const struct article *article, const struct buf *parcel)
{
    static struct parcel_rules rules; /* few names, and the same again */
    struct article copy;
    struct buf again = BUF_INIT;

    article_init(&copy);
    assert(parcel_unpack(&copy, &rules, parcel->data, parcel->size));
    parcel_pack(&again, &copy);
    assert(buf_equal(parcel, &again));
    assert(copy.published.seconds == article->published.seconds);
    article_release(&copy);
    buf_release(&again);
}

/* What the lines of JSON do not say. */
static inline void
fuzz_forget(struct article *article, const struct article *other)
{
    article->item = other->item;
    article->offset = other->offset;
    memcpy(article->origin, other->origin, sizeof(article->origin));
}

/* The first line is read as a tree and the others are not, so it is there
 * twice. */
static inline void
fuzz_check_json(const struct article *article, const struct buf *parcel)
{
    struct reader_options options = {.format = "jsonl"};
    struct article copy;
    struct buf json = BUF_INIT;
    struct buf again = BUF_INIT;
    struct input *input = NULL;
    struct reader *reader = NULL;
    struct error err = {0};
    bool more = true;

    article_init(&copy);
    article_print_json(article, &json);
    assert(utf8_valid(json.data, json.size));
    assert(!memchr(json.data, '\n', json.size - 1));
    article_print_json(article, &json);
    input_open_memory(&input, json.data, json.size, "fuzz", NULL, &err);
    assert(!reader_open(&reader, input, &options, &err));
    for (int i = 0; i < 2; i++) {
        assert(!reader_next(reader, &copy, &more, &err) && more);
        fuzz_forget(&copy, article);
        buf_clear(&again);
        parcel_pack(&again, &copy);
        if (!buf_equal(parcel, &again)) {
            article_print_json(&copy, &json);
            fprintf(stderr, "%s", json.data);
            abort();
        }
    }
    assert(!reader_next(reader, &copy, &more, &err) && !more);
    reader_close(reader);
    input_close(input);
    article_release(&copy);
    buf_release(&json);
    buf_release(&again);
}

#endif
