#include "corpus/story/byline_name.h"

#include <string.h>
#include <strings.h>

#include <utf8proc.h>

#include "corpus/base/ascii.h"
#include "corpus/base/buf.h"
#include "corpus/base/count.h"
#include "corpus/base/list.h"
#include "corpus/base/utf8.h"
#include "corpus/story/byline.h"

/* A piece that holds one of these words is a job or a desk, or ends there. */
static const char *const jobs[] = {
    "admin",         "administrator",  "analyst",       "bureau",
    "chief",         "columnist",      "contributor",   "contributors",
    "correspondent", "correspondents", "desk",          "director",
    "editor",        "editorial",      "editors",       "guest",
    "journalist",    "journaliste",    "newsroom",      "photographer",
    "producer",      "professor",      "redacción",     "redaktion",
    "redakteur",     "reporter",       "reporters",     "rédaction",
    "senior",        "special",        "staff",         "team",
    "writer",        "writers",        "korrespondent", "redazione",
    "updated",       "published",      "posted",        "follow",
    "author",        "anonymous",      "unknown",       "user",
    "shares",        "comments",       "read",          "share",
    "minutes",       "press",          "office",        "webmaster",
};

static const char *const organisations[] = {
    "agence",  "agencies",  "agency",   "afp",       "ap",       "associated",
    "bbc",     "bloomberg", "cnn",      "daily",     "dpa",      "efe",
    "herald",  "journal",   "magazine", "media",     "network",  "news",
    "online",  "post",      "radio",    "reuters",   "service",  "times",
    "tribune", "upi",       "wire",     "yonhap",    "xinhua",   "kyodo",
    "tv",      "newspaper", "services", "telegraph", "guardian",
};

/* Small words inside names. */
static const char *const particles[] = {
    "al",  "bin", "da", "dal", "de", "del", "della", "den", "der", "di",
    "dos", "du",  "el", "ibn", "la", "le",  "ten",   "ter", "van", "von",
    "y",   "zu",  "e",  "do",  "af", "av",  "bint",  "ul",  "ur",  "v.",
};

static bool
listed(const char *const *table, size_t count, struct slice word)
{
    for (size_t i = 0; word.size && i < count; i++)
        if (ascii_lower(*word.data) == table[i][0] &&
            strlen(table[i]) == word.size &&
            !strncasecmp(table[i], word.data, word.size))
            return true;
    return false;
}

bool
byline_is_job(struct slice word)
{
    return listed(jobs, COUNT(jobs), word);
}

bool
byline_is_organisation(struct slice word)
{
    return listed(organisations, COUNT(organisations), word);
}

struct slice
slice_word(struct slice *rest)
{
    struct slice word;

    while (rest->size && *rest->data == ' ') {
        rest->data++;
        rest->size--;
    }
    word = (struct slice){rest->data, 0};
    while (word.size < rest->size && word.data[word.size] != ' ')
        word.size++;
    rest->data += word.size;
    rest->size -= word.size;
    return word;
}

void
byline_add_once(struct list *list, const char *text, size_t size)
{
    /* More are no list of authors, and article_tidy() drops their copies. */
    for (size_t i = 0; i < list->count && list->count < BYLINE_NAMES_MOST; i++)
        if (strlen(list->item[i]) == size &&
            !strncasecmp(list->item[i], text, size))
            return;
    list_add(list, text, size);
}

static bool
is_upper(uint32_t code)
{
    return utf8proc_isupper((utf8proc_int32_t)code) != 0;
}

static bool
is_letter(uint32_t code)
{
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)code);

    /* Lu, Ll, Lt, Lm, Lo and Mn stand in a row. */
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_MN;
}

/* Can a name's word begin with this: a capital, or a letter of a script
 * without case? */
static bool
is_capital(uint32_t code)
{
    utf8proc_int32_t letter = (utf8proc_int32_t)code;

    return utf8proc_tolower(letter) != letter ||
           (is_letter(code) && utf8proc_toupper(letter) == letter);
}

static bool
is_name_mark(uint32_t code)
{
    return code == '.' || code == '-' || code == '\'' || code == 0x2019 ||
           code == 0x2010;
}

bool
byline_is_name_word(struct slice word)
{
    uint32_t code;
    size_t step;

    if (listed(particles, COUNT(particles), word))
        return true;
    for (size_t at = 0; at < word.size; at += step) {
        step = utf8_decode(word.data + at, word.size - at, &code);
        if (step == 0)
            return false;
        /* d'Arcy begins small. */
        if (at == 0 && !is_capital(code) &&
            !(word.size > 3 && word.data[1] == '\''))
            return false;
        if (!is_letter(code) && (at == 0 || !is_name_mark(code)))
            return false;
    }
    return word.size > 0;
}

bool
byline_is_name(const char *text, size_t size)
{
    struct slice rest = {text, size};
    struct slice word;
    size_t words = 0;
    bool full = false;

    if (size > BYLINE_NAME_BYTES)
        return false;
    while ((word = slice_word(&rest)).size) {
        if (byline_is_job(word) || !byline_is_name_word(word))
            return false;
        words++;
        full = full || !listed(particles, COUNT(particles), word);
    }
    return full && words >= 2 && words <= BYLINE_NAME_WORDS;
}

/* Append a word of capitals as "Mackenzie", "O'Brien", "Smith-Jones". */
static void
add_cased(struct buf *out, struct slice word)
{
    bool start = true;
    uint32_t code;

    for (size_t at = 0; at < word.size;) {
        size_t step = utf8_decode(word.data + at, word.size - at, &code);

        if (!start)
            code = (uint32_t)utf8proc_tolower((utf8proc_int32_t)code);
        start = code == '-' || code == '\'' || code == 0x2019 || code == '.';
        utf8_encode(out, code);
        at += step ? step : 1;
    }
}

/* All capitals and at least `least` letters? */
static bool
shouted(struct slice word, size_t least)
{
    size_t letters = 0;
    uint32_t code;

    for (size_t at = 0; at < word.size;) {
        size_t step = utf8_decode(word.data + at, word.size - at, &code);

        if (is_letter(code) && !is_upper(code))
            return false;
        letters += is_letter(code);
        at += step ? step : 1;
    }
    return letters >= least;
}

void
byline_add_name(struct list *authors, struct slice name)
{
    struct buf out = BUF_INIT;
    struct slice rest = name;
    struct slice word;
    bool all = shouted(name, 5) && memchr(name.data, ' ', name.size);

    while ((word = slice_word(&rest)).size) {
        if (out.size)
            buf_add_byte(&out, ' ');
        if (shouted(word, all ? 2 : 4) &&
            memchr(name.data, ' ', name.size) != NULL &&
            !byline_is_organisation(word))
            add_cased(&out, word);
        else
            buf_add(&out, word.data, word.size);
    }
    byline_add_once(authors, out.data, out.size);
    buf_release(&out);
}
