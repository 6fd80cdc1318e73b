#include "query/suggest.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "corpus/mem.h"
#include "indexer/sound.h"
#include "indexer/vocabulary.h"
#include "query/edits.h"

/* Words of fewer characters are too near to too many for two edits. */
#define TWO_EDITS_FROM 5

/* What sounds the same may be spelled this differently. */
#define SOUND_EDITS 3

/* How much likelier one edit is than two, as a natural logarithm; and a word
 * that sounds the same than one that does not. */
#define EDIT_WEIGHT 9.0
#define SOUND_WEIGHT 0.5

/* A word of the archive that is near. */
struct near {
    char word[TERM_SIZE_MAX + 1];
    uint64_t occurrences;
    int edits;
    bool sounds;
};

struct hunt {
    struct edits edits;
    size_t characters;
    uint32_t letters;
    uint16_t sound;
    int most; /* edits */
    uint64_t occurrences;
    struct near *near;
    size_t nears;
    size_t room;
};

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

static void
look_at_word(struct hunt *hunt, const struct vocabulary_row *row, size_t i,
             const char *word)
{
    size_t size = row->bytes[i];
    bool sounds = hunt->sound && vocabulary_u16(row->sound, i) == hunt->sound;
    int edits = edits_to(&hunt->edits, word, size);
    struct near *near;

    if (edits == 0)
        hunt->occurrences += vocabulary_u32(row->occurrences, i);
    if (edits == 0 || edits > (sounds ? SOUND_EDITS : hunt->most) ||
        size > TERM_SIZE_MAX)
        return;
    hunt->near =
        mem_grow(hunt->near, hunt->nears, &hunt->room, sizeof(*hunt->near));
    near = &hunt->near[hunt->nears++];
    memset(near, 0, sizeof(*near));
    memcpy(near->word, word, size);
    near->occurrences = vocabulary_u32(row->occurrences, i);
    near->edits = edits;
    near->sounds = sounds;
}

static void
look_at_row(struct hunt *hunt, const struct vocabulary_row *row)
{
    const char *word = row->text;

    for (size_t i = 0; i < row->words; i++) {
        if (few_bits(vocabulary_u32(row->letters, i) ^ hunt->letters,
                     hunt->most) ||
            (hunt->sound && vocabulary_u16(row->sound, i) == hunt->sound))
            look_at_word(hunt, row, i, word);
        word += row->bytes[i];
    }
}

static void
look_at_segment(struct hunt *hunt, struct sqlite3 *segment)
{
    int reach = hunt->most > 1 ? 2 : 1;
    sqlite3_stmt *select = NULL;

    sqlite3_prepare_v2(segment,
                       "SELECT words FROM spelling WHERE id >= ?1 AND id < ?2",
                       -1, &select, NULL);
    sqlite3_bind_int64(
        select, 1, ((sqlite3_int64)hunt->characters - reach) * VOCABULARY_ROWS);
    sqlite3_bind_int64(select, 2,
                       ((sqlite3_int64)hunt->characters + reach + 1) *
                           VOCABULARY_ROWS);
    while (sqlite3_step(select) == SQLITE_ROW) {
        const void *words = sqlite3_column_blob(select, 0);
        struct vocabulary_row row;

        if (vocabulary_row(&row, words,
                           (size_t)sqlite3_column_bytes(select, 0)))
            look_at_row(hunt, &row);
    }
    sqlite3_finalize(select);
}

static int
compare_words(const void *a, const void *b)
{
    const struct near *one = a;
    const struct near *two = b;

    return strcmp(one->word, two->word);
}

/* Make one of what several segments have. */
static void
join_segments(struct hunt *hunt)
{
    size_t kept = 0;

    if (!hunt->nears)
        return;
    qsort(hunt->near, hunt->nears, sizeof(*hunt->near), compare_words);
    for (size_t i = 1; i < hunt->nears; i++) {
        if (strcmp(hunt->near[kept].word, hunt->near[i].word) == 0)
            hunt->near[kept].occurrences += hunt->near[i].occurrences;
        else
            hunt->near[++kept] = hunt->near[i];
    }
    hunt->nears = kept + 1;
}

