#include "corpus/date/date_scan.h"

#include <stdint.h>
#include <string.h>

#include <utf8proc.h>

#include "corpus/base/ascii.h"
#include "corpus/base/bisect.h"
#include "corpus/base/utf8.h"

enum {
    LONGEST_NAME = 63 /* bytes, those of two words */
};

struct word {
    size_t size;
    char text[LONGEST_NAME + 1];
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

/* A letter of a script in which names of months are spelt, or a mark on one. */
static bool
is_letter(uint32_t code)
{
    enum {
        FIRST_WITHOUT = 0x2000 /* signs, and East Asia's characters */
    };
    utf8proc_category_t category;

    if (code >= FIRST_WITHOUT)
        return false;
    category = utf8proc_category((utf8proc_int32_t)code);
    return category == UTF8PROC_CATEGORY_LL ||
           category == UTF8PROC_CATEGORY_LU ||
           category == UTF8PROC_CATEGORY_LO ||
           category == UTF8PROC_CATEGORY_LM ||
           category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC;
}

/* Put the letter here into `word`, in lower case; its bytes in the text, 0 if
 * there is none. */
static size_t
take_letter(const char *text, size_t size, struct word *word)
{
    uint32_t code = 0;
    size_t step = utf8_decode(text, size, &code);
    uint32_t lower;

    if (code == 0x200c || code == 0x200d) /* how letters join, which is style */
        return step;
    if (!step || !is_letter(code) || word->size + 4 > LONGEST_NAME)
        return 0;
    lower = (uint32_t)utf8proc_tolower((utf8proc_int32_t)code);
    /* "İ" is a dotted i. */
    lower = lower < 0x80 && !ascii_is_letter((char)lower) ? code : lower;
    if (lower < 0x80) {
        word->text[word->size++] = (char)lower;
    } else if (lower < 0x800) {
        word->text[word->size++] = (char)(0xc0 | lower >> 6);
        word->text[word->size++] = (char)(0x80 | (lower & 0x3f));
    } else {
        word->text[word->size++] = (char)(0xe0 | lower >> 12);
        word->text[word->size++] = (char)(0x80 | (lower >> 6 & 0x3f));
        word->text[word->size++] = (char)(0x80 | (lower & 0x3f));
    }
    return step;
}

/* Append the word at `at` to `word`, in lower case; returns the bytes that it
 * has in the text.  Points that letters follow are part of it if `points`. */
static size_t
take_word(const struct scan *s, size_t at, bool points, struct word *word)
{
    const size_t start = at;

    while (at < s->size) {
        size_t step = 1;

        if (word->size + 4 > LONGEST_NAME)
            return 0;
        if (ascii_is_letter(s->text[at]))
            word->text[word->size++] = ascii_lower(s->text[at]);
        else if (points && s->text[at] == '.')
            word->text[word->size++] = '.';
        else if ((unsigned char)s->text[at] < 0x80)
            break;
        else
            step = take_letter(s->text + at, s->size - at, word);
        if (!step)
            break;
        at += step;
    }
    word->text[word->size] = '\0';
    return at - start;
}

bool
scan_name(struct scan *s, const struct name *names, bool points, int *value)
{
    struct word word = {.size = 0};
    size_t size = take_word(s, s->at, points, &word);

    for (; size > 0 && names->name; names++) {
        if (names->name[0] == word.text[0] && !strcmp(names->name, word.text)) {
            s->at += size;
            *value = names->value;
            return true;
        }
    }
    return false;
}

static bool
look_up(const struct name *names, size_t count, const char *word, int *value)
{
    struct bisect half = bisect_between(0, count);

    while (bisect_next(&half))
        bisect_go(&half, strcmp(names[half.middle].name, word) < 0);
    if (half.low == count || strcmp(names[half.low].name, word) != 0)
        return false;
    *value = names[half.low].value;
    return true;
}

/* Is there a letter beyond ASCII in the word here or at the start of the next?
 */
static bool
is_beyond_ascii(const struct scan *s, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if ((unsigned char)s->text[s->at + i] >= 0x80)
            return true;
    return (unsigned char)scan_peek(s, size + 1) >= 0x80;
}

/* A name of a sorted table: of two words, of one, or with points in it. */
static bool
find_name(struct scan *s, const struct name *names, size_t count, int *value)
{
    struct word word = {.size = 0};
    struct word more;
    size_t size = take_word(s, s->at, false, &word);
    char next = scan_peek(s, size);
    size_t both;

    if (!size)
        return false;
    more = word;
    if (next == '.' && (unsigned char)*word.text >= 0x80) {
        more.size = 0;
        both = take_word(s, s->at, true, &more);
        while (more.size && more.text[more.size - 1] == '.') {
            more.text[--more.size] = '\0';
            both--;
        }
        if (both > size && look_up(names, count, more.text, value)) {
            s->at += both;
            return true;
        }
    } else if (next == ' ' && is_beyond_ascii(s, size) &&
               more.size + 1 < LONGEST_NAME) {
        more.text[more.size++] = ' ';
        both = take_word(s, s->at + size + 1, false, &more);
        if (both && look_up(names, count, more.text, value)) {
            s->at += size + 1 + both;
            return true;
        }
    }
    if (!look_up(names, count, word.text, value))
        return false;
    s->at += size;
    return true;
}

bool
scan_month(struct scan *s, int *value)
{
    return find_name(s, scan_months, scan_months_count, value);
}

bool
scan_weekday(struct scan *s, int *value)
{
    return find_name(s, scan_weekdays, scan_weekdays_count, value);
}
