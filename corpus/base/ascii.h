/*
 * corpus/base/ascii.h - the letters and digits of the query language itself.
 *
 * Its operators and names are ASCII whatever the locale says, so none of
 * this asks <ctype.h>.
 */
#ifndef QUERY_ASCII_H
#define QUERY_ASCII_H

#include <stdbool.h>

static inline bool
ascii_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline char
ascii_lower(char c)
{
    if (c >= 'A' && c <= 'Z')
        return (char)(c | 0x20);
    return c;
}

static inline bool
ascii_is_letter(char c)
{
    c = ascii_lower(c);
    return c >= 'a' && c <= 'z';
}

/* A letter or digit of ASCII, or any part of a character beyond it. */
static inline bool
ascii_is_word_byte(char c)
{
    return ascii_is_digit(c) || ascii_is_letter(c) || (unsigned char)c >= 0x80;
}

#endif
