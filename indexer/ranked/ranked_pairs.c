#include "indexer/ranked/ranked_pairs.h"

#include "corpus/base/bisect.h"
#include "indexer/ranked/ranked_parts.h"

bool
ranked_open_pairs(struct ranked *ranked, const unsigned char *at, size_t size)
{
    const unsigned char *end = at + size;
    size_t words;
    size_t pairs;
    size_t tables;

    if (!size)
        return true;
    if (size < RANKED_PAIRS_END_SIZE)
        return false;
    end -= RANKED_PAIRS_END_SIZE;
    words = le_u32(end + RANKED_PAIRS_WORDS);
    pairs = le_u32(end + RANKED_PAIRS_PAIRS);
    tables = words * (4 + RANKED_PAIR_ROW_SIZE + 8) + pairs * 4;
    if (words > RANKED_PAIR_WORDS || pairs > words * words ||
        tables > size - RANKED_PAIRS_END_SIZE)
        return false;
    ranked->pair_words = (uint32_t)words;
    ranked->pairs = (uint32_t)pairs;
    ranked->pair_articles = le_u32(end + RANKED_PAIRS_ARTICLES);
    ranked->pair_word = end - words * 8;
    ranked->pair_bits = ranked->pair_word - words * RANKED_PAIR_ROW_SIZE;
    ranked->pair_row = ranked->pair_bits - words * 4;
    ranked->pair_start = ranked->pair_row - pairs * 4;
    ranked->pair_lists = at;
    ranked->pair_lists_size = (uint64_t)(ranked->pair_start - at);
    return true;
}

/* The number of a word among the common ones; their number if it is none. */
static uint32_t
word_of(const struct ranked *ranked, const struct ranked_list *list)
{
    uint64_t wanted = (uint64_t)(list->postings - ranked->data);
    struct bisect half = bisect_between(0, ranked->pair_words);

    while (bisect_next(&half))
        bisect_go(&half, le_u64(ranked->pair_word + half.middle * 8) < wanted);
    if (half.low < ranked->pair_words &&
        le_u64(ranked->pair_word + half.low * 8) == wanted)
        return (uint32_t)half.low;
    return ranked->pair_words;
}

/* How many bits are set before one. */
static uint32_t
bits_before(const unsigned char *bits, uint32_t bit)
{
    uint32_t count = 0;

    for (; bit >= 64; bit -= 64, bits += 8)
        count += (uint32_t)__builtin_popcountll(le_u64(bits));
    if (bit)
        count += (uint32_t)__builtin_popcountll(le_u64(bits) << (64 - bit));
    return count;
}

enum ranked_pair
ranked_pair(struct ranked *ranked, const struct ranked_list *one,
            const struct ranked_list *two, struct ranked_list *both)
{
    const unsigned char *bits;
    uint32_t first;
    uint32_t second;
    uint64_t pair;
    uint64_t start;
    uint64_t end = ranked->pair_lists_size;

    if (!ranked->pair_words || one->articles < ranked->pair_articles ||
        two->articles < ranked->pair_articles)
        return PAIR_UNKNOWN;
    ranked_touch_all(ranked, ranked->pair_start,
                     (size_t)(ranked->pair_word - ranked->pair_start) +
                         (size_t)ranked->pair_words * 8);
    first = word_of(ranked, one);
    second = word_of(ranked, two);
    if (first == ranked->pair_words || second == ranked->pair_words)
        return PAIR_UNKNOWN;
    bits = ranked->pair_bits + (size_t)first * RANKED_PAIR_ROW_SIZE;
    if (!(bits[second / 8] >> (second % 8) & 1))
        return PAIR_NEVER;
    pair = (uint64_t)le_u32(ranked->pair_row + (size_t)first * 4) +
           bits_before(bits, second);
    if (pair < ranked->pairs) {
        start = le_u32(ranked->pair_start + pair * 4);
        if (pair + 1 < ranked->pairs)
            end = le_u32(ranked->pair_start + pair * 4 + 4);
        *both = (struct ranked_list){0};
        if (start < end && end <= ranked->pair_lists_size) {
            ranked_touch(ranked, ranked->pair_lists + start);
            if (ranked_head(ranked, ranked->pair_lists + start, end - start,
                            both))
                return PAIR_LIST;
        }
    }
    ranked->damaged = true;
    return PAIR_UNKNOWN;
}