/* To write a sound otherwise is one mistake, however many letters it takes. */
static double
score_of(const struct hunt *hunt, const struct near *near)
{
    double cost =
        edits_cost(&hunt->edits, near->word, strlen(near->word)) / 100.0 - 1;

    if (near->sounds && cost > 0)
        cost /= 2;
    return log((double)near->occurrences) - EDIT_WEIGHT * cost +
           (near->sounds ? SOUND_WEIGHT : 0);
}

/* Put it in its place among the best, if it has one. */
static void
offer(struct guesses *guesses, const struct near *near, double score)
{
    size_t at = guesses->count;
    struct guess *guess;

    while (at > 0 && guesses->guess[at - 1].score < score)
        at--;
    if (at == GUESSES_MAX)
        return;
    guess = &guesses->guess[at];
    guesses->count += guesses->count < GUESSES_MAX;
    memmove(guess + 1, guess, (guesses->count - 1 - at) * sizeof(*guess));
    memcpy(guess->word, near->word, sizeof(guess->word));
    guess->occurrences = near->occurrences;
    guess->edits = near->edits;
    guess->sounds = near->sounds;
    guess->score = score;
}

void
suggest_words(struct guesses *guesses, struct sqlite3 *const *segment,
              size_t segments, const char *word, size_t size)
{
    struct hunt hunt = {0};

    memset(guesses, 0, sizeof(*guesses));
    hunt.characters = vocabulary_letters(word, size, &hunt.letters);
    if (hunt.characters < VOCABULARY_SHORTEST ||
        hunt.characters > VOCABULARY_LONGEST)
        return;
    hunt.most = hunt.characters >= TWO_EDITS_FROM ? 2 : 1;
    hunt.sound = sound_number(word, size);
    edits_init(&hunt.edits, word, size);
    for (size_t i = 0; i < segments; i++)
        look_at_segment(&hunt, segment[i]);
    join_segments(&hunt);
    for (size_t i = 0; i < hunt.nears; i++)
        offer(guesses, &hunt.near[i], score_of(&hunt, &hunt.near[i]));
    guesses->occurrences = hunt.occurrences;
    free(hunt.near);
}

/* What occurs a few times itself may be a slip that got printed; then the
 * guess has to be much more frequent, and near. */
bool
suggest_is_better(const struct guesses *guesses)
{
    const struct guess *best = &guesses->guess[0];

    if (!guesses->count)
        return false;
    if (!guesses->occurrences)
        return true;
    return best->edits == 1 && best->occurrences / 50 >= guesses->occurrences;
}

static bool
is_word_byte(char byte)
{
    return (byte & 0x80) || isalnum((unsigned char)byte);
}

/* Does `word` stand here, whole? */
static bool
stands_at(const char *query, const char *at, const char *word, size_t size)
{
    if (strncmp(at, word, size) != 0)
        return false;
    return (at == query || !is_word_byte(at[-1])) && !is_word_byte(at[size]);
}

bool
suggest_query(struct buf *out, const char *query, const char *word,
              const char *better)
{
    size_t size = strlen(word);
    bool found = false;
    const char *at = query;

    buf_clear(out);
    while (size && *at) {
        if (!stands_at(query, at, word, size)) {
            buf_add_byte(out, *at++);
            continue;
        }
        found = true;
        if (*at >= 'A' && *at <= 'Z' && *better >= 'a' && *better <= 'z') {
            buf_add_byte(out, (char)(*better - 'a' + 'A'));
            buf_add_text(out, better + 1);
        } else {
            buf_add_text(out, better);
        }
        at += size;
    }
    if (!found)
        buf_clear(out);
    return found;
}
