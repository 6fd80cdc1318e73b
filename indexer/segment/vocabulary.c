#include "indexer/segment/vocabulary.h"

#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "corpus/base/ascii.h"
#include "corpus/base/buf.h"
#include "corpus/base/mem.h"
#include "corpus/base/utf8.h"
#include "indexer/analysis/analysis.h"
#include "indexer/bits/sql.h"
#include "indexer/bits/word_table.h"
#include "indexer/segment/phonetic.h"

/* What half a page of 8192 bytes holds of a row, less SQLite's own. */
#define ROW_SIZE 4040

/* Of each word in a row, beside its text. */
#define FIXED_SIZE 11

/* Beyond this many words the rarest are forgotten, so that a file of noise
 * cannot take all memory. */
#define WORDS_MAX ((size_t)1 << 20)

enum {
    SEEN = 32
};

struct counted {
    uint32_t text; /* where in `texts` it begins, its size before it */
    uint32_t occurrences;
};

struct vocabulary {
    struct buf texts; /* u8 size and bytes of each word */
    struct counted *word;
    size_t words;
    size_t word_room;
    struct word_table table;
    uint32_t first_note; /* of word 0; 0 is no note */

    /* Words that were seen and not counted yet: by the time that they are,
     * what is to be counted has come from memory. */
    uint32_t seen[SEEN];
    size_t seen_count;
};

struct vocabulary *
vocabulary_new(void)
{
    struct vocabulary *vocabulary = mem_zero(1, sizeof(*vocabulary));

    vocabulary->texts = BUF_INIT;
    vocabulary->first_note = 1;
    word_table_init(&vocabulary->table, 4096);
    return vocabulary;
}

void
vocabulary_free(struct vocabulary *vocabulary)
{
    if (!vocabulary)
        return;
    buf_release(&vocabulary->texts);
    free(vocabulary->word);
    word_table_release(&vocabulary->table);
    free(vocabulary);
}

/* The words have new numbers and other places. */
static void
renew_table(struct vocabulary *vocabulary)
{
    word_table_clear(&vocabulary->table);
    for (size_t i = 0; i < vocabulary->words; i++) {
        uint32_t text = vocabulary->word[i].text + 1;
        const char *word = vocabulary->texts.data + text;

        word_table_put(&vocabulary->table,
                       word_key(word, (unsigned char)word[-1]), text,
                       (uint32_t)i);
    }
}

static void
count_seen(struct vocabulary *vocabulary)
{
    for (size_t i = 0; i < vocabulary->seen_count; i++) {
        struct counted *word = &vocabulary->word[vocabulary->seen[i]];

        word->occurrences += word->occurrences < UINT32_MAX;
    }
    vocabulary->seen_count = 0;
}

/* Drop the words that were seen less than `least` times. */
static void
forget_rare(struct vocabulary *vocabulary, uint32_t least)
{
    struct buf texts = BUF_INIT;
    size_t kept = 0;

    count_seen(vocabulary);
    for (size_t i = 0; i < vocabulary->words; i++) {
        struct counted word = vocabulary->word[i];
        const char *text = vocabulary->texts.data + word.text;

        if (word.occurrences < least)
            continue;
        word.text = (uint32_t)texts.size;
        buf_add(&texts, text, (size_t)(unsigned char)text[0] + 1);
        vocabulary->word[kept++] = word;
    }
    /* The words have new numbers: no old note may be taken for one. */
    vocabulary->first_note += (uint32_t)vocabulary->words;
    vocabulary->words = kept;
    buf_swap(&vocabulary->texts, &texts);
    buf_release(&texts);
}

/* Returns its number; it has not occurred yet. */
static uint32_t
add_new(struct vocabulary *vocabulary, struct word_key key, const char *word)
{
    uint32_t text;

    if (vocabulary->words >= WORDS_MAX) {
        for (uint32_t least = 2; vocabulary->words > WORDS_MAX / 4 * 3; least++)
            forget_rare(vocabulary, least);
        renew_table(vocabulary);
    }
    text = (uint32_t)vocabulary->texts.size;
    vocabulary->word =
        mem_grow(vocabulary->word, vocabulary->words, &vocabulary->word_room,
                 sizeof(*vocabulary->word));
    vocabulary->word[vocabulary->words] = (struct counted){text, 0};
    buf_add_byte(&vocabulary->texts, (char)key.size);
    buf_add(&vocabulary->texts, word, key.size);
    word_table_put(&vocabulary->table, key, text + 1,
                   (uint32_t)vocabulary->words);
    return (uint32_t)vocabulary->words++;
}

/* Most of what is no word begins with a digit or a sign; the rest is left
 * out when it is written. */
static bool
may_be_word(const char *word, size_t size)
{
    return size >= VOCABULARY_SHORTEST && size <= TERM_SIZE_MAX &&
           (ascii_is_lower(word[0]) || (word[0] & 0x80));
}

