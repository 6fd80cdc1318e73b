/*
 * indexer/bits/little_endian.h - numbers of a fixed size, lowest byte first, on
 * any machine.  What writes one returns where the next one goes.
 */
#ifndef INDEXER_LITTLE_ENDIAN_H
#define INDEXER_LITTLE_ENDIAN_H

#include <stdint.h>

static inline unsigned char *
le_set_u16(unsigned char *at, uint32_t number)
{
    at[0] = (unsigned char)number;
    at[1] = (unsigned char)(number >> 8);
    return at + 2;
}

static inline unsigned char *
le_set_u32(unsigned char *at, uint32_t number)
{
    at[0] = (unsigned char)number;
    at[1] = (unsigned char)(number >> 8);
    at[2] = (unsigned char)(number >> 16);
    at[3] = (unsigned char)(number >> 24);
    return at + 4;
}

static inline unsigned char *
le_set_u64(unsigned char *at, uint64_t number)
{
    at = le_set_u32(at, (uint32_t)number);
    return le_set_u32(at, (uint32_t)(number >> 32));
}

static inline uint32_t
le_u16(const unsigned char *at)
{
    return (uint32_t)at[0] | (uint32_t)at[1] << 8;
}

static inline uint32_t
le_u32(const unsigned char *at)
{
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 |
           (uint32_t)at[3] << 24;
}

static inline uint64_t
le_u64(const unsigned char *at)
{
    return (uint64_t)le_u32(at + 4) << 32 | le_u32(at);
}

#endif
