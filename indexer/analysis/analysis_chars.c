#include <string.h>

#include <utf8proc.h>

#include "corpus/base/bisect.h"
#include "corpus/base/count.h"
#include "corpus/base/fnv.h"
#include "indexer/analysis/analysis_han.h"
#include "indexer/analysis/analysis_parts.h"

/* Code points of a word that are looked at, and the bytes that they take. */
#define CODES_MAX 512
#define BYTES_MAX (4 * CODES_MAX)

#define L CHAR_LOWER
#define U CHAR_UPPER
#define D CHAR_DIGIT
const unsigned char char_ascii[128] = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* controls */
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* controls */
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* signs */
    D, D, D, D, D, D, D, D, D, D, 0, 0, 0, 0, 0, 0, /* 0-9 */
    0, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, /* A-O */
    U, U, U, U, U, U, U, U, U, U, U, 0, 0, 0, 0, 0, /* P-Z */
    0, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, /* a-o */
    L, L, L, L, L, L, L, L, L, L, L, 0, 0, 0, 0, 0, /* p-z */
};
#undef L
#undef U
#undef D

struct range {
    uint32_t first;
    uint32_t last;
};

/* Scripts written without spaces between words.  Hangul has spaces, but no
 * stemmer to take the particles off; pairs find the word in all its forms. */
static const struct range bigram_scripts[] = {
    {0x0E00, 0x0EFF}, /* Thai, Lao */
    {0x1000, 0x109F}, /* Myanmar */
    {0x1100, 0x11FF}, /* Hangul letters */
    {0x1780, 0x17FF}, /* Khmer */
    {0x3005, 0x3007}, /* iteration mark, zero */
    {0x3041, 0x318F}, /* kana, Bopomofo, Hangul letters */
    {0x31A0, 0x31FF}, {0x3400, 0x4DBF}, {0x4E00, 0x9FFF},   {0xAC00, 0xD7A3},
    {0xF900, 0xFAFF}, {0xFF66, 0xFFDC}, {0x1B000, 0x1B16F}, {0x20000, 0x3FFFF},
};

/* Marks that a writer may leave out.  Vowel signs of Indic and South-East
 * Asian scripts are marks too, but words fall apart without them; the dot
 * below (nukta) is left out by many. */
static const struct range diacritics[] = {
    {0x0300, 0x036F}, {0x0591, 0x05C7}, {0x0610, 0x061A}, {0x064B, 0x065F},
    {0x0670, 0x0670}, {0x06D6, 0x06ED}, {0x093C, 0x093C}, {0x09BC, 0x09BC},
    {0x0A3C, 0x0A3C}, {0x0ABC, 0x0ABC}, {0x0B3C, 0x0B3C}, {0x1AB0, 0x1AFF},
    {0x1DC0, 0x1DFF}, {0x20D0, 0x20FF}, {0xFE20, 0xFE2F},
};

/* Letters that Unicode does not take apart and keyboards do not have. */
static const struct {
    uint32_t code;
    char plain[3];
} plain_letters[] = {
    {0x00E6, "ae"}, /* ae ligature */
    {0x00F0, "d"},  /* eth */
    {0x00F8, "o"},  /* o with stroke */
    {0x00FE, "th"}, /* thorn */
    {0x0111, "d"},  /* d with stroke */
    {0x0127, "h"},  /* h with stroke */
    {0x0131, "i"},  /* dotless i */
    {0x0142, "l"},  /* l with stroke */
    {0x014B, "n"},  /* eng */
    {0x0153, "oe"}, /* oe ligature */
    {0x0167, "t"},  /* t with stroke */
    {0x0192, "f"},  /* f with hook */
};

static bool
in_ranges(uint32_t code, const struct range *range, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (code < range[i].first)
            return false;
        if (code <= range[i].last)
            return true;
    }
    return false;
}

static bool
is_bigram(uint32_t code)
{
    return code >= 0x0E00 &&
           in_ranges(code, bigram_scripts, COUNT(bigram_scripts));
}

static unsigned
class_of(uint32_t code)
{
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)code);
    bool counts =
        category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO;

    if (counts && is_bigram(code))
        return CHAR_BIGRAM;
    if (category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LT)
        return CHAR_UPPER;
    if (category == UTF8PROC_CATEGORY_LL)
        return CHAR_LOWER;
    if (category == UTF8PROC_CATEGORY_LM || category == UTF8PROC_CATEGORY_LO)
        /* Letter-like apostrophes are apostrophes in names. */
        return code == 0x02BC || code == 0x02BB || code == 0x02B9 ? 0
                                                                  : CHAR_LETTER;
    if (category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC ||
        category == UTF8PROC_CATEGORY_ME)
        return CHAR_MARK;
    if (counts)
        return CHAR_DIGIT;
    /* Soft hyphens and joiners stand inside words and mean nothing. */
    if (category == UTF8PROC_CATEGORY_CF)
        return CHAR_MARK;
    return 0;
}

