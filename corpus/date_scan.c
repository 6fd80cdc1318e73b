#include "corpus/date_scan.h"

#include <string.h>

bool
scan_is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

bool
scan_is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (unsigned char)byte == 0xc3;
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
    while (count < most && scan_is_digit(scan_peek(s, 0))) {
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
           !scan_is_digit(scan_peek(s, 0));
}

static char
lower(char byte)
{
    return (char)(byte >= 'A' && byte <= 'Z' ? byte - 'A' + 'a' : byte);
}

bool
scan_name(struct scan *s, const struct name *names, bool points, int *value)
{
    char word[16];
    size_t size = 0;

    while (size < sizeof(word) && s->at + size < s->size) {
        char byte = s->text[s->at + size];

        if (size > 0 && (unsigned char)word[size - 1] == 0xc3)
            byte = (char)((unsigned char)byte | 0x20); /* small */
        else if (!scan_is_letter(byte) && !(byte == '.' && points))
            break;
        word[size++] = lower(byte);
    }
    for (; size > 0 && names->name; names++) {
        if (strlen(names->name) == size &&
            memcmp(names->name, word, size) == 0) {
            s->at += size;
            *value = names->value;
            return true;
        }
    }
    return false;
}
