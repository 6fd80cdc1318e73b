#include "indexer/bits/sha256.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "corpus/base/mem.h"
#include "indexer/bits/sha256_parts.h"

/* The first 32 bits of the fractional parts of the cube roots of the first
 * 64 primes. */
const uint32_t sha256_constant[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1,
    0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
    0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
    0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
    0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
    0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
    0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
    0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
    0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static uint32_t
rotate(uint32_t word, unsigned by)
{
    return (word >> by) | (word << (32 - by));
}

static void
load_block(uint32_t word[64], const unsigned char *block)
{
    for (size_t i = 0; i < 16; i++, block += 4)
        word[i] = (uint32_t)block[0] << 24 | (uint32_t)block[1] << 16 |
                  (uint32_t)block[2] << 8 | block[3];
    for (size_t i = 16; i < 64; i++) {
        uint32_t a = word[i - 15];
        uint32_t b = word[i - 2];

        word[i] = word[i - 16] + (rotate(a, 7) ^ rotate(a, 18) ^ (a >> 3)) +
                  word[i - 7] + (rotate(b, 17) ^ rotate(b, 19) ^ (b >> 10));
    }
}

/* The eight working words change places every round; here they stay and
 * their names go round, which costs no copying. */
#define WORD(n) s[((n)-i) & 7]

static void
add_block(uint32_t state[8], const unsigned char *block)
{
    uint32_t word[64];
    uint32_t s[8];

    load_block(word, block);
    memcpy(s, state, sizeof(s));
    for (size_t i = 0; i < 64; i++) {
        uint32_t a = WORD(0);
        uint32_t e = WORD(4);
        uint32_t choice = (e & WORD(5)) ^ (~e & WORD(6));
        uint32_t major = (a & WORD(1)) ^ (a & WORD(2)) ^ (WORD(1) & WORD(2));
        uint32_t one = WORD(7) +
                       (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + choice +
                       sha256_constant[i] + word[i];

        WORD(3) += one;
        WORD(7) = one + (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + major;
    }
    for (size_t i = 0; i < 8; i++)
        state[i] += s[i];
}

void
sha256_portable_blocks(uint32_t state[8], const unsigned char *data,
                       size_t blocks)
{
    for (; blocks; blocks--, data += 64)
        add_block(state, data);
}

#undef WORD

void
sha256_init(struct sha256 *sha)
{
    static const uint32_t start[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372,
                                      0xa54ff53a, 0x510e527f, 0x9b05688c,
                                      0x1f83d9ab, 0x5be0cd19};

    memcpy(sha->state, start, sizeof(start));
    sha->bytes = 0;
    sha->add_blocks = sha256_fast_blocks();
    if (!sha->add_blocks)
        sha->add_blocks = sha256_portable_blocks;
}

void
sha256_add(struct sha256 *sha, const void *data, size_t size)
{
    const unsigned char *at = data;
    size_t used = (size_t)(sha->bytes % 64);

    sha->bytes += size;
    if (used) {
        size_t part = size < 64 - used ? size : 64 - used;

        memcpy(sha->block + used, at, part);
        at += part;
        size -= part;
        if (used + part < 64)
            return;
        sha->add_blocks(sha->state, sha->block, 1);
    }
    sha->add_blocks(sha->state, at, size / 64);
    if (size % 64)
        memcpy(sha->block, at + size / 64 * 64, size % 64);
}

void
sha256_end(struct sha256 *sha, unsigned char digest[SHA256_SIZE])
{
    static const unsigned char padding[64] = {0x80};
    uint64_t bits = sha->bytes * 8;
    size_t used = (size_t)(sha->bytes % 64);
    unsigned char length[8];

    sha256_add(sha, padding, used < 56 ? 56 - used : 120 - used);
    for (size_t i = 0; i < 8; i++)
        length[i] = (unsigned char)(bits >> (56 - 8 * i));
    sha256_add(sha, length, sizeof(length));
    for (size_t i = 0; i < SHA256_SIZE; i++)
        digest[i] = (unsigned char)(sha->state[i / 4] >> (24 - 8 * (i % 4)));
}

void
sha256_of(const void *data, size_t size, unsigned char digest[SHA256_SIZE])
{
    struct sha256 sha;

    sha256_init(&sha);
    sha256_add(&sha, data, size);
    sha256_end(&sha, digest);
}

void
sha256_hex(const unsigned char digest[SHA256_SIZE], char hex[SHA256_HEX_SIZE])
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < SHA256_SIZE; i++) {
        *hex++ = digits[digest[i] >> 4];
        *hex++ = digits[digest[i] & 15];
    }
    *hex = '\0';
}

enum status
sha256_file(int fd, const char *name, char hex[SHA256_HEX_SIZE],
            uint64_t *bytes, struct error *err)
{
    const size_t room = (size_t)256 << 10;
    unsigned char digest[SHA256_SIZE];
    struct sha256 sha;
    enum status status = STATUS_OK;
    char *part = mem_alloc(room);
    ssize_t got;

    sha256_init(&sha);
    for (;;) {
        got = read(fd, part, room);
        if (got == 0)
            break;
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            status = error_set(err, STATUS_IO, "%s: cannot be read: %s", name,
                               strerror(errno));
            goto done;
        }
        sha256_add(&sha, part, (size_t)got);
    }
    if (bytes)
        *bytes = sha.bytes;
    sha256_end(&sha, digest);
    sha256_hex(digest, hex);
done:
    free(part);
    return status;
}
