#include "corpus/story/credit.h"

#include <stdbool.h>
#include <string.h>

#include "corpus/base/ascii.h"
#include "corpus/base/count.h"

enum {
    CREDIT_BYTES = 120
};

/*
 * What stands before a credit: at the end of a caption, and at the start of a
 * line of a page that is a credit and no more.
 */
enum {
    ENDS = 1, /* a caption */
    LINE = 2  /* of a page */
};

static const struct {
    const char *text; /* in lower case */
    int where;
} labels[] = {
    {"(photo", LINE},
    {"photo:", ENDS | LINE},
    {"photos:", ENDS | LINE},
    {"photo by", LINE},
    {"photo by ", ENDS},
    {"photos by ", ENDS},
    {"photo credit", ENDS | LINE},
    {"image credit", ENDS | LINE},
    {"photograph:", ENDS | LINE},
    {"photograph by ", ENDS},
    {"picture:", ENDS | LINE},
    {"pictures:", ENDS},
    {"image:", ENDS | LINE},
    {"images:", ENDS},
    {"credit:", ENDS | LINE},
    {"(foto", LINE},
    {"foto:", ENDS | LINE},
    {"fotos:", ENDS | LINE},
    {"foto ©", ENDS},
    {"foto von ", ENDS},
    {"bild:", ENDS | LINE},
    {"bilder:", ENDS},
    {"bildquelle", LINE},
    {"bildquelle:", ENDS},
    {"quelle:", ENDS},
    {"crédit", LINE},
    {"crédit photo", ENDS},
    {"crédit :", ENDS},
    {"crédits :", ENDS},
    {"photo :", ENDS},
    {"©", ENDS | LINE},
    {"(c) ", ENDS},
    {"fotografie:", ENDS},
    {"фото:", ENDS},
    {"kuva:", ENDS},
    {"zdjęcie:", ENDS},
    {"courtesy of ", ENDS},
    {"bildrechte:", ENDS},
    {"bildnachweis:", ENDS},
    {"ljósmynd:", ENDS},
    {"fotoğraf:", ENDS},
    {"fotó:", ENDS},
    {"φωτογραφία:", ENDS},
    {"снимка:", ENDS},
};

/* Picture agencies before the name of whose picture it is: "Text.Agency/Jane
 * Doe", glued to the text more often than not. */
static const char *const agencies[] = {
    "unsplash/", "pexels/", "pixabay/", "imago/",        "ap photo/",
    "reuters/",  "afp/",    "epa/",     "getty images/",
};

/* Words that make what is in brackets a credit. */
static const char *const credit_words[] = {
    "photo",    "photos",       "foto",       "photograph",   "getty",
    "reuters",  "images",       "courtesy",   "shutterstock", "alamy",
    "handout",  "picture",      "bild",       "file",         "screenshot",
    "supplied", "submitted",    "imago",      "keystone",     "archive",
    "archiv",   "photographer", "zuma",       "image",        "afp",
    "ap",       "epa",          "press",      "instagram",    "twitter",
    "facebook", "symbolbild",   "archivbild", "staff",        "via",
};

/* What a line ends with that is a credit without a label. */
static const char *const tails[] = {
    "getty images", "ap photo", "via reuters",  "via ap", "/reuters",
    "/ reuters",    "/afp",     "/ afp",        "/ap",    "/ ap",
    "/dpa",         "/ dpa",    "shutterstock", "/epa",   "picture alliance",
};

/* Is `word` (lower case) at `text`?  Bytes above ASCII compare as they are. */
static bool
at_word(const char *text, size_t size, const char *word)
{
    size_t length = strlen(word);

    if (length > size)
        return false;
    for (size_t i = 0; i < length; i++)
        if (ascii_lower(text[i]) != word[i])
            return false;
    return true;
}

static bool
has_credit_word(const char *text, size_t size)
{
    for (size_t at = 0; at < size; at++) {
        if (at > 0 && ascii_is_word_byte(text[at - 1]))
            continue;
        for (size_t i = 0; i < COUNT(credit_words); i++) {
            size_t length = strlen(credit_words[i]);

            if (at_word(text + at, size - at, credit_words[i]) &&
                (at + length == size || !ascii_is_word_byte(text[at + length])))
                return true;
        }
    }
    return false;
}

static bool
has_capital(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (ascii_is_upper(text[i]) || (unsigned char)text[i] >= 0x80)
            return true;
    return false;
}

/* Where the bracket that closes at the end of `text` opens; `size` if it
 * does not. */
static size_t
bracket_start(const char *text, size_t size)
{
    const int close = size ? text[size - 1] : ' ';
    const int open = close == ']' ? '[' : '(';
    int depth = 0;

    if (close != ']' && close != ')')
        return size;
    for (size_t at = size; at-- > 0 && size - at <= CREDIT_BYTES;) {
        if (text[at] == close)
            depth++;
        else if (text[at] == open && --depth == 0)
            return at;
    }
    return size;
}

