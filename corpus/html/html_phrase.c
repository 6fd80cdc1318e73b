#include <string.h>
#include <strings.h>

#include "corpus/base/ascii.h"
#include "corpus/html/html_page.h"
#include "corpus/story/phrase.h"

/* Does a word end behind the first `length` bytes?  In a block that is one word
 * it may go on: "Advert", "Advertisement". */
static bool
ends_word(const char *text, size_t size, size_t length)
{
    return length == size || !ascii_is_letter(text[length]) ||
           !ascii_is_letter(text[length - 1]) || !memchr(text, ' ', size);
}

/*
 * Lines that speak of the site instead of the story, whatever their element
 * is called.
 */
bool
html_is_phrase(const char *text, size_t size)
{
    for (size_t i = 0; i < phrase_count; i++) {
        size_t length;

        if (size > phrases[i].page)
            continue;
        length = strlen(phrases[i].text);
        if (size >= length && !strncasecmp(text, phrases[i].text, length) &&
            ends_word(text, size, length))
            return true;
    }
    return false;
}
