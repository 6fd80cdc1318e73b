#include "corpus/story/language.h"

#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include "corpus/article/article.h"
#include "corpus/base/fnv.h"
#include "corpus/base/hash_table.h"
#include "corpus/base/mem.h"
#include "corpus/base/utf8.h"
#include "corpus/story/language_table.h"

enum {
    LOOK_MOST = 2048,   /* bytes of a text that are looked at, */
    LOOK_SCRIPT = 1024, /* and of these for its script; */
    WORDS_LEAST = 40,   /* words until it may be sure and stop */
    WORD_LETTERS = 40,  /* a longer one is none */
    LANGUAGES_MOST = 64 /* in the table */
};

/*
 * How sure it must be, in sixteenths of a nat.  MARGIN: e^8 times as likely as
 * the next best; STOP, enough not to read on.  FIT: languages that are not in
 * the table look like one that is, but have less of what is common there, in
 * hundredths of what is usual.
 */
enum {
    MARGIN = 128,
    STOP = 640,
    FIT = 58,
    FIT_LEAST = 48, /* if it is far before the next, */
    MARGIN_FAR = 320,
    FIT_OTHER = 40,   /* or of a script that few languages have; */
    LETTERS_FEW = 80, /* a title may be all of words from Latin: so few must */
    MARGIN_FEW = 200  /* have a small word of their language, too */
};

/* --- what is known, by groups of letters and by words --- */

struct known_of {
    uint32_t hash;
    unsigned char language;
    unsigned char weight;
    bool word;
    bool more; /* the next one is of the same group or word */
};

struct known {
    struct hash_table table; /* the first of each hash */
    struct known_of *of;     /* in order of their hashes */
    size_t count;
    size_t room;
};

static uint32_t
hash_letters(const uint32_t *letter, size_t letters)
{
    uint32_t hash = FNV_START;

    for (size_t i = 0; i < letters; i++)
        hash = fnv_add(hash, letter[i]);
    return hash;
}

static void
known_add(struct known *known, uint32_t hash, size_t language,
          unsigned char weight, bool word)
{
    known->of =
        mem_grow(known->of, known->count, &known->room, sizeof(*known->of));
    known->of[known->count++] =
        (struct known_of){.hash = hash,
                          .language = (unsigned char)language,
                          .weight = weight,
                          .word = word};
}

static int
by_hash(const void *left, const void *right)
{
    const struct known_of *a = left;
    const struct known_of *b = right;

    return (a->hash > b->hash) - (a->hash < b->hash);
}

/* What is known of a group lies side by side: it is asked for by the hundred.
 */
static void
known_settle(struct known *known)
{
    qsort(known->of, known->count, sizeof(*known->of), by_hash);
    for (size_t i = 0; i < known->count; i++) {
        if (!i || known->of[i].hash != known->of[i - 1].hash)
            hash_table_add(&known->table, known->of[i].hash, (uint32_t)i);
        else
            known->of[i - 1].more = true;
    }
}

static unsigned char
weight_of(const unsigned char *weight, size_t rank)
{
    size_t power = 0;

    while (rank >>= 1)
        power++;
    return weight[power < LANGUAGE_RANKS ? power : LANGUAGE_RANKS - 1];
}

/* A list of the table: groups, or words, which get their borders here. */
static void
known_add_list(struct known *known, size_t language, const char *list,
               const unsigned char *weight, bool words)
{
    uint32_t letter[WORD_LETTERS + 2];
    size_t letters = 0;
    size_t rank = 1;
    const char *end = list + strlen(list);

    while (list <= end) {
        uint32_t code = ' ';
        size_t length = 1;

        if (list < end)
            length = utf8_decode(list, (size_t)(end - list), &code);
        list += length ? length : 1;
        if (words && !letters)
            letter[letters++] = '_';
        if (code != ' ') {
            letter[letters++] = code;
            continue;
        }
        if (words)
            letter[letters++] = '_';
        known_add(known, hash_letters(letter, letters) + words, language,
                  weight_of(weight, rank++), words);
        letters = 0;
    }
}

/* Made once in the life of a process, by the first text that asks: it takes
 * two milliseconds, and most archives declare what their articles are in. */
static const struct known *
known_letters(void)
{
    static struct known known;

    if (known.count)
        return &known;
    for (size_t i = 0; i < language_rows && i < LANGUAGES_MOST; i++) {
        known_add_list(&known, i, language_table[i].groups,
                       language_group_weight, false);
        known_add_list(&known, i, language_table[i].words, language_word_weight,
                       true);
    }
    known_settle(&known);
    return &known;
}

/* --- a text --- */

struct tally {
    const struct known *known;
    enum script script;
    unsigned groups;
    unsigned words;
    int sum[LANGUAGES_MOST];
    unsigned common[LANGUAGES_MOST]; /* words, of those in the table */
};

