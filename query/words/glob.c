#include "query/words/glob.h"

/* Bytes of the character at `text`; terms are valid UTF-8. */
static size_t
character(const char *text, size_t size)
{
    size_t step = 1;

    while (step < size && ((unsigned char)text[step] & 0xc0) == 0x80)
        step++;
    return step;
}

/*
 * One '*' remembers where it stands; on a mismatch it takes one character
 * more.  Earlier stars never need another try, so this is never worse than
 * pattern times text.
 */
bool
glob_fits(const char *pattern, const char *text, size_t size)
{
    const char *star = NULL;
    size_t at = 0;
    size_t retry = 0;

    while (at < size) {
        if (*pattern == '*') {
            star = ++pattern;
            retry = at;
        } else if (*pattern == '?') {
            pattern++;
            at += character(text + at, size - at);
        } else if (*pattern == text[at]) {
            pattern++;
            at++;
        } else if (star) {
            pattern = star;
            retry += character(text + retry, size - retry);
            at = retry;
        } else {
            return false;
        }
    }
    while (*pattern == '*')
        pattern++;
    return *pattern == '\0';
}
