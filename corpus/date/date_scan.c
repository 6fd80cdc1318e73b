#include "corpus/date/date_scan.h"

#include <stdint.h>
#include <string.h>

#include <utf8proc.h>

#include "corpus/base/ascii.h"
#include "corpus/base/utf8.h"

enum {
    LONGEST_NAME = 31 /* bytes */
};

bool
scan_is_letter(char byte)
{
    return ascii_is_letter(byte) || (unsigned char)byte == 0xc3;
}

char
scan_peek(const struct scan *s, size_t ahead)
{
    return (char)(s->at + ahead < s->size ? s->text[s->at + ahead] : '\0');
}

bool
scan_byte(struct scan *s, char byte)
{
    if (s->at >= s->size || s->text[s->at] != byte)
        return false;
    s->at++;
    return true;
}

bool
scan_text(struct scan *s, const char *text)
{
    size_t size = strlen(text);

    if (s->size - s->at < size || memcmp(s->text + s->at, text, size) != 0)
        return false;
    s->at += size;
    return true;
}

bool
scan_blanks(struct scan *s)
{
    size_t start = s->at;

    while (s->at - start < 12) {
        char byte = scan_peek(s, 0);

        if (byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r')
            s->at++;
        else if (!scan_text(s, "\xc2\xa0") && !scan_text(s, "\xe2\x80\xaf"))
            break;
    }
    return s->at > start;
}

int
scan_digits(struct scan *s, int most, int *value)
{
    int count = 0;

    *value = 0;
    while (count < most && ascii_is_digit(scan_peek(s, 0))) {
        *value = *value * 10 + (s->text[s->at] - '0');
        s->at++;
        count++;
    }
    return count;
}

bool
scan_number(struct scan *s, int count, int *value)
{
    return scan_digits(s, count, value) == count &&
           !ascii_is_digit(scan_peek(s, 0));
}

/* The letter here in lower case, of any script; its bytes in the text, 0 if
 * there is none. */
static size_t
take_letter(const char *text, size_t size, uint32_t *letter)
{
    size_t step;

    if ((unsigned char)*text < 0x80) {
        *letter = (unsigned char)ascii_lower(*text);
        return ascii_is_letter(*text);
    }
    step = utf8_decode(text, size, letter);
    if (step != 2) /* Latin, Greek and Cyrillic have two bytes */
        return 0;
    *letter = (uint32_t)utf8proc_tolower((utf8proc_int32_t)*letter);
    return *letter >= 'a' && *letter < 0x800 ? step : 0;
}

/* Put the word here into `word`, in lower case; returns the bytes that it has
 * in the text, 0 if it has none or too many. */
static size_t
take_word(const struct scan *s, bool points, char word[LONGEST_NAME + 1])
{
    size_t at = s->at;
    size_t size = 0;

    while (at < s->size) {
        uint32_t letter = '.';
        size_t step = take_letter(s->text + at, s->size - at, &letter);

        if (!step && points && s->text[at] == '.')
            step = 1;
        if (!step)
            break;
        if (size + 2 > LONGEST_NAME)
            return 0;
        if (letter >= 0x80)
            word[size++] = (char)(0xc0 | letter >> 6);
        word[size++] = (char)(letter >= 0x80 ? 0x80 | (letter & 0x3f) : letter);
        at += step;
    }
    word[size] = '\0';
    return at - s->at;
}

bool
scan_name(struct scan *s, const struct name *names, bool points, int *value)
{
    char word[LONGEST_NAME + 1];
    size_t size = take_word(s, points, word);

    for (; size > 0 && names->name; names++) {
        if (names->name[0] == word[0] && !strcmp(names->name, word)) {
            s->at += size;
            *value = names->value;
            return true;
        }
    }
    return false;
}