unsigned
char_look(const char *text, size_t size, size_t *length, uint32_t *code)
{
    utf8proc_int32_t got = 0;
    utf8proc_ssize_t bytes;

    if ((unsigned char)*text < 0x80) {
        *length = 1;
        *code = (unsigned char)*text;
        return char_ascii[*code];
    }
    bytes = utf8proc_iterate((const utf8proc_uint8_t *)text,
                             (utf8proc_ssize_t)(size < 4 ? size : 4), &got);
    if (bytes <= 0) {
        *length = 1;
        *code = 0xFFFD;
        return 0;
    }
    *length = (size_t)bytes;
    *code = (uint32_t)got;
    return class_of(*code);
}

size_t
char_shorten(char *out, const char *word, size_t size)
{
    static const char digits[] = "0123456789abcdef";
    size_t kept = WORD_SIZE_MAX - 9;
    uint32_t hash;

    if (size <= WORD_SIZE_MAX) {
        memmove(out, word, size);
        return size;
    }
    while (kept > 0 && ((unsigned char)word[kept] & 0xC0) == 0x80)
        kept--;
    hash = fnv_add_bytes(FNV_START, word + kept, size - kept);
    memmove(out, word, kept);
    out[kept++] = '~';
    for (int shift = 28; shift >= 0; shift -= 4)
        out[kept++] = digits[hash >> shift & 15];
    return kept;
}

/* Does it make one character with the one before it: the later letters of a
 * syllable of Hangul, the dots of kana? */
static bool
is_later_part(uint32_t code)
{
    return (code >= 0x1160 && code <= 0x11FF) || code == 0x3099 ||
           code == 0x309A || code == 0xFF9E || code == 0xFF9F;
}

size_t
char_character(const char *text, size_t size, size_t at)
{
    size_t length;
    uint32_t code;

    if (at >= size ||
        !(char_look(text + at, size - at, &length, &code) & CHAR_BIGRAM))
        return 0;
    at += length;
    while (at < size) {
        char_look(text + at, size - at, &length, &code);
        if (!is_later_part(code))
            break;
        at += length;
    }
    return at;
}

bool
analysis_is_character(const char *text, size_t size)
{
    size_t length;
    uint32_t code;

    return size > 0 && char_look(text, size, &length, &code) & CHAR_BIGRAM &&
           length == size;
}

/* Append a code point to a word of up to `room` bytes; more than `room` is
 * returned if it is full. */
static size_t
word_add(char *out, size_t room, size_t used, uint32_t code)
{
    utf8proc_uint8_t bytes[4];
    utf8proc_ssize_t count;

    count = utf8proc_encode_char((utf8proc_int32_t)code, bytes);
    if (count <= 0 || used + (size_t)count > room)
        return room + 1;
    memcpy(out + used, bytes, (size_t)count);
    return used + (size_t)count;
}

/* Is this mark one that is folded away behind this letter?  The breve makes
 * another letter in Cyrillic and endings depend on it. */
static bool
is_folded_mark(uint32_t mark, uint32_t base)
{
    if (!in_ranges(mark, diacritics, COUNT(diacritics)))
        return false;
    return !(mark == 0x0306 && base >= 0x0400 && base <= 0x04FF);
}

/* Figures of other scripts are those that everybody types.  They stand in
 * rows of ten that begin where a row of sixteen does, or six behind it. */
static uint32_t
plain_digit(uint32_t code)
{
    uint32_t row = code & ~(uint32_t)15;

    if (code < 0x0660 ||
        utf8proc_category((utf8proc_int32_t)code) != UTF8PROC_CATEGORY_ND)
        return code;
    if (utf8proc_category((utf8proc_int32_t)row) != UTF8PROC_CATEGORY_ND)
        row += 6;
    return code - row < 10 ? '0' + code - row : code;
}

/* The simplified form of a Chinese character. */
static uint32_t
plain_han(uint32_t code)
{
    struct bisect half = bisect_between(0, han_pair_count);

    while (bisect_next(&half))
        bisect_go(&half, han_pairs[half.middle][0] < code);
    return half.low < han_pair_count && han_pairs[half.low][0] == code
               ? han_pairs[half.low][1]
               : code;
}

/* One letter of a script that has several ways to write it, by country or
 * keyboard: Persian and Arabic yeh and kaf, the yeh without dots, the Ukrainian
 * ge with an upturn, Chinese characters. */
