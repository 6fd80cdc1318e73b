/*
 * The sums of the pages: XXH3 as Yann Collet's xxHash has it.  A flipped bit or
 * a page of zeros is then seen by whoever reads it first, not only by a check
 * of every byte.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include <zlib.h>

#include "corpus/base/buf.h"
#include "corpus/base/mem.h"
#include "indexer/ranked/ranked_parts.h"
#include "indexer/ranked/ranked_writer_parts.h"

static uint32_t
sum_of(const void *page, size_t size)
{
    return (uint32_t)XXH3_64bits(page, size);
}

static size_t
pages_of(size_t bytes)
{
    return (bytes + RANKED_PAGE - 1) / RANKED_PAGE;
}

bool
ranked_open_sums(struct ranked *ranked, size_t size)
{
    size_t left = ranked->size - RANKED_FOOTER_SIZE;

    ranked->sound_to = SIZE_MAX;
    if (!size)
        return true;
    if (size > left || pages_of(left - size) * 4 != size)
        return false;
    ranked->summed = left - size;
    ranked->sum = ranked->data + ranked->summed;
    ranked->compared = mem_zero(pages_of(ranked->summed) / 8 + 1, 1);
    ranked->sound_to = 0;
    return true;
}

void
ranked_close_sums(struct ranked *ranked)
{
    free(ranked->compared);
}

static void
compare_page(struct ranked *ranked, size_t page)
{
    unsigned char bit = (unsigned char)(1u << page % 8);
    size_t from = page * RANKED_PAGE;
    size_t size = ranked->summed - from < RANKED_PAGE ? ranked->summed - from
                                                      : RANKED_PAGE;

    if (ranked->compared[page / 8] & bit)
        return;
    ranked->compared[page / 8] |= bit;
    if (sum_of(ranked->data + from, size) != le_u32(ranked->sum + page * 4))
        ranked->damaged = true;
}

void
ranked_compare(struct ranked *ranked, size_t from, size_t to)
{
    size_t first = from / RANKED_PAGE;
    size_t end;

    if (to > ranked->summed)
        to = ranked->summed;
    end = pages_of(to);
    for (size_t page = first; page < end; page++)
        compare_page(ranked, page);
    if (first < end) {
        ranked->sound_from = first * RANKED_PAGE;
        /* What is behind the last page has no sum. */
        ranked->sound_to = to == ranked->summed ? SIZE_MAX : end * RANKED_PAGE;
    }
}

/* --- writing --- */

/* The sums of all that is in the file but the footer, which goes to `footer`;
 * the file is then at the end of what was summed. */
static bool
sum_file(FILE *file, struct buf *sums, unsigned char footer[RANKED_FOOTER_SIZE])
{
    unsigned char page[RANKED_PAGE];
    uint64_t left;
    long size;

    if (fseek(file, 0, SEEK_END) || (size = ftell(file)) < RANKED_FOOTER_SIZE ||
        fseek(file, 0, SEEK_SET))
        return false;
    for (left = (uint64_t)size - RANKED_FOOTER_SIZE; left;) {
        size_t part = left < RANKED_PAGE ? (size_t)left : RANKED_PAGE;

        if (fread(page, 1, part, file) != part)
            return false;
        ranked_put_u32(sums, sum_of(page, part));
        left -= part;
    }
    return fread(footer, 1, RANKED_FOOTER_SIZE, file) == RANKED_FOOTER_SIZE &&
           !fseek(file, size - RANKED_FOOTER_SIZE, SEEK_SET);
}

enum status
ranked_put_sums(const char *path, struct error *err)
{
    unsigned char footer[RANKED_FOOTER_SIZE];
    struct buf sums = BUF_INIT;
    FILE *file = fopen(path, "r+be");
    bool good = file && sum_file(file, &sums, footer);

    if (good) {
        le_set_u32(footer + RANKED_FOOTER_SUMS, (uint32_t)sums.size);
        le_set_u32(footer + RANKED_FOOTER_CRC,
                   (uint32_t)crc32_z(0, footer, RANKED_FOOTER_CRC));
        good = fwrite(sums.data, 1, sums.size, file) == sums.size &&
               fwrite(footer, 1, sizeof(footer), file) == sizeof(footer);
    }
    buf_release(&sums);
    if (file && fclose(file) != 0)
        good = false;
    return good ? STATUS_OK
                : error_set(err, status_of_errno(errno),
                            "%s: cannot be written: %s", path, strerror(errno));
}