static void
tally_add(struct tally *tally, uint32_t hash)
{
    struct hash_look look = hash_table_look(&tally->known->table, hash);
    uint32_t at = hash_look_next(&look);
    const struct known_of *of;

    if (at == HASH_NONE)
        return;
    for (of = &tally->known->of[at];; of++) {
        tally->sum[of->language] += of->weight;
        tally->common[of->language] += of->word;
        if (!of->more)
            return;
    }
}

/* `letter` begins and ends with a border. */
static void
tally_word(struct tally *tally, const uint32_t *letter, size_t letters)
{
    for (size_t i = 0; i + 3 <= letters; i++)
        tally_add(tally, hash_letters(letter + i, 3));
    tally_add(tally, hash_letters(letter, letters) + 1);
    tally->groups += (unsigned)letters - 2;
    tally->words++;
}

/* The row that has most and how much more that is than the next, among those
 * of the script. */
static size_t
tally_best(const struct tally *tally, int *margin)
{
    size_t best = SIZE_MAX;
    int next = 0;

    for (size_t i = 0; i < language_rows; i++) {
        if (language_table[i].script != tally->script)
            continue;
        if (best == SIZE_MAX || tally->sum[i] > tally->sum[best]) {
            next = best == SIZE_MAX ? 0 : tally->sum[best];
            best = i;
        } else if (tally->sum[i] > next) {
            next = tally->sum[i];
        }
    }
    *margin = best == SIZE_MAX ? 0 : tally->sum[best] - next;
    return best;
}

/* Letters and what is written above or below them. */
static bool
is_of_word(uint32_t code, enum script script)
{
    utf8proc_category_t category;

    if (script_of(code) == script)
        return true;
    if (code < 0x300)
        return false;
    category = utf8proc_category((utf8proc_int32_t)code);
    return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC;
}

static void
tally_text(struct tally *tally, const char *text, size_t size)
{
    uint32_t letter[WORD_LETTERS + 2] = {'_'};
    size_t letters = 1;

    for (size_t at = 0; at <= size;) {
        uint32_t code = ' ';
        size_t length = 1;
        int margin;

        if (at < size)
            length = utf8_decode(text + at, size - at, &code);
        at += length ? length : 1;
        if (is_of_word(code, tally->script)) {
            if (letters <= WORD_LETTERS)
                letter[letters] =
                    (uint32_t)utf8proc_tolower((utf8proc_int32_t)code);
            letters++;
            continue;
        }
        if (letters > 1 && letters <= WORD_LETTERS) {
            letter[letters] = '_';
            tally_word(tally, letter, letters + 1);
            if (tally->words % WORDS_LEAST == 0) {
                tally_best(tally, &margin);
                if (margin >= STOP)
                    return;
            }
        }
        letters = 1;
    }
}

/* --- its script --- */

struct look {
    unsigned letters[SCRIPT_COUNT];
    bool apart; /* there are marks that stand apart from their letters */
};

static void
look_at(struct look *look, const char *text, size_t size)
{
    memset(look, 0, sizeof(*look));
    for (size_t at = 0; at < size;) {
        uint32_t code;
        size_t length = utf8_decode(text + at, size - at, &code);

        at += length ? length : 1;
        look->letters[script_of(code)]++;
        look->apart = look->apart || (code >= 0x300 && code < 0x370) ||
                      (code >= 0xfb1d && code < 0xfb50);
    }
}

/* A character of these says as much as three letters. */
static unsigned
weight_of_script(const struct look *look, enum script script)
{
    bool dense = script == SCRIPT_HAN || script == SCRIPT_KANA ||
                 script == SCRIPT_HANGUL;

    return look->letters[script] * (dense ? 3 : 1);
}

/* The script of most letters; kana and Chinese characters are one, and what is
 * written in both is Japanese. */
static void
choose_script(struct look *look, struct language_guess *guess)
{
    unsigned sum = 0;
    unsigned kana = look->letters[SCRIPT_KANA];
    unsigned most;

    if (kana * 10 >= look->letters[SCRIPT_HAN]) {
        look->letters[SCRIPT_KANA] += look->letters[SCRIPT_HAN];
        look->letters[SCRIPT_HAN] = 0;
    } else {
        look->letters[SCRIPT_HAN] += kana;
        look->letters[SCRIPT_KANA] = 0;
    }
    for (enum script i = SCRIPT_NONE + 1; i < SCRIPT_COUNT; i++) {
        sum += weight_of_script(look, i);
        if (weight_of_script(look, i) > weight_of_script(look, guess->script))
            guess->script = i;
        if (guess->script == SCRIPT_NONE && look->letters[i])
            guess->script = i;
    }
    if (guess->script == SCRIPT_NONE)
        return;
    most = weight_of_script(look, guess->script);
    guess->letters = look->letters[guess->script];
    guess->pure = most * 10 >= sum * 8;
    if (most * 10 < sum * 6)
        guess->script = SCRIPT_NONE;
}

