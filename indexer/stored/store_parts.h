/*
 * indexer/stored/store_parts.h - the stored form of a text, for store*.c alone.
 */
#ifndef INDEXER_STORE_PARTS_H
#define INDEXER_STORE_PARTS_H

#include <stddef.h>
#include <stdint.h>

#include "indexer/stored/store.h"

#define STORE_TEXT_SIZE_MAX ((size_t)64 << 20)

enum stored_as {
    STORED_PLAIN,
    STORED_ZSTD,
    STORED_ZSTD_DICTIONARY
};

struct stored {
    enum stored_as as;
    uint64_t text_size;
    const unsigned char *data; /* behind the head */
    size_t size;
};

/* Read the head.  Returns NULL or what is wrong with it. */
const char *stored_head(struct stored *stored, const void *data, size_t size);

enum unpacked {
    UNPACKED,
    UNPACKED_DAMAGED,
    UNPACKED_NO_DICTIONARY,
    UNPACKED_NO_MEMORY
};

/* Put the text into `out`, which has room for stored->text_size. */
enum unpacked stored_unpack(struct unpacker *unpacker,
                            const struct stored *stored, char *out);

#endif
