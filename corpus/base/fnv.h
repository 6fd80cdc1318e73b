/*
 * corpus/base/fnv.h - FNV-1a in 32 bits: a hash for tables in memory and for
 * telling texts apart where a mistake does no harm.  Whoever may want to make
 * two texts look alike can.
 *
 * Two of its users write it to disk: what it makes of bytes cannot change.
 */
#ifndef CORPUS_FNV_H
#define CORPUS_FNV_H

#include <stddef.h>
#include <stdint.h>

#define FNV_START UINT32_C(2166136261)

/* The hash of what was hashed before and then this. */
static inline uint32_t
fnv_add(uint32_t hash, uint32_t value)
{
    return (hash ^ value) * UINT32_C(16777619);
}

static inline uint32_t
fnv_add_bytes(uint32_t hash, const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        hash = fnv_add(hash, (unsigned char)text[i]);
    return hash;
}

#endif
