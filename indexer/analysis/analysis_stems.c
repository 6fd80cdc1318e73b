/*
 * Stemmers and their caches.
 *
 * A newspaper writes few words many times, so nearly every stem is one that
 * was made before.  The cache is a table with one place for each hash; two
 * places fill one of the processor's lines:
 *
 *     [notes] [word size] [kept] [changed] [word] [what the stem ends with]
 *
 * The mark of the language stands in no place: it is the same for all.
 *
 * A stem is nearly always the beginning of its word: the first `kept` bytes,
 * then `changed` others ("happy": 4 kept, "i").  A later word takes the place
 * of an earlier one.  Words that do not fit go to the stemmer each time; so
 * do the first few dozen, for a query that reads a handful of words shall not
 * pay for clearing the table.  A page of hits has a small one, of which no
 * more memory is touched than its words are worth; whoever reads a whole
 * archive gets larger ones.
 *
 * corpus/base/hash_table.h would forget nothing: a merge of 30,000 articles
 * then took 4.00 s of processor time instead of 3.68 s, and want of memory
 * would end a program of which this is but a function that SQLite calls.
 */
#include <string.h>

#include <libstemmer.h>

#include "corpus/base/ascii.h"
#include "corpus/base/count.h"
#include "indexer/analysis/analysis_parts.h"
#include "indexer/bits/sqlite.h"
#include "indexer/bits/word.h"

#define CACHE_TEXT 21

struct place {
    struct token_notes notes;
    unsigned char word_size;
    unsigned char kept;
    unsigned char changed;
    char text[CACHE_TEXT];
};

/* How large the cache is after so many stems that were not in it. */
static const struct {
    uint64_t made;
    size_t places; /* a power of two */
} growth[] = {{64, 1u << 11}, {1u << 13, 1u << 15}, {1u << 16, 1u << 17}};

#define GROWTH_COUNT (COUNT(growth))

struct stems {
    struct sb_stemmer *stemmer;
    struct place *cache; /* or NULL */
    size_t places;
    size_t grown; /* steps of growth that were made */
    uint64_t made;
    char mark[3]; /* ":en" */
    char stem[CACHE_TEXT];
    char folded[WORD_SIZE_MAX];
    char term[TERM_SIZE_MAX];
};

/* The stemmers of libstemmer and what ISO 639-1 calls their languages.  Its
 * "porter" is an older one for English. */
static const struct {
    const char *name;
    const char *code;
} languages[] = {
    {"arabic", "ar"},    {"armenian", "hy"},   {"basque", "eu"},
    {"catalan", "ca"},   {"danish", "da"},     {"dutch", "nl"},
    {"english", "en"},   {"finnish", "fi"},    {"french", "fr"},
    {"german", "de"},    {"greek", "el"},      {"hindi", "hi"},
    {"hungarian", "hu"}, {"indonesian", "id"}, {"irish", "ga"},
    {"italian", "it"},   {"lithuanian", "lt"}, {"nepali", "ne"},
    {"norwegian", "no"}, {"portuguese", "pt"}, {"romanian", "ro"},
    {"russian", "ru"},   {"serbian", "sr"},    {"spanish", "es"},
    {"swedish", "sv"},   {"tamil", "ta"},      {"turkish", "tr"},
    {"yiddish", "yi"},
};

/* Other codes for the same: the two written forms of Norwegian. */
static const struct {
    const char *alias;
    const char *code;
} aliases[] = {{"nb", "no"}, {"nn", "no"}};

#define LANGUAGE_COUNT (COUNT(languages))

int
stems_count(void)
{
    return (int)LANGUAGE_COUNT;
}

const char *
stems_code(int language)
{
    return languages[language].code;
}

const char *const *
analysis_languages(void)
{
    static const char *const names[] = {
        "arabic",   "armenian",   "basque",    "catalan",    "danish",
        "dutch",    "english",    "finnish",   "french",     "german",
        "greek",    "hindi",      "hungarian", "indonesian", "irish",
        "italian",  "lithuanian", "nepali",    "norwegian",  "portuguese",
        "romanian", "russian",    "serbian",   "spanish",    "swedish",
        "tamil",    "turkish",    "yiddish",   NULL};

    return names;
}

/* Does the name begin with this code, and with no more letters? */
static bool
is_tag(const char *name, const char *code)
{
    for (; *code; name++, code++) {
        char lower = ascii_lower(*name);

        if (lower != *code)
            return false;
    }
    return *name == '\0' || *name == '-' || *name == '_';
}

int
stems_find(const char *name)
{
    for (size_t i = 0; i < COUNT(aliases); i++) {
        if (is_tag(name, aliases[i].alias))
            name = aliases[i].code;
    }
    for (size_t i = 0; i < LANGUAGE_COUNT; i++) {
        if (is_tag(name, languages[i].code) || is_tag(name, languages[i].name))
            return (int)i;
    }
    return -1;
}

const char *
analysis_language_code(const char *name)
{
    int language = name ? stems_find(name) : -1;

    return language < 0 ? NULL : languages[language].code;
}

