#include "query/copies/story.h"

#include <stdlib.h>
#include <string.h>

#include "corpus/base/ascii.h"
#include "corpus/base/count.h"
#include "corpus/base/fnv.h"
#include "corpus/base/mem.h"
#include "corpus/base/utf8.h"
#include "query/copies/story_parts.h"

enum {
    PAIRED = 4,     /* characters of a word that is one of a pair, at least */
    NEAR_BEGIN = 80 /* words */
};

/* One in so many pairs near the beginning, and behind it. */
enum {
    FEW_FIRST = 3,
    FEW_LATER = 24
};

/* --- words --- */

enum letter {
    LETTER_NONE,  /* stands between words */
    LETTER_SMALL, /* or of a script without capitals */
    LETTER_CAPITAL,
    LETTER_DIGIT,
    LETTER_WORD /* a word by itself: ideographs and kana */
};

/* The characters from one to another, both included. */
struct letters {
    uint32_t first;
    uint32_t last;
    enum letter letter;
};

/* Beyond ASCII, in order; what is in none is small, or knows no capitals. */
static const struct letters letters[] = {
    {0x80, 0xbf, LETTER_NONE},
    {0xc0, 0xd6, LETTER_CAPITAL}, /* small ones are 32 behind, as are those */
    {0xd7, 0xd7, LETTER_NONE},
    {0xd8, 0xde, LETTER_CAPITAL},
    {0xf7, 0xf7, LETTER_NONE},
    {0x391, 0x3a9, LETTER_CAPITAL}, /* of Greek */
    {0x410, 0x42f, LETTER_CAPITAL}, /* and Cyrillic */
    {0x2000, 0x206f, LETTER_NONE},
    {0x2190, 0x2bff, LETTER_NONE},
    {0x2e80, 0x2fff, LETTER_WORD},
    {0x3000, 0x303f, LETTER_NONE},
    {0x3040, 0x9fff, LETTER_WORD},
    {0xf900, 0xfaff, LETTER_WORD},
    {0xff00, 0xff0f, LETTER_NONE},
    {0x20000, 0x10ffff, LETTER_WORD},
};

static enum letter
letter_of(uint32_t c)
{
    if (c < 0x80)
        return ascii_is_digit((char)c)    ? LETTER_DIGIT
               : ascii_is_upper((char)c)  ? LETTER_CAPITAL
               : ascii_is_letter((char)c) ? LETTER_SMALL
                                          : LETTER_NONE;
    for (size_t i = 0; i < COUNT(letters) && letters[i].first <= c; i++)
        if (c <= letters[i].last)
            return letters[i].letter;
    return LETTER_SMALL;
}

static uint32_t
small(uint32_t c, enum letter letter)
{
    return letter == LETTER_CAPITAL ? c + 32 : c;
}

struct reading {
    const char *at;
    const char *end;
    uint32_t c; /* the present character; 0: the end */
    size_t size;
    enum letter letter;
};

static void
look(struct reading *reading)
{
    reading->c = 0;
    reading->size = 0;
    reading->letter = LETTER_NONE;
    if (reading->at == reading->end)
        return;
    reading->size = utf8_decode(
        reading->at, (size_t)(reading->end - reading->at), &reading->c);
    if (!reading->size) {
        reading->size = 1;
        reading->c = 0xfffd;
        return;
    }
    reading->letter = letter_of(reading->c);
}

static void
go_on(struct reading *reading)
{
    reading->at += reading->size;
    look(reading);
}

/* "1,888.06": a sign between two digits. */
static bool
is_in_number(const struct reading *reading, const struct story_word *word)
{
    return word->size > 0 && (reading->c == '.' || reading->c == ',') &&
           reading->end - reading->at > 1 && ascii_is_digit(reading->at[1]) &&
           ascii_is_digit(reading->at[-1]);
}

/* The bits of a hash, so that any of them will do. */
static uint32_t
mixed(uint32_t number)
{
    number = (number ^ number >> 16) * 0x85ebca6bu;
    number = (number ^ number >> 13) * 0xc2b2ae35u;
    return number ^ number >> 16;
}