void
vocabulary_add(struct vocabulary *vocabulary, const char *word, size_t size,
               uint32_t *note)
{
    uint32_t number = note ? *note - vocabulary->first_note : UINT32_MAX;

    if (number >= vocabulary->words) {
        struct word_key key;

        if (!may_be_word(word, size))
            return;
        key = word_key(word, size);
        number = word_table_find(&vocabulary->table, key,
                                 vocabulary->texts.data, word);
        if (number == WORD_NONE)
            number = add_new(vocabulary, key, word);
        if (note)
            *note = vocabulary->first_note + number;
    }
    __builtin_prefetch(&vocabulary->word[number], 1);
    vocabulary->seen[vocabulary->seen_count++] = number;
    if (vocabulary->seen_count == SEEN)
        count_seen(vocabulary);
}

/* The number of a word, or WORD_NONE. */
static uint32_t
find_word(const struct vocabulary *vocabulary, const char *word, size_t size)
{
    return word_table_find(&vocabulary->table, word_key(word, size),
                           vocabulary->texts.data, word);
}

static void
add_times(struct vocabulary *vocabulary, const char *word, size_t size,
          uint32_t times)
{
    uint32_t number = find_word(vocabulary, word, size);
    uint32_t *occurrences;

    if (number == WORD_NONE)
        number = add_new(vocabulary, word_key(word, size), word);
    occurrences = &vocabulary->word[number].occurrences;
    *occurrences +=
        times < UINT32_MAX - *occurrences ? times : UINT32_MAX - *occurrences;
}

void
vocabulary_take(struct vocabulary *vocabulary, const char *word, size_t size)
{
    uint32_t number =
        may_be_word(word, size) ? find_word(vocabulary, word, size) : WORD_NONE;

    if (number != WORD_NONE && vocabulary->word[number].occurrences)
        vocabulary->word[number].occurrences--;
}

static bool
add_row(struct vocabulary *vocabulary, const void *words, size_t size)
{
    struct vocabulary_row row;
    const char *text;

    if (!words || !vocabulary_row(&row, words, size))
        return false;
    text = row.text;
    for (size_t i = 0; i < row.words; i++) {
        if (may_be_word(text, row.bytes[i]))
            add_times(vocabulary, text, row.bytes[i],
                      vocabulary_u32(row.occurrences, i));
        text += row.bytes[i];
    }
    return true;
}

enum status
vocabulary_add_table(struct vocabulary *vocabulary, struct sqlite3 *db,
                     const char *path, struct error *err)
{
    sqlite3_stmt *select = NULL;
    enum status status = STATUS_OK;
    int code = sqlite3_prepare_v2(db, "SELECT words FROM spelling ORDER BY id",
                                  -1, &select, NULL);

    while (!status && code == SQLITE_OK &&
           (code = sqlite3_step(select)) == SQLITE_ROW) {
        const void *words = sqlite3_column_blob(select, 0);

        code = SQLITE_OK;
        if (!add_row(vocabulary, words,
                     (size_t)sqlite3_column_bytes(select, 0)))
            status = error_set(err, STATUS_DAMAGED,
                               "%s: its table of words is damaged; look "
                               "with: nindex check",
                               path);
    }
    if (!status && code != SQLITE_DONE)
        status = sql_failed_with(db, code, path, err);
    sqlite3_finalize(select);
    return status;
}

size_t
vocabulary_letters(const char *word, size_t size, uint32_t *letters)
{
    size_t characters = 0;
    size_t at = 0;

    *letters = 0;
    while (at < size) {
        uint32_t code;
        size_t length = utf8_decode(word + at, size - at, &code);

        if (!length)
            return 0;
        if (code >= 'a' && code <= 'z')
            *letters |= 1u << (code - 'a');
        else
            *letters |= 1u << (26 + code % 6);
        at += length;
        if (characters <= VOCABULARY_LONGEST)
            characters++;
    }
    return characters;
}

/* --- writing --- */

/* A word on its way into a row. */
struct placed {
    const char *text; /* its size before it */
    uint32_t occurrences;
    uint32_t letters;
    uint32_t characters;
};

/* Letters only: what has digits or signs is not a mistyped word. */
static bool
is_word(const char *word, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (!(word[i] & 0x80) && !ascii_is_lower(word[i]))
            return false;
    return true;
}

/* Short before long, frequent before rare, then in the order of bytes. */
static int
compare_placed(const void *a, const void *b)
{
    const struct placed *one = a;
    const struct placed *two = b;
    size_t size = (unsigned char)one->text[0];
    size_t other = (unsigned char)two->text[0];
    int order;

    if (one->characters != two->characters)
        return one->characters < two->characters ? -1 : 1;
    if (one->occurrences != two->occurrences)
        return one->occurrences > two->occurrences ? -1 : 1;
    order = memcmp(one->text + 1, two->text + 1, size < other ? size : other);
    return order ? order : (size > other) - (size < other);
}

