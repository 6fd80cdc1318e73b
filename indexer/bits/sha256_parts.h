/*
 * indexer/bits/sha256_parts.h - what the files of SHA-256 share.
 *
 *     sha256.c       everything, for any processor
 *     sha256_x86.c   the inner loop for those that have instructions for it
 */
#ifndef INDEXER_SHA256_PARTS_H
#define INDEXER_SHA256_PARTS_H

#include <stddef.h>
#include <stdint.h>

extern const uint32_t sha256_constant[64];

/* Add `blocks` of 64 bytes to the state. */
typedef void (*sha256_blocks)(uint32_t state[8], const unsigned char *data,
                              size_t blocks);

/* NULL: this processor has no such thing. */
sha256_blocks sha256_fast_blocks(void);

/* The portable way, which gives the same. */
void sha256_portable_blocks(uint32_t state[8], const unsigned char *data,
                            size_t blocks);

#endif
