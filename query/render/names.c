#include "query/render/names.h"

#include <stdbool.h>
#include <string.h>

#include "corpus/base/ascii.h"
#include "corpus/base/utf8.h"

enum {
    WORDS_MOST = 16
};

struct word {
    const char *text;
    size_t size;
};

static bool
is_one_of(const struct word *word, const char *const *list)
{
    for (; *list; list++) {
        size_t i = 0;

        if (strlen(*list) != word->size)
            continue;
        while (i < word->size && ascii_lower(word->text[i]) == (*list)[i])
            i++;
        if (i == word->size)
            return true;
    }
    return false;
}

/* What stands before a family name and belongs to it, without a capital or,
 * in some languages, with one. */
static bool
is_particle(const struct word *word)
{
    static const char *const particles[] = {
        "van", "von", "der", "den", "de",  "del", "della", "di",  "da",
        "du",  "des", "la",  "le",  "dos", "das", "do",    "ter", "ten",
        "te",  "zu",  "zur", "zum", "af",  "av",  "al",    "el",  "bin",
        "ibn", "ben", "y",   "e",   "st.", NULL};

    return is_one_of(word, particles);
}

static bool
is_suffix(const struct word *word)
{
    static const char *const suffixes[] = {"jr", "jr.", "sr", "sr.",
                                           "ii", "iii", "iv", NULL};

    return is_one_of(word, suffixes);
}

/* A desk or an agency, not a person. */
static bool
is_body(const struct word *word, size_t words)
{
    static const char *const bodies[] = {
        "staff",     "press", "agency",   "agencies",      "news",
        "newsroom",  "desk",  "editors",  "bureau",        "reuters",
        "afp",       "dpa",   "reporter", "reporters",     "team",
        "redaktion", "board", "wire",     "correspondent", "correspondents",
        "service",   NULL};

    for (size_t i = 0; i < words; i++)
        if (is_one_of(&word[i], bodies))
            return true;
    return false;
}

/* "Tae-gyu": two syllables, the second without a capital. */
static bool
is_korean(const struct word *given)
{
    const char *hyphen = memchr(given->text, '-', given->size);
    const char *end = given->text + given->size;

    return hyphen && hyphen > given->text + 1 && hyphen + 1 < end &&
           ascii_is_upper(given->text[0]) && ascii_is_lower(hyphen[1]) &&
           !memchr(hyphen + 1, '-', (size_t)(end - hyphen - 1));
}

/* From U+2E80 on come the scripts that write a name as one. */
static bool
is_undivided(const char *text)
{
    size_t size = strlen(text);

    for (size_t at = 0; at < size;) {
        uint32_t code;
        size_t step = utf8_decode(text + at, size - at, &code);

        if (step && code >= 0x2e80)
            return true;
        at += step ? step : 1;
    }
    return false;
}

static void
join(struct buf *out, const struct word *word, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        if (i > from)
            buf_add_byte(out, ' ');
        buf_add(out, word[i].text, word[i].size);
    }
}

static size_t
split(const char *text, struct word word[WORDS_MOST])
{
    size_t words = 0;

    while (*text && words < WORDS_MOST) {
        size_t size = strcspn(text, " ");

        if (size)
            word[words++] = (struct word){text, size};
        text += size;
        text += *text == ' ';
    }
    return *text ? 0 : words;
}

/* What is not two words at least, or has its order said by a comma, or is
 * no name, stays as it is. */
void
cited_name_read(struct cited_name *name, const char *text)
{
    struct word word[WORDS_MOST];
    size_t words = split(text, word);
    size_t end = words;
    size_t family;

    *name = (struct cited_name){BUF_INIT, BUF_INIT, BUF_INIT};
    if (words < 2 || strchr(text, ',') || is_undivided(text) ||
        is_body(word, words)) {
        buf_set_text(&name->family, text);
        return;
    }
    if (words == 2 && is_korean(&word[1]) &&
        !memchr(word[0].text, '-', word[0].size)) {
        join(&name->family, word, 0, 1);
        join(&name->given, word, 1, 2);
        return;
    }
    if (end > 2 && is_suffix(&word[end - 1]))
        join(&name->suffix, word, --end, words);
    family = end - 1;
    while (family > 1 && is_particle(&word[family - 1]))
        family--;
    join(&name->family, word, family, end);
    join(&name->given, word, 0, family);
}

void
cited_name_release(struct cited_name *name)
{
    buf_release(&name->family);
    buf_release(&name->given);
    buf_release(&name->suffix);
}

void
cited_name_print(const struct cited_name *name, struct buf *out)
{
    buf_add(out, name->family.data, name->family.size);
    if (name->given.size)
        buf_printf(out, ", %s", name->given.data);
    if (name->suffix.size)
        buf_printf(out, ", %s", name->suffix.data);
}