/* Few characters tell a script; a Chinese headline may be a Japanese one. */
static bool
is_told_by_script(struct language_guess *guess)
{
    enum {
        LETTERS_LEAST = 6,
        HAN_LEAST = 20
    };

    if (guess->script == SCRIPT_NONE || guess->letters < LETTERS_LEAST)
        return true;
    if (guess->script != SCRIPT_HAN)
        guess->code = script_language(guess->script);
    else if (guess->letters >= HAN_LEAST)
        guess->code = "zh";
    guess->by_script = guess->code != NULL;
    return guess->code || guess->script == SCRIPT_HAN;
}

static void
guess_script(const char *text, size_t size, struct look *look,
             struct language_guess *guess)
{
    *guess = (struct language_guess){0};
    look_at(look, text, size < LOOK_SCRIPT ? size : LOOK_SCRIPT);
    choose_script(look, guess);
}

static bool
is_sure(const struct language_guess *guess, unsigned common)
{
    int fit = guess->margin >= MARGIN_FAR ? FIT_LEAST : FIT;

    if (guess->script != SCRIPT_LATIN)
        return guess->margin >= MARGIN && guess->fit >= FIT_OTHER;
    if (guess->letters < LETTERS_FEW && !common)
        return false;
    return guess->margin >=
               (guess->letters < LETTERS_FEW ? MARGIN_FEW : MARGIN) &&
           guess->fit >= fit;
}

static void
guess_language(const char *text, size_t size, const struct look *look,
               struct language_guess *guess)
{
    struct tally tally = {.script = guess->script};
    utf8proc_uint8_t *joined = NULL;
    size_t best;

    if (is_told_by_script(guess))
        return;
    if (look->apart &&
        utf8proc_map((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)size,
                     &joined, UTF8PROC_STABLE | UTF8PROC_COMPOSE) >= 0) {
        text = (const char *)joined;
        size = strlen(text);
    }
    tally.known = known_letters();
    tally_text(&tally, text, size);
    free(joined);
    best = tally_best(&tally, &guess->margin);
    if (best == SIZE_MAX || !tally.groups)
        return;
    guess->fit =
        tally.sum[best] * 100 / (language_table[best].fit * (int)tally.groups);
    if (is_sure(guess, tally.common[best]))
        guess->code = language_table[best].code;
}

void
language_guess(const char *text, size_t size, struct language_guess *guess)
{
    struct look look;

    size = utf8_cut(text, size, size < LOOK_MOST ? size : LOOK_MOST);
    guess_script(text, size, &look, guess);
    guess_language(text, size, &look, guess);
}

/* --- an article --- */

/* The body, or with little of that what else there is. */
static void
take_sample(const struct article *article, size_t most, struct buf *out)
{
    const struct buf *body = &article->body;

    buf_set(out, body->data,
            utf8_cut(body->data, body->size,
                     body->size < most ? body->size : most));
    if (out->size >= most / 8)
        return;
    for (size_t i = 0; i < article->captions && out->size < most; i++)
        buf_printf(out, "\n%s", article->caption[i].text.data);
    buf_printf(out, "\n%s", article->headline.data);
}

/* Is the language that an article declares never written in its script? */
static bool
is_contradicted(const struct article *article)
{
    enum {
        LOOK_SHORT = 512,
        LETTERS_LEAST = 40
    };
    struct buf sample = BUF_INIT;
    struct language_guess guess;
    struct look look;

    take_sample(article, LOOK_SHORT, &sample);
    guess_script(sample.data, sample.size, &look, &guess);
    buf_release(&sample);
    return guess.pure && guess.letters >= LETTERS_LEAST &&
           script_is_foreign(guess.script, article->language.data);
}

void
language_of_article(struct article *article)
{
    struct buf sample = BUF_INIT;
    struct language_guess guess;
    bool declared = article->language.size > 0;

    if (declared && article->language_from == LANGUAGE_DETECTED)
        return;
    article->language_from = declared ? LANGUAGE_DECLARED : LANGUAGE_DEFAULT;
    if (declared && !is_contradicted(article))
        return;
    take_sample(article, LOOK_MOST, &sample);
    language_guess(sample.data, sample.size, &guess);
    buf_release(&sample);
    if (!guess.code && !declared)
        article_set_origin(article, MEMBER_LANGUAGE, "default",
                           "the archive's");
    if (!guess.code)
        return;
    article_set_origin(article, MEMBER_LANGUAGE,
                       guess.by_script ? "script" : "letters",
                       declared ? "not %s, as declared" : "%s",
                       declared ? article->language.data : "");
    buf_set_text(&article->language, guess.code);
    article->language_from = LANGUAGE_DETECTED;
}
