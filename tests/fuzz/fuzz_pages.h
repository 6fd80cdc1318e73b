/*
 * tests/fuzz/fuzz_pages.h - escapes undone by other hands than those that made
 * them.
 */
#ifndef TESTS_FUZZ_PAGES_H
#define TESTS_FUZZ_PAGES_H

#include <assert.h>
#include <stddef.h>
#include <string.h>

#include "corpus/base/buf.h"

/* Append what the text of a page stands for.  An '&' that begins none of the
 * five references is a fault. */
static inline void
fuzz_unescape(struct buf *out, const char *text, size_t size)
{
    static const struct {
        const char *reference;
        char byte;
    } references[] = {{"&amp;", '&'},
                      {"&lt;", '<'},
                      {"&gt;", '>'},
                      {"&quot;", '"'},
                      {"&#39;", '\''}};

    for (size_t at = 0; at < size;) {
        size_t i = 0;

        if (text[at] != '&') {
            buf_add_byte(out, text[at++]);
            continue;
        }
        while (i < 5 && strncmp(text + at, references[i].reference,
                                strlen(references[i].reference)) != 0)
            i++;
        assert(i < 5);
        buf_add_byte(out, references[i].byte);
        at += strlen(references[i].reference);
    }
}

static inline int
fuzz_hex(char digit)
{
    const char *hex = "0123456789ABCDEF";
    const char *found = digit ? strchr(hex, digit) : NULL;

    return found ? (int)(found - hex) : -1;
}

/* Append the text with its %XX undone. */
static inline void
fuzz_unpercent(struct buf *out, const char *text, size_t size)
{
    for (size_t at = 0; at < size; at++) {
        int high = at + 2 < size ? fuzz_hex(text[at + 1]) : -1;
        int low = at + 2 < size ? fuzz_hex(text[at + 2]) : -1;

        if (text[at] == '%' && high >= 0 && low >= 0) {
            buf_add_byte(out, (char)(high * 16 + low));
            at += 2;
        } else {
            buf_add_byte(out, text[at]);
        }
    }
}

#endif