struct stems *
stems_new(int language)
{
    struct stems *stems = sqlite3_malloc64(sizeof(*stems));

    if (!stems)
        return NULL;
    memset(stems, 0, sizeof(*stems));
    stems->stemmer = sb_stemmer_new(languages[language].name, NULL);
    if (!stems->stemmer) {
        sqlite3_free(stems);
        return NULL;
    }
    stems->mark[0] = TERM_MARK;
    memcpy(stems->mark + 1, languages[language].code, 2);
    return stems;
}

void
stems_free(struct stems *stems)
{
    if (!stems)
        return;
    sb_stemmer_delete(stems->stemmer);
    sqlite3_free(stems->cache);
    sqlite3_free(stems);
}

/* Are there bytes that folding may change? */
static bool
is_beyond_ascii(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if ((unsigned char)text[i] >= 128)
            return true;
    return false;
}

/* The folded stem, without its mark. */
static const char *
stem_make(struct stems *stems, const char *word, size_t size, size_t *stem_size)
{
    const sb_symbol *stem;
    int length;

    stem = sb_stemmer_stem(stems->stemmer, (const sb_symbol *)word, (int)size);
    if (!stem)
        return NULL;
    length = sb_stemmer_length(stems->stemmer);
    if (length <= 0 || length > WORD_SIZE_MAX) {
        length = (int)size;
        stem = (const sb_symbol *)word;
    }
    *stem_size = (size_t)length;
    if (!is_beyond_ascii((const char *)stem, *stem_size))
        return (const char *)stem;
    *stem_size = char_fold(stems->folded, (const char *)stem, *stem_size);
    if (*stem_size == 0)
        *stem_size = char_fold(stems->folded, word, size);
    return stems->folded;
}

static const char *
stem_mark(struct stems *stems, const char *stem, size_t *size)
{
    memcpy(stems->term, stem, *size);
    memcpy(stems->term + *size, stems->mark, sizeof(stems->mark));
    *size += sizeof(stems->mark);
    return stems->term;
}

/* What the smaller one knew is soon found again. */
static void
cache_grow(struct stems *stems)
{
    size_t places = growth[stems->grown++].places;
    struct place *cache = sqlite3_malloc64(places * sizeof(*cache));

    if (!cache)
        return;
    memset(cache, 0, places * sizeof(*cache));
    sqlite3_free(stems->cache);
    stems->cache = cache;
    stems->places = places;
}

/* The place of a word, or NULL.  A miss is counted by the caller. */
static struct place *
place_of(struct stems *stems, const char *word, size_t size)
{
    if (size > CACHE_TEXT || !stems->cache)
        return NULL;
    return &stems->cache[word_hash(word, size) & (stems->places - 1)];
}

static bool
place_has(const struct place *place, const char *word, size_t size)
{
    return place && place->word_size == size &&
           word_equal(place->text, word, size);
}

static void
count_miss(struct stems *stems)
{
    if (stems->grown < GROWTH_COUNT &&
        ++stems->made > growth[stems->grown].made)
        cache_grow(stems);
}

static void
place_fill(struct place *place, const char *word, size_t size, const char *stem,
           size_t stem_size)
{
    size_t kept = 0;

    while (kept < size && kept < stem_size && word[kept] == stem[kept])
        kept++;
    if (size + stem_size - kept > CACHE_TEXT)
        return;
    place->notes = (struct token_notes){0};
    place->word_size = (unsigned char)size;
    place->kept = (unsigned char)kept;
    place->changed = (unsigned char)(stem_size - kept);
    memcpy(place->text, word, size);
    memcpy(place->text + size, stem + kept, stem_size - kept);
}

/* The stem that a place holds; a changed one is put together. */
static const char *
place_stem(struct stems *stems, const struct place *place, size_t *stem_size)
{
    *stem_size = place->kept + (size_t)place->changed;
    if (!place->changed)
        return place->text;
    memcpy(stems->stem, place->text, place->kept);
    memcpy(stems->stem + place->kept, place->text + place->word_size,
           place->changed);
    return stems->stem;
}

/* Terms that are never stemmed: no folded word that is begins like them. */
static bool
is_kept(const char *term)
{
    return ascii_is_digit(*term) || ascii_is_upper(*term);
}

const char *
stems_get(struct stems *stems, const char *word, size_t size, size_t *stem_size,
          struct token_notes **notes)
{
    struct place *place = NULL;
    const char *stem;

    *notes = NULL;
    /* One that begins with a figure has its place among the kept. */
    if (!is_kept(word))
        place = place_of(stems, word, size);
    if (place_has(place, word, size)) {
        *notes = &place->notes;
        return stem_mark(stems, place_stem(stems, place, stem_size), stem_size);
    }
    stem = stem_make(stems, word, size, stem_size);
    if (stem && place)
        place_fill(place, word, size, stem, *stem_size);
    count_miss(stems);
    return stem ? stem_mark(stems, stem, stem_size) : NULL;
}

struct token_notes *
stems_keep(struct stems *stems, const char *term, size_t size)
{
    struct place *place = is_kept(term) ? place_of(stems, term, size) : NULL;

    if (!place)
        return NULL;
    if (!place_has(place, term, size))
        place_fill(place, term, size, term, size);
    return &place->notes;
}

void
stems_expect(const struct stems *stems, const char *word, size_t size)
{
    if (stems->cache)
        __builtin_prefetch(
            &stems->cache[word_hash(word, size) & (stems->places - 1)]);
}
