#include "corpus/paper/alto.h"

#include <string.h>

#include "corpus/base/ascii.h"

bool
alto_word(const xmlNode *string, struct buf *word)
{
    struct buf part = BUF_INIT;
    bool whole;

    buf_clear(word);
    xml_attribute(&part, string, "SUBS_TYPE");
    whole = strcmp(part.data, "HypPart2") != 0;
    if (whole && (strcmp(part.data, "HypPart1") != 0 ||
                  !xml_attribute(word, string, "SUBS_CONTENT")))
        xml_attribute(word, string, "CONTENT");
    buf_release(&part);
    return whole;
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
