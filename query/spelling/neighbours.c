#include "query/spelling/neighbours.h"

#include <sqlite3.h>

#include "indexer/segment/vocabulary.h"

bool
neighbour_ask_init(struct neighbour_ask *ask, const char *word, size_t size)
{
    *ask = (struct neighbour_ask){0};
    ask->characters = vocabulary_letters(word, size, &ask->letters);
    edits_init(&ask->edits, word, size);
    return ask->characters >= VOCABULARY_SHORTEST &&
           ask->characters <= VOCABULARY_LONGEST;
}

/* Are at most 2 * `pairs` bits set? */
static bool
few_bits(uint32_t bits, int pairs)
{
    for (int i = 0; i < pairs; i++) {
        bits &= bits - 1;
        bits &= bits - 1;
    }
    return !bits;
}

/* Among the rare words nothing but the word itself is of interest. */
static void
look_for_itself(const struct neighbour_ask *ask,
                const struct vocabulary_row *row)
{
    const char *text = row->text;

    for (size_t i = 0; i < row->words; i++) {
        struct neighbour word = {.text = text, .size = row->bytes[i]};

        text += word.size;
        if (vocabulary_u32(row->letters, i) != ask->letters ||
            edits_to(&ask->edits, word.text, word.size) != 0)
            continue;
        word.occurrences = vocabulary_u32(row->occurrences, i);
        ask->see(ask->context, &word);
    }
}

static void
look_at_row(const struct neighbour_ask *ask, const struct vocabulary_row *row)
{
    const char *text = row->text;

    for (size_t i = 0; i < row->words; i++) {
        struct neighbour word = {.text = text, .size = row->bytes[i]};

        text += word.size;
        word.sounds = ask->sound && vocabulary_u16(row->sound, i) == ask->sound;
        if (!word.sounds &&
            !few_bits(vocabulary_u32(row->letters, i) ^ ask->letters,
                      ask->most))
            continue;
        word.edits = edits_to(&ask->edits, word.text, word.size);
        if (word.edits > (word.sounds ? ask->most_sound : ask->most))
            continue;
        word.occurrences = vocabulary_u32(row->occurrences, i);
        ask->see(ask->context, &word);
    }
}

static void
look_at_length(const struct neighbour_ask *ask, sqlite3_stmt *select,
               size_t characters)
{
    sqlite3_int64 first = (sqlite3_int64)characters * VOCABULARY_ROWS;
    bool enough = false;

    sqlite3_bind_int64(select, 1, first);
    sqlite3_bind_int64(select, 2, first + VOCABULARY_ROWS);
    while (sqlite3_step(select) == SQLITE_ROW) {
        const void *words = sqlite3_column_blob(select, 0);
        struct vocabulary_row row;

        if (!vocabulary_row(&row, words,
                            (size_t)sqlite3_column_bytes(select, 0)) ||
            !row.words)
            continue;
        enough = enough || (ask->go_on &&
                            !ask->go_on(ask->context,
                                        vocabulary_u32(row.occurrences, 0)));
        if (!enough)
            look_at_row(ask, &row);
        else if (characters == ask->characters)
            look_for_itself(ask, &row);
        else
            break;
    }
    sqlite3_reset(select);
}

void
neighbours_see(const struct neighbour_ask *ask, struct sqlite3 *segment)
{
    sqlite3_stmt *select = NULL;
    size_t reach = ask->most > 1 ? 2 : 1;

    if (!segment ||
        sqlite3_prepare_v2(segment,
                           "SELECT words FROM spelling WHERE id >= ?1 AND"
                           " id < ?2",
                           -1, &select, NULL) != SQLITE_OK)
        return;
    look_at_length(ask, select, ask->characters);
    for (size_t by = 1; by <= reach; by++) {
        look_at_length(ask, select, ask->characters + by);
        if (ask->characters > by)
            look_at_length(ask, select, ask->characters - by);
    }
    sqlite3_finalize(select);
}
