/* What a segment stores in bytes: texts, which come back as they went in, and
 * rows of words, whose columns lie inside. */
#include <stdlib.h>
#include <string.h>

#include "indexer/segment/vocabulary.h"
#include "indexer/stored/store.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
try_row(const uint8_t *data, size_t size)
{
    struct vocabulary_row row;
    const char *word;
    uint32_t letters;

    if (!vocabulary_row(&row, data, size))
        return;
    word = row.text;
    for (size_t i = 0; i < row.words; i++) {
        vocabulary_u32(row.occurrences, i);
        vocabulary_u16(row.sound, i);
        vocabulary_letters(word, row.bytes[i], &letters);
        word += row.bytes[i];
    }
    if (word != (const char *)data + size)
        abort();
}

static void
try_text(const char *text, size_t size)
{
    struct buf stored = BUF_INIT;
    struct buf got = BUF_INIT;
    struct packer *packer = packer_new();
    struct unpacker *unpacker = unpacker_new(NULL);
    struct error err = {0};

    store_pack(packer, &stored, text, size);
    if (store_unpack(unpacker, &got, stored.data, stored.size, &err) ||
        got.size != size || memcmp(got.data, text, size) != 0)
        abort();
    unpacker_free(unpacker);
    packer_free(packer);
    buf_release(&stored);
    buf_release(&got);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct unpacker *unpacker = unpacker_new(NULL);
    struct buf got = BUF_INIT;
    struct error err = {0};

    try_row(data, size);
    try_text((const char *)data, size);
    if (store_unpack(unpacker, &got, data, size, &err) != STATUS_OK && got.size)
        abort();
    unpacker_free(unpacker);
    buf_release(&got);
    return 0;
}
