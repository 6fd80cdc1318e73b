#include "indexer/ranked/ranked_sentences.h"

#include <stdlib.h>

#include "corpus/base/mem.h"
#include "indexer/ranked/ranked_parts.h"

/* The bytes of an article: [*at, *end). */
static bool
find_bytes(struct ranked *ranked, uint32_t docid, const unsigned char **at,
           const unsigned char **end)
{
    size_t groups =
        ((size_t)ranked->articles + RANKED_SENTENCES - 1) / RANKED_SENTENCES;
    const unsigned char *start =
        ranked->sentences + (size_t)docid / RANKED_SENTENCES * 8;
    const unsigned char *bytes = ranked->sentences + groups * 8;
    const unsigned char *stop = ranked->sentences + ranked->sentences_size;
    uint64_t from;

    ranked_touch(ranked, start);
    from = le_u64(start);
    if (from > (uint64_t)(stop - bytes))
        return false;
    *at = bytes + from;
    for (uint32_t i = docid / RANKED_SENTENCES * RANKED_SENTENCES;; i++) {
        uint32_t size;

        ranked_touch(ranked, *at);
        if (!ranked_varint(at, stop, &size) || (size_t)(stop - *at) < size)
            return false;
        ranked_touch_all(ranked, *at, size);
        *end = *at + size;
        if (i == docid)
            return true;
        *at = *end;
    }
}

bool
ranked_sentence_bytes(struct ranked *ranked, uint32_t docid,
                      const unsigned char **bytes, size_t *size)
{
    const unsigned char *end;

    if (!find_bytes(ranked, docid, bytes, &end)) {
        ranked->damaged = true;
        return false;
    }
    *size = (size_t)(end - *bytes);
    return true;
}

static void
add(struct ranked_sentences *out, uint32_t place, bool paragraph)
{
    if (out->sentences == out->room) {
        out->room = out->room ? out->room * 2 : 64;
        out->start = mem_resize(out->start, out->room, sizeof(*out->start));
        out->paragraph =
            mem_resize(out->paragraph, out->room, sizeof(*out->paragraph));
    }
    out->start[out->sentences] = place;
    out->paragraph[out->sentences++] = paragraph;
}

bool
ranked_sentences(struct ranked *ranked, uint32_t docid,
                 struct ranked_sentences *sentences)
{
    const unsigned char *at;
    const unsigned char *end;
    uint32_t length[FIELD_TEXT_COUNT];
    uint64_t field = 0; /* where the next one begins */
    size_t fields = 0;
    uint64_t place = 0;
    uint32_t code;

    sentences->sentences = 0;
    ranked_lengths(ranked, docid, length);
    if (!find_bytes(ranked, docid, &at, &end)) {
        ranked->damaged = true;
        return false;
    }
    while (at < end && ranked_varint(&at, end, &code)) {
        place += code >> 1;
        for (; fields < FIELD_TEXT_COUNT && field <= place; fields++) {
            add(sentences, (uint32_t)field, true);
            field += (uint64_t)length[fields] + 1;
        }
        if (place > UINT32_MAX)
            break;
        add(sentences, (uint32_t)place, code & 1);
    }
    ranked->damaged = ranked->damaged || at < end;
    for (; fields < FIELD_TEXT_COUNT; fields++) {
        add(sentences, (uint32_t)field, true);
        field += (uint64_t)length[fields] + 1;
    }
    return !ranked->damaged;
}

void
ranked_sentences_release(struct ranked_sentences *sentences)
{
    free(sentences->start);
    free(sentences->paragraph);
    *sentences = (struct ranked_sentences){0};
}
