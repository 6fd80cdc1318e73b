/*
 * The places of a list's articles into bits (ranked_format.h draws them).
 */
#include <assert.h>
#include <string.h>

#include "indexer/bits/bitpack.h"
#include "indexer/ranked/ranked_writer_parts.h"

/* Bytes that a frequency takes at most, and each place; and what is written
 * beyond the last bit. */
enum {
    TF_SIZE = 8,
    PLACE_SIZE = 8 + 5,
    BEYOND = 8
};

/* A whole word is written each time, and what is not yet full again. */
struct bits {
    unsigned char *at;
    uint64_t word;
    unsigned used; /* less than 8 */
};

/* `count` is at most 56. */
static inline void
put_bits(struct bits *bits, uint64_t number, unsigned count)
{
    bits->word |= number << bits->used;
    bits->used += count;
    le_set_u64(bits->at, bits->word);
    bits->at += bits->used / 8;
    bits->word >>= bits->used / 8 * 8;
    bits->used %= 8;
}

static inline void
put_tf(struct bits *bits, uint32_t tf, unsigned low)
{
    put_bits(bits, (uint64_t)1 << low, low + 1);
    if (low)
        put_bits(bits, tf - (1U << low), low);
}

static inline void
put_distance(struct bits *bits, uint32_t distance, unsigned k)
{
    uint32_t quotient = distance >> k;

    if (quotient >= RANKED_QUOTIENT) {
        put_bits(bits, (uint64_t)1 << RANKED_QUOTIENT, RANKED_QUOTIENT + 1);
        put_bits(bits, distance, 32);
    } else {
        uint64_t rest = distance & ((1U << k) - 1);

        put_bits(bits, (rest << 1 | 1) << quotient, quotient + 1 + k);
    }
}

static inline void
put_form(struct bits *bits, uint32_t form)
{
    if (form >= RANKED_FORM_LONG) {
        put_bits(bits, (uint64_t)1 << RANKED_FORM_LONG, RANKED_FORM_LONG + 1);
        put_bits(bits, form, RANKED_FORM_BITS);
    } else {
        put_bits(bits, (uint64_t)1 << form, form + 1);
    }
}

static inline void
put_posting(struct bits *bits, const struct posting *posting,
            const uint32_t *distance, const uint32_t *form, unsigned k)
{
    unsigned low;

    assert(posting->tf > 0);
    low = bitpack_bits(posting->tf) - 1;
    put_tf(bits, posting->tf, low);
    k = k > low ? k - low : 0;
    for (uint32_t i = 0; i < posting->tf; i++)
        put_distance(bits, distance[i], k);
    for (uint32_t i = 0; posting->formed && i < posting->tf; i++)
        put_form(bits, form[i]);
}

/* About the best k: an article of n places in which a term stands f times has
 * distances of n / (f + 1), of which the logarithm of f is taken off again
 * where it is used. */
static unsigned
choose_k(const struct posting *posting, size_t count)
{
    uint64_t sum = 0;

    assert(count > 0);
    for (size_t i = 0; i < count; i++)
        sum += posting[i].spread;
    sum = sum * 7 / 10 / count;
    if (sum <= 1)
        return 0;
    return bitpack_bits(sum < 1U << 24 ? (uint32_t)sum : 1U << 24) - 1;
}

static unsigned char *
set_mark(unsigned char *at, uint32_t mark, bool wide)
{
    return wide ? le_set_u32(at, mark) : le_set_u16(at, mark);
}

/* Which of the articles have another form than the commonest: a bit for each,
 * in whole bytes.  Returns how many bytes; 0 if none has. */
static size_t
note_formed(const struct posting *posting, size_t count, unsigned char *formed)
{
    bool any = false;

    memset(formed, 0, RANKED_BLOCK / 8);
    for (size_t i = 0; i < count; i++)
        if (posting[i].formed) {
            formed[i / 8] |= (unsigned char)(1U << i % 8);
            any = true;
        }
    return any ? (count + 7) / 8 : 0;
}

void
ranked_put_places(struct buf *out, const struct posting *posting, size_t count,
                  const uint32_t *distance, const uint32_t *form)
{
    size_t marks = (count - 1) / RANKED_MARK;
    size_t distances = posting[0].at + posting[0].tf - posting[count - 1].at;
    uint32_t mark[RANKED_BLOCK / RANKED_MARK] = {0};
    unsigned char formed[RANKED_BLOCK / 8];
    size_t formed_size = note_formed(posting, count, formed);
    unsigned k = choose_k(posting, count);
    unsigned char *head =
        ranked_reserve(out, 1 + 4 * marks + formed_size + TF_SIZE * count +
                                PLACE_SIZE * distances + BEYOND);
    unsigned char *start = head + 1 + 2 * marks + formed_size;
    struct bits bits = {.at = start};
    bool wide;

    for (size_t i = 0; i < count; i++) {
        if (i && i % RANKED_MARK == 0)
            mark[i / RANKED_MARK - 1] =
                (uint32_t)(bits.at - start) * 8 + bits.used;
        put_posting(&bits, &posting[i], distance + posting[i].at,
                    form + posting[i].at, k);
    }
    bits.at += bits.used > 0;
    wide = marks && mark[marks - 1] > UINT16_MAX;
    if (wide) {
        memmove(start + 2 * marks, start, (size_t)(bits.at - start));
        bits.at += 2 * marks;
    }
    *head++ = (unsigned char)(k | (wide ? RANKED_WIDE : 0) |
                              (formed_size ? RANKED_FORMED : 0));
    for (size_t i = 0; i < marks; i++)
        head = set_mark(head, mark[i], wide);
    memcpy(head, formed, formed_size);
    ranked_reserved(out, bits.at);
}
