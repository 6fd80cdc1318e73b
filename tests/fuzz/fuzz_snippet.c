/* Any text with marks anywhere: a passage no longer than the text, whose
 * spans lie in it, in order. */
#include <stdlib.h>

#include "corpus/base/utf8.h"
#include "query/match/snippet.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MARKS 8

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mark mark[MARKS];
    struct marked snippet = MARKED_INIT;
    struct buf text = BUF_INIT;
    size_t sentence = 0;
    size_t marks = 0;
    size_t end = 0;
    size_t headline = size % 50; /* is how the text begins */
    size_t head = size < MARKS ? size : MARKS;

    utf8_tidy(&text, (const char *)data + head, size - head, true);
    /* The first bytes say how far each mark is from the one before. */
    for (size_t i = 0; i < head; i++) {
        size_t start = utf8_cut(text.data, text.size, end + data[i] / 8);

        end = utf8_cut(text.data, text.size, start + 1 + data[i] % 8);
        if (end > start)
            mark[marks++] = (struct mark){
                .start = start, .end = end, .part = data[i] % 3, .weight = 1};
    }
    if (headline > text.size)
        headline = text.size;
    snippet_choose(&snippet,
                   &(struct snippet_source){text.data, text.size, mark, marks,
                                            &sentence, 1, text.data, headline},
                   size % 300);
    if (!utf8_valid(snippet.text.data, snippet.text.size))
        abort();
    end = 0;
    for (size_t i = 0; i < snippet.spans; i++) {
        if (snippet.span[i].start < end ||
            snippet.span[i].end <= snippet.span[i].start ||
            snippet.span[i].end > snippet.text.size)
            abort();
        end = snippet.span[i].end;
    }
    marked_release(&snippet);
    buf_release(&text);
    return 0;
}