/* The words that are kept, in order. */
static size_t
place_words(const struct vocabulary *vocabulary, struct placed *placed)
{
    uint32_t least = vocabulary->words > VOCABULARY_SMALL ? 2 : 1;
    size_t count = 0;

    for (size_t i = 0; i < vocabulary->words; i++) {
        const char *text = vocabulary->texts.data + vocabulary->word[i].text;
        size_t size = (unsigned char)text[0];
        struct placed *word = &placed[count];

        if (vocabulary->word[i].occurrences < least || !is_word(text + 1, size))
            continue;
        *word = (struct placed){text, vocabulary->word[i].occurrences, 0, 0};
        word->characters =
            (uint32_t)vocabulary_letters(text + 1, size, &word->letters);
        count += word->characters >= VOCABULARY_SHORTEST &&
                 word->characters <= VOCABULARY_LONGEST;
    }
    qsort(placed, count, sizeof(*placed), compare_placed);
    return count;
}

static void
add_number(struct buf *out, uint32_t number, int bytes)
{
    for (int i = 0; i < bytes; i++)
        buf_add_byte(out, (char)(number >> (8 * i) & 0xff));
}

static void
draw_row(struct buf *out, const struct placed *placed, size_t count)
{
    buf_clear(out);
    add_number(out, (uint32_t)count, 2);
    for (size_t i = 0; i < count; i++)
        add_number(out, placed[i].occurrences, 4);
    for (size_t i = 0; i < count; i++)
        add_number(out, placed[i].letters, 4);
    for (size_t i = 0; i < count; i++)
        add_number(out,
                   phonetic_number(placed[i].text + 1,
                                   (unsigned char)placed[i].text[0]),
                   2);
    for (size_t i = 0; i < count; i++)
        buf_add_byte(out, placed[i].text[0]);
    for (size_t i = 0; i < count; i++)
        buf_add(out, placed[i].text + 1, (unsigned char)placed[i].text[0]);
}

/* How many of the words go into one row. */
static size_t
fill_of_row(const struct placed *placed, size_t count)
{
    size_t size = 0;
    size_t fill = 0;

    while (fill < count && placed[fill].characters == placed[0].characters) {
        size += FIXED_SIZE + (unsigned char)placed[fill].text[0];
        if (size > ROW_SIZE)
            break;
        fill++;
    }
    return fill;
}

enum status
vocabulary_write(struct vocabulary *vocabulary, struct sqlite3 *db,
                 const char *path, struct error *err)
{
    struct placed *placed =
        mem_resize(NULL, vocabulary->words + 1, sizeof(*placed));
    size_t count;
    struct buf row = BUF_INIT;
    sqlite3_stmt *insert = NULL;
    sqlite3_int64 number = 0;
    int code = sqlite3_prepare_v2(db, "INSERT INTO spelling VALUES(?1, ?2)", -1,
                                  &insert, NULL);

    count_seen(vocabulary);
    count = place_words(vocabulary, placed);
    for (size_t at = 0; code == SQLITE_OK && at < count;) {
        size_t fill = fill_of_row(placed + at, count - at);

        if (at && placed[at].characters != placed[at - 1].characters)
            number = 0;
        draw_row(&row, placed + at, fill);
        sqlite3_bind_int64(
            insert, 1,
            (sqlite3_int64)placed[at].characters * VOCABULARY_ROWS + number++);
        sqlite3_bind_blob64(insert, 2, row.data, row.size, SQLITE_STATIC);
        sqlite3_step(insert);
        code = sqlite3_reset(insert);
        at += fill;
    }
    sqlite3_finalize(insert);
    buf_release(&row);
    free(placed);
    return code == SQLITE_OK ? STATUS_OK : sql_failed_with(db, code, path, err);
}

/* --- reading --- */

bool
vocabulary_row(struct vocabulary_row *row, const void *words, size_t size)
{
    const unsigned char *at = words;
    size_t text = 0;
    size_t count;

    *row = (struct vocabulary_row){0};
    if (size < 2)
        return false;
    count = vocabulary_u16(at, 0);
    if (size < 2 + FIXED_SIZE * count)
        return false;
    row->occurrences = at + 2;
    row->letters = row->occurrences + 4 * count;
    row->sound = row->letters + 4 * count;
    row->bytes = row->sound + 2 * count;
    row->text = (const char *)row->bytes + count;
    for (size_t i = 0; i < count; i++)
        text += row->bytes[i];
    if (size != 2 + FIXED_SIZE * count + text)
        return false;
    row->words = count;
    return true;
}
