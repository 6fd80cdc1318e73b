/*
 * corpus/base/ascii.h - the letters and digits of ASCII.
 *
 * Formats, their tags and the operators of the query language are ASCII
 * whatever the locale says, so none of this asks <ctype.h>.  Bytes beyond
 * ASCII are neither letters nor anything else here; what they are parts of,
 * utf8.h knows.
 */
#ifndef CORPUS_ASCII_H
#define CORPUS_ASCII_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

static inline bool
ascii_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool
ascii_is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static inline bool
ascii_is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static inline bool
ascii_is_letter(char c)
{
    return ascii_is_upper(c) || ascii_is_lower(c);
}

/* What stands between words and tags: a blank, or what ends a line. */
static inline bool
ascii_is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* A letter or digit of ASCII, or any part of a character beyond it. */
static inline bool
ascii_is_word_byte(char c)
{
    return ascii_is_digit(c) || ascii_is_letter(c) || (unsigned char)c >= 0x80;
}

/* Unlike strchr(), which finds a NUL in any set. */
static inline bool
ascii_is_one_of(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

static inline char
ascii_lower(char c)
{
    return (char)(ascii_is_upper(c) ? c - 'A' + 'a' : c);
}

/* The value of a hexadecimal digit; -1 for any other byte. */
static inline int
ascii_hex(char c)
{
    if (ascii_is_digit(c))
        return c - '0';
    c = ascii_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Is there a small letter in a text?  What has none is shouted, or a code. */
static inline bool
ascii_has_lower(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (ascii_is_lower(text[i]))
            return true;
    return false;
}

#endif
