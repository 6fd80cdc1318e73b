#include <string.h>
#include <strings.h>

#include "corpus/html/html_page.h"
#include "corpus/story/phrase.h"

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
        if (size >= length && !strncasecmp(text, phrases[i].text, length))
            return true;
    }
    return false;
}
