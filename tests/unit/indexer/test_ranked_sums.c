#include <string.h>

#include "corpus/base/buf.h"
#include "indexer/ranked/ranked_forms.h"
#include "indexer/ranked/ranked_list.h"
#include "indexer/ranked/ranked_sentences.h"
#include "indexer/ranked/ranked_terms.h"
#include "tests/support/random_segment.h"
#include "tests/support/ranked_unsummed.h"

static const char path[] = "/tmp/nsearch-test-ranked-sums";

struct reading {
    struct ranked *ranked;
    struct ranked_places places;
    uint64_t sum; /* of all that was read, so that nothing is left out */
};

static bool
see_form(void *context, const char *word, size_t size, unsigned letters)
{
    struct reading *reading = context;

    for (size_t i = 0; i < size; i++)
        reading->sum = reading->sum * 31 + (unsigned char)word[i];
    reading->sum += letters;
    return true;
}

static bool
see_word(void *context, const char *term, size_t size, uint32_t articles)
{
    struct reading *reading = context;
    struct ranked_list list;
    struct ranked_cursor cursor;

    reading->sum += articles;
    if (!ranked_find(reading->ranked, term, size, &list))
        return true;
    ranked_forms(reading->ranked, &list, see_form, reading);
    ranked_start(&cursor, reading->ranked, &list);
    for (uint32_t b = 0; b < list.blocks && ranked_load(&cursor, b); b++)
        for (uint32_t i = 0; i < cursor.count; i++) {
            reading->sum += cursor.docid[i] + ranked_impact(&cursor, i);
            if (!ranked_formed_places(&cursor, i, &reading->places))
                return false;
            for (size_t p = 0; p < reading->places.places; p++)
                reading->sum = reading->sum * 31 + reading->places.place[p] +
                               reading->places.form[p];
        }
    return true;
}

/* Everything but the pairs; false if it is damaged. */
static bool
read_all(const struct buf *bytes, uint64_t *sum)
{
    struct reading reading = {.sum = 0};
    struct ranked_sentences sentences = {0};
    struct error err = {0};
    bool sound = false;

    if (!ranked_open_bytes(&reading.ranked, bytes->data, bytes->size, &err)) {
        ranked_words(reading.ranked, "", 0, see_word, &reading);
        for (uint32_t i = 0; i < ranked_articles(reading.ranked); i++) {
            uint32_t length[FIELD_TEXT_COUNT];

            reading.sum += (uint64_t)ranked_published(reading.ranked, i) +
                           ranked_lead(reading.ranked, i);
            ranked_lengths(reading.ranked, i, length);
            for (size_t f = 0; f < FIELD_TEXT_COUNT; f++)
                reading.sum = reading.sum * 31 + length[f];
            if (ranked_sentences(reading.ranked, i, &sentences))
                reading.sum += sentences.sentences;
        }
        sound = !ranked_damaged(reading.ranked);
    }
    ranked_close(reading.ranked);
    ranked_places_release(&reading.places);
    ranked_sentences_release(&sentences);
    *sum = reading.sum;
    return sound;
}

static void
read_file(struct buf *bytes)
{
    size_t size = (size_t)file_size(path);
    FILE *file = fopen(path, "rbe");

    buf_clear(bytes);
    buf_reserve(bytes, size);
    assert_int_equal(fread(bytes->data, 1, size, file), size);
    bytes->size = size;
    fclose(file);
}

static void
make(struct buf *bytes, uint64_t seed)
{
    struct random_segment segment;

    random_segment_init(&segment, &seed, 600);
    ranked_close(random_segment_open(&segment, path, 0));
    read_file(bytes);
    random_segment_release(&segment);
    unlink(path);
}

/* Whatever byte has changed: what is read is the same, or it is told. */
static void
no_changed_byte_is_believed(void **state)
{
    struct buf good = BUF_INIT;
    struct buf bad = BUF_INIT;
    uint64_t seed = 11;
    uint64_t right;
    unsigned told = 0;

    (void)state;
    make(&good, 5);
    assert_true(read_all(&good, &right));
    for (int round = 0; round < 1000; round++) {
        size_t at = random_next(&seed) % good.size;
        size_t run = round % 10 ? 1 : 700;
        uint64_t sum;
        bool sound;

        buf_set(&bad, good.data, good.size);
        for (size_t i = at; i < at + run && i < bad.size; i++) {
            if (run > 1)
                bad.data[i] = 0;
            else
                bad.data[i] ^= (char)(1 << random_below(&seed, 7));
        }
        sound = read_all(&bad, &sum);
        if (sound && sum != right)
            fail_msg("round %d: byte %zu of %zu", round, at, good.size);
        told += !sound;
    }
    assert_true(told > 200);
    buf_release(&good);
    buf_release(&bad);
}

/* Without sums, as while the file is made, such bytes are believed. */
static void
it_is_the_sums_that_tell(void **state)
{
    struct buf good = BUF_INIT;
    struct buf bad = BUF_INIT;
    uint64_t seed = 12;
    uint64_t right;
    unsigned wrong = 0;

    (void)state;
    make(&good, 6);
    good.size = ranked_unsummed((unsigned char *)good.data, good.size);
    assert_true(read_all(&good, &right));
    for (int round = 0; round < 200; round++) {
        uint64_t sum;

        buf_set(&bad, good.data, good.size);
        bad.data[random_next(&seed) % (good.size / 2)] ^= 1;
        wrong += read_all(&bad, &sum) && sum != right;
    }
    assert_true(wrong > 20);
    buf_release(&good);
    buf_release(&bad);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_changed_byte_is_believed),
        cmocka_unit_test(it_is_the_sums_that_tell),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