static uint32_t
plain_letter(uint32_t code)
{
    if (code >= 0x3400 && code <= 0x9FFF)
        return plain_han(code);
    switch (code) {
    case 0x0491:
        return 0x0433;
    case 0x0649:
    case 0x06CC:
        return 0x064A;
    case 0x06A9:
        return 0x0643;
    case 0x06C0:
    case 0x06C1:
    case 0x06D5:
        return 0x0647;
    default:
        return code;
    }
}

enum {
    TATWEEL = 0x0640
}; /* it draws a word out */

/* What is written in one place of a text, case folded and taken apart. */
struct codes {
    utf8proc_int32_t code[CODES_MAX];
    size_t count;
    uint32_t base; /* the letter that a mark stands at */
};

static void
codes_add(struct codes *codes, uint32_t part, bool accents)
{
    unsigned class = part < 128 ? char_ascii[part] : class_of(part);

    if (!(class & (CHAR_WORD | CHAR_BIGRAM)) || part == TATWEEL ||
        codes->count == CODES_MAX)
        return;
    if (!accents && is_folded_mark(part, codes->base))
        return;
    if (!(class & CHAR_MARK))
        codes->base = part;
    codes->code[codes->count++] =
        (utf8proc_int32_t)(accents ? part : plain_letter(part));
}

/* Turkish has an i with and one without a dot, in both cases. */
static uint32_t
lower_turkish(uint32_t code)
{
    return code == 'I' ? 0x0131 : code == 0x0130 ? 'i' : code;
}

/* Decompose, fold case and, unless `accents` are kept, drop diacritics. */
static void
codes_read(struct codes *codes, const char *text, size_t size, bool accents,
           bool turkish)
{
    static const utf8proc_option_t options =
        UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD |
        UTF8PROC_IGNORE;
    int boundary = 0;

    codes->count = 0;
    codes->base = 0;
    while (size > 0 && codes->count < CODES_MAX) {
        utf8proc_int32_t parts[32];
        utf8proc_ssize_t got;
        size_t length;
        uint32_t code;

        char_look(text, size, &length, &code);
        text += length;
        size -= length;
        if (turkish)
            code = lower_turkish(code);
        got = utf8proc_decompose_char((utf8proc_int32_t)plain_digit(code),
                                      parts, 32, options, &boundary);
        for (utf8proc_ssize_t i = 0; i < got && i < 32; i++)
            codes_add(codes, (uint32_t)parts[i], accents);
    }
}

static size_t
word_add_plain(char *out, size_t room, size_t used, uint32_t code)
{
    if (code >= 0xE6 && code <= 0x192) {
        for (size_t i = 0; i < COUNT(plain_letters); i++) {
            const char *plain = plain_letters[i].plain;

            if (plain_letters[i].code != code)
                continue;
            for (; *plain && used <= room; plain++)
                used = word_add(out, room, used, (unsigned char)*plain);
            return used;
        }
    }
    return word_add(out, room, used, code);
}

static size_t
codes_put(struct codes *codes, bool accents, char *out, size_t room)
{
    size_t used = 0;
    utf8proc_ssize_t composed;

    composed =
        utf8proc_normalize_utf32(codes->code, (utf8proc_ssize_t)codes->count,
                                 UTF8PROC_COMPOSE | UTF8PROC_STABLE);
    for (utf8proc_ssize_t i = 0; i < composed; i++) {
        uint32_t code = (uint32_t)codes->code[i];
        size_t more = accents ? word_add(out, room, used, code)
                              : word_add_plain(out, room, used, code);

        if (more > room)
            break;
        used = more;
    }
    return used;
}

size_t
char_fold(char *out, const char *text, size_t size)
{
    struct codes codes;

    codes_read(&codes, text, size, false, false);
    return codes_put(&codes, false, out, WORD_SIZE_MAX);
}

size_t
char_fold_long(char *out, const char *text, size_t size)
{
    struct codes codes;
    char folded[BYTES_MAX];
    size_t used;

    codes_read(&codes, text, size, false, false);
    used = codes_put(&codes, false, folded, sizeof(folded));
    return char_shorten(out, folded, used);
}

size_t
char_lower(char *out, const char *text, size_t size, bool turkish)
{
    struct codes codes;

    codes_read(&codes, text, size, true, turkish);
    return codes_put(&codes, true, out, WORD_SIZE_MAX);
}

size_t
char_raise(char *out, const char *folded, size_t size)
{
    size_t used = 0;

    while (size > 0) {
        size_t length;
        size_t more;
        uint32_t code;

        char_look(folded, size, &length, &code);
        more = word_add(out, WORD_SIZE_MAX, used,
                        (uint32_t)utf8proc_toupper((utf8proc_int32_t)code));
        if (more > WORD_SIZE_MAX)
            break;
        used = more;
        folded += length;
        size -= length;
    }
    return used;
}