static bool
is_bracket_credit(const char *text, size_t size, bool square)
{
    const char *slash = memchr(text, '/', size);

    if (size < 2 || !has_capital(text, size))
        return false;
    if (square)
        return !ascii_has_lower(text, size) || has_credit_word(text, size);
    if (has_credit_word(text, size))
        return true;
    return slash && slash > text && slash + 1 < text + size &&
           has_capital(slash, (size_t)(text + size - slash)) &&
           !memchr(text, '.', size);
}

/* A label without a mark of its own ("courtesy of") is one at the end of a
 * caption only: behind a full stop, and no sentence itself. */
static bool
is_label_place(const char *text, size_t size, size_t at, const char *label)
{
    if (label[strlen(label) - 1] == ':' || (unsigned char)label[0] >= 0x80)
        return true;
    if (text[size - 1] == '.')
        return false;
    while (at > 0 && ascii_is_one_of(text[at - 1], " |(-"))
        at--;
    return at == 0 || ascii_is_one_of(text[at - 1], ".)!?\"") ||
           (unsigned char)text[at - 1] >= 0x80;
}

/* Does a name begin at `at`, behind a blank or a mark, or glued to the small
 * letter before it? */
static bool
begins_name(const char *text, size_t at)
{
    return at == 0 || !ascii_is_word_byte(text[at - 1]) ||
           (ascii_is_lower(text[at - 1]) && ascii_is_upper(text[at]));
}

/* Where an agency with a name behind it begins; `size` if there is none. */
static size_t
agency_start(const char *text, size_t size)
{
    size_t from = size > CREDIT_BYTES / 2 ? size - CREDIT_BYTES / 2 : 0;

    for (size_t at = from; at < size; at++) {
        for (size_t i = 0; i < COUNT(agencies); i++) {
            size_t length = strlen(agencies[i]);

            if (begins_name(text, at) &&
                at_word(text + at, size - at, agencies[i]) &&
                has_capital(text + at, 1) && at + length < size &&
                has_capital(text + at + length, 1) && text[size - 1] != '.')
                return at;
        }
    }
    return size;
}

/* Where the last label begins; `size` if there is none. */
static size_t
label_start(const char *text, size_t size, size_t *length)
{
    size_t from = size > CREDIT_BYTES ? size - CREDIT_BYTES : 0;

    for (size_t at = size; at-- > from;) {
        if (!begins_name(text, at))
            continue;
        for (size_t i = 0; i < COUNT(labels); i++) {
            *length = strlen(labels[i].text);
            if ((labels[i].where & ENDS) &&
                at_word(text + at, size - at, labels[i].text) &&
                has_capital(text + at + *length, size - at - *length) &&
                is_label_place(text, size, at, labels[i].text))
                return at;
        }
    }
    return size;
}

/* Where a credit without a label begins: behind the last full stop. */
static size_t
tail_start(const char *text, size_t size)
{
    for (size_t i = 0; i < COUNT(tails); i++) {
        size_t length = strlen(tails[i]);
        size_t at = size;

        if (length > size || !at_word(text + size - length, length, tails[i]))
            continue;
        while (at > 0 && text[at - 1] != '.' && text[at - 1] != '|')
            at--;
        return size - at <= CREDIT_BYTES ? at : size - length;
    }
    return size;
}

/* "© 2024 ..." is a copyright, not a credit. */
static bool
is_year(const char *text, size_t size)
{
    while (size && *text == ' ') {
        text++;
        size--;
    }
    return size && ascii_is_digit(*text);
}

size_t
credit_find(const char *text, size_t size, const char **credit,
            size_t *credit_size)
{
    size_t start = bracket_start(text, size);
    size_t label = 0;

    if (start < size && is_bracket_credit(text + start + 1, size - start - 2,
                                          text[start] == '[')) {
        *credit = text + start + 1;
        *credit_size = size - start - 2;
    } else {
        start = label_start(text, size, &label);
        if (start < size && is_year(text + start + label, size - start - label))
            return size;
        if (start == size) {
            label = 0;
            start = agency_start(text, size);
        }
        if (start == size)
            start = tail_start(text, size);
        *credit = text + start + label;
        *credit_size = size - start - label;
        if (start == size)
            return size;
    }
    while (*credit_size && ascii_is_one_of(**credit, " :|,")) {
        (*credit)++;
        (*credit_size)--;
    }
    while (start > 0 && ascii_is_one_of(text[start - 1], " |,;-"))
        start--;
    return start;
}

bool
credit_is_line(const char *text, size_t size)
{
    for (size_t i = 0; i < COUNT(labels); i++)
        if ((labels[i].where & LINE) && size > strlen(labels[i].text) &&
            at_word(text, size, labels[i].text))
            return true;
    return false;
}