/* The next word; false at the end. */
static bool
read_word(struct reading *reading, const char *text, struct story_word *word)
{
    uint32_t hash = FNV_START;
    size_t digits = 0;

    while (reading->at < reading->end && reading->letter == LETTER_NONE)
        go_on(reading);
    if (reading->at == reading->end)
        return false;
    *word = (struct story_word){
        .at = (uint32_t)(reading->at - text),
        .kind = reading->letter == LETTER_CAPITAL ? STORY_NAME : STORY_PLAIN};
    do {
        digits += reading->letter == LETTER_DIGIT;
        hash = fnv_add(hash, small(reading->c, reading->letter));
        if (word->characters < UINT8_MAX)
            word->characters++;
        word->size = (uint16_t)(word->size + reading->size);
        word->alone = reading->letter == LETTER_WORD;
        go_on(reading);
    } while (
        !word->alone && word->size < STORY_WORD_SIZE &&
        ((reading->letter != LETTER_NONE && reading->letter != LETTER_WORD) ||
         is_in_number(reading, word)));
    /* "d1r" was misread. */
    if (2 * digits >= word->characters)
        word->kind = STORY_FIGURE;
    word->hash = mixed(hash);
    return true;
}

/* --- what words say of a text --- */

static int
by_number(const void *one, const void *other)
{
    uint32_t a = *(const uint32_t *)one;
    uint32_t b = *(const uint32_t *)other;

    return (a > b) - (a < b);
}

static void
draw_sketch(struct story *story)
{
    uint32_t before = 0;
    bool has_before = false;
    size_t kept = 0;

    story->feature = mem_resize(NULL, story->words + 1, sizeof(uint32_t));
    for (size_t i = 0; i < story->words; i++) {
        const struct story_word *word = &story->word[i];
        uint32_t pair;

        if (word->kind == STORY_FIGURE ||
            (word->characters < PAIRED && !word->alone))
            continue;
        pair = mixed(before * 0x9e3779b1u ^ word->hash);
        if (has_before && pair % (i < NEAR_BEGIN ? FEW_FIRST : FEW_LATER) == 0)
            story->feature[story->features++] = pair;
        before = word->hash;
        has_before = true;
    }
    qsort(story->feature, story->features, sizeof(uint32_t), by_number);
    for (size_t i = 0; i < story->features; i++)
        if (!kept || story->feature[i] != story->feature[kept - 1])
            story->feature[kept++] = story->feature[i];
    story->features = kept;
}

static int
by_hash(const void *one, const void *other)
{
    const struct story_lone *a = one;
    const struct story_lone *b = other;

    if (a->hash != b->hash)
        return a->hash < b->hash ? -1 : 1;
    return (a->word > b->word) - (a->word < b->word);
}

/* The words that stand in it once, by their hashes. */
static void
find_lone(struct story *story)
{
    struct story_lone *all = mem_resize(NULL, story->words + 1, sizeof(*all));
    struct story_lone *lone = mem_resize(NULL, story->words + 1, sizeof(*lone));
    size_t kept = 0;

    for (size_t i = 0; i < story->words; i++)
        all[i] = (struct story_lone){story->word[i].hash, (uint32_t)i};
    qsort(all, story->words, sizeof(*all), by_hash);
    for (size_t i = 0; i < story->words; i++)
        if ((i == 0 || all[i - 1].hash != all[i].hash) &&
            (i + 1 == story->words || all[i + 1].hash != all[i].hash))
            lone[kept++] = all[i];
    free(all);
    story->lone = lone;
    story->lones = kept;
}

struct story *
story_new(const char *text, size_t size)
{
    struct story *story = mem_zero(1, sizeof(*story));
    struct reading reading;
    struct story_word word;
    size_t room = 0;

    if (size > STORY_BYTES) {
        size = utf8_cut(text, size, STORY_BYTES);
        story->cut = true;
    }
    story->text = mem_text(text, size);
    story->size = size;
    reading = (struct reading){.at = story->text, .end = story->text + size};
    look(&reading);
    while (story->words < STORY_WORDS &&
           read_word(&reading, story->text, &word)) {
        story->word =
            mem_grow(story->word, story->words, &room, sizeof(*story->word));
        story->word[story->words++] = word;
    }
    draw_sketch(story);
    find_lone(story);
    return story;
}

void
story_free(struct story *story)
{
    if (!story)
        return;
    free(story->text);
    free(story->word);
    free(story->lone);
    free(story->feature);
    free(story);
}

const uint32_t *
story_sketch(const struct story *story, size_t *count)
{
    *count = story->features;
    return story->feature;
}

bool
story_may_be(const struct story *one, const struct story *other)
{
    size_t least =
        one->features < other->features ? one->features : other->features;
    size_t shared = 0;

    for (size_t i = 0, j = 0; i < one->features && j < other->features;) {
        uint32_t a = one->feature[i];
        uint32_t b = other->feature[j];

        shared += a == b;
        i += a <= b;
        j += b <= a;
    }
    return shared > 0 && shared * STORY_SHARE >= least;
}
