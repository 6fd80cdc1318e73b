/* The terms of the present run in byte order. */
#include <stdlib.h>
#include <string.h>

#include "corpus/base/bytes.h"
#include "corpus/base/mem.h"
#include "indexer/ranked/ranked_writer_parts.h"

/* Terms are dealt out by two bytes first. */
#define HEADS ((size_t)1 << 16)

/* What is compared first stands beside the number: most terms differ in their
 * first eight bytes. */
struct sort_key {
    uint64_t head; /* big-endian, zeros behind the end */
    const char *text;
    uint32_t number;
};

static int
compare_keys(const void *a, const void *b)
{
    const struct sort_key *one = a;
    const struct sort_key *two = b;
    size_t one_size = (unsigned char)one->text[0];
    size_t two_size = (unsigned char)two->text[0];

    if (one->head != two->head)
        return one->head < two->head ? -1 : 1;
    return bytes_compare(one->text + 1, one_size, two->text + 1, two_size);
}

static uint64_t
head_of(const char *text)
{
    size_t size = (unsigned char)text[0];
    uint64_t head = 0;

    for (size_t i = 0; i < sizeof(head); i++)
        head = head << 8 | (i < size ? (unsigned char)text[1 + i] : 0);
    return head;
}

/* Keys in order of their first two bytes. `start` is where those of each two
 * bytes begin, and one behind the last. */
static void
deal_keys(const struct ranked_writer *writer, struct sort_key *key,
          size_t *start)
{
    size_t next = 0;

    for (size_t i = 0; i < writer->terms; i++)
        start[head_of(writer->texts.data + writer->term[i].text) >> 48]++;
    for (size_t i = 0; i < HEADS; i++) {
        size_t count = start[i];

        start[i] = next;
        next += count;
    }
    for (size_t i = 0; i < writer->terms; i++) {
        const char *text = writer->texts.data + writer->term[i].text;
        uint64_t head = head_of(text);

        key[start[head >> 48]++] = (struct sort_key){head, text, (uint32_t)i};
    }
    /* Each has become the start of the next. */
    memmove(start + 1, start, HEADS * sizeof(*start));
    start[0] = 0;
}

uint32_t *
ranked_writer_sorted(const struct ranked_writer *writer)
{
    struct sort_key *key = mem_resize(NULL, writer->terms + 1, sizeof(*key));
    uint32_t *sorted = mem_resize(NULL, writer->terms + 1, sizeof(*sorted));
    size_t *start = mem_zero(HEADS + 1, sizeof(*start));

    deal_keys(writer, key, start);
    for (size_t i = 0; i < HEADS; i++)
        if (start[i + 1] - start[i] > 1)
            qsort(key + start[i], start[i + 1] - start[i], sizeof(*key),
                  compare_keys);
    for (size_t i = 0; i < writer->terms; i++)
        sorted[i] = key[i].number;
    free(start);
    free(key);
    return sorted;
}
