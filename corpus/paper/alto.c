#include "corpus/paper/alto.h"

#include <string.h>

#include <libxml/tree.h>

#include "corpus/base/ascii.h"
#include "corpus/base/count.h"
#include "corpus/base/utf8.h"

bool
alto_word(const xmlNode *string, struct buf *word)
{
    struct buf part = BUF_INIT;
    bool whole;

    buf_clear(word);
    xml_attribute(&part, string, "SUBS_TYPE");
    /* That the first half was whole, the second says too. */
    whole = strcmp(part.data, "HypPart2") != 0 ||
            !xml_attribute(word, string, "SUBS_CONTENT");
    buf_clear(word);
    if (whole && (strcmp(part.data, "HypPart1") != 0 ||
                  !xml_attribute(word, string, "SUBS_CONTENT")))
        xml_attribute(word, string, "CONTENT");
    buf_release(&part);
    return whole;
}

/* What a word is broken with: hyphens of all kinds, the double ones of
 * Fraktur, and what is read for these. */
static const char *const hyphens[] = {
    "-", "=", "\xc2\xad", "\xc2\xac", "\xe2\x80\x90", "\xe2\xb8\x97"};

/* The bytes of a hyphen at the end of a text with more before it, or 0. */
static size_t
hyphen_size(const char *text, size_t size)
{
    for (size_t i = 0; i < COUNT(hyphens); i++) {
        const size_t length = strlen(hyphens[i]);

        if (size > length &&
            !memcmp(text + size - length, hyphens[i], length) &&
            text[size - length - 1] != ' ')
            return length;
    }
    return 0;
}

bool
alto_ends_broken(const char *line, size_t size)
{
    return hyphen_size(line, size) > 0;
}

bool
alto_is_broken(const xmlNode *string)
{
    struct buf text = BUF_INIT;
    bool hyphen = false;
    bool whole;

    for (const xmlNode *next = string->next; next; next = next->next) {
        if (xml_is(next, "String"))
            return false;
        hyphen = hyphen || xml_is(next, "HYP");
    }
    whole = xml_attribute(&text, string, "SUBS_CONTENT");
    if (!whole && !hyphen && xml_attribute(&text, string, "CONTENT"))
        hyphen = hyphen_size(text.data, text.size) > 0;
    buf_release(&text);
    return hyphen && !whole;
}

/* Is the first letter none that a word of its own begins with?  Of capitals
 * beyond ASCII those are known that papers were printed with: Latin, Greek
 * and Cyrillic. */
static bool
goes_on_with(const char *word, size_t size)
{
    uint32_t code = 0;

    if (!size)
        return false;
    if ((unsigned char)*word < 0x80)
        return ascii_is_lower(*word);
    utf8_decode(word, size, &code);
    return !(code >= 0xc0 && code <= 0xde) &&
           !(code >= 0x386 && code <= 0x3ab) &&
           !(code >= 0x400 && code <= 0x42f) && code >= 0xaa;
}

/* A hyphen before a capital or a number is the word's own: "Nord-Süd". */
void
alto_add_word(struct buf *text, const char *word, size_t size, bool goes_on)
{
    const size_t hyphen = hyphen_size(text->data, text->size);

    if (goes_on && goes_on_with(word, size))
        buf_cut(text, text->size - hyphen);
    else if (goes_on && !hyphen && size)
        buf_add_byte(text, '-');
    else if (!goes_on && text->size && size)
        buf_add_byte(text, ' ');
    buf_add(text, word, size);
}

bool
alto_has_word(const struct buf *text)
{
    size_t run = 0;

    for (size_t i = 0; i < text->size && run < 3; i++) {
        char byte = text->data[i];
        bool letter = ascii_is_letter(byte) || (unsigned char)byte >= 0x80;

        run = letter ? run + 1 : 0;
    }
    return run >= 3;
}
