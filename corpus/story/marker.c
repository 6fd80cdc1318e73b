#include "corpus/story/marker.h"

#include <stdbool.h>
#include <string.h>

#include <utf8proc.h>

#include "corpus/base/buf.h"
#include "corpus/base/count.h"
#include "corpus/base/utf8.h"
#include "corpus/story/phrase.h"

/* The longest block that is looked at for each. */
enum {
    ALONE_BYTES = 80,
    START_BYTES = 260,
    INSIDE_BYTES = 900
};

/* `text` in lower case, blanks single, less punctuation at its ends. */
static void
normal_form(const char *text, size_t size, struct buf *out)
{
    static const char *const edges[] = {
        " ", "-", "–", "—", ":", "|", "*", "•", ".", "!", "›", "»", "→", "…",
        "+", "#", ">", "<", "«", "▼", "▶", "↓", "_", "=", "(", ")", "[", "]",
    };
    struct buf low = BUF_INIT;
    size_t from = 0;
    uint32_t code;
    bool more = true;

    for (size_t at = 0; at < size;) {
        size_t step = utf8_decode(text + at, size - at, &code);

        at += step ? step : 1;
        if (code == 0x2019)
            code = '\'';
        utf8_encode(&low, (uint32_t)utf8proc_tolower((utf8proc_int32_t)code));
    }
    while (more) {
        more = false;
        for (size_t i = 0; i < COUNT(edges); i++) {
            size_t edge = strlen(edges[i]);

            if (edge <= low.size - from &&
                !memcmp(low.data + from, edges[i], edge)) {
                from += edge;
                more = true;
            }
            if (edge <= low.size - from &&
                !memcmp(low.data + low.size - edge, edges[i], edge)) {
                buf_cut(&low, low.size - edge);
                more = true;
            }
        }
    }
    buf_set(out, low.data + from, low.size - from);
    buf_release(&low);
}

/* By a phrase that the block of `size` bytes is or, if there is none, by the
 * first that it begins with. */
static enum marker
find_start(const char *form, size_t size)
{
    enum marker start = MARKER_NONE;

    for (size_t i = 0; i < phrase_count; i++) {
        const struct phrase *row = &phrases[i];

        if (*row->text != *form)
            continue;
        if (row->alone && size <= ALONE_BYTES && !strcmp(form, row->text))
            return row->alone;
        if (row->start && start == MARKER_NONE && size <= START_BYTES &&
            !strncmp(form, row->text, strlen(row->text)))
            start = row->start;
    }
    return start;
}

static enum marker
find_inside(const char *form)
{
    for (size_t i = 0; i < phrase_count; i++)
        if (phrases[i].inside && strstr(form, phrases[i].text))
            return phrases[i].inside;
    return MARKER_NONE;
}

enum marker
marker_of(const char *text, size_t size)
{
    struct buf form = BUF_INIT;
    enum marker marker;

    if (size > INSIDE_BYTES)
        return MARKER_NONE;
    normal_form(text, size, &form);
    marker = find_start(form.data, size);
    if (marker == MARKER_NONE)
        marker = find_inside(form.data);
    buf_release(&form);
    return marker;
}
