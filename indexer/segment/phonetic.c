#include "indexer/segment/phonetic.h"

#include <stdbool.h>
#include <string.h>

#include "corpus/base/ascii.h"
#include "corpus/base/fnv.h"

struct rule {
    const char *letters;
    const char *sound;
};

/* At the beginning of a word only. */
static const struct rule first_rules[] = {
    {"kn", "n"}, {"gn", "n"}, {"pn", "n"}, {"ps", "s"},
    {"wr", "r"}, {"x", "s"},  {"wh", "w"}, {NULL, NULL},
};

/* Longer ones first.  A vowel that tells how its neighbour is read goes with
 * it. */
static const struct rule rules[] = {
    {"tch", "x"}, {"sch", "x"}, {"ph", "f"}, {"ch", "x"},  {"sh", "x"},
    {"zh", "x"},  {"th", "t"},  {"dh", "t"}, {"gh", "k"},  {"kh", "k"},
    {"ck", "k"},  {"dg", "x"},  {"ce", "s"}, {"ci", "s"},  {"cy", "s"},
    {"b", "p"},   {"c", "k"},   {"d", "t"},  {"f", "f"},   {"g", "k"},
    {"j", "x"},   {"k", "k"},   {"l", "l"},  {"m", "m"},   {"n", "n"},
    {"p", "p"},   {"q", "k"},   {"r", "r"},  {"s", "s"},   {"t", "t"},
    {"v", "f"},   {"x", "ks"},  {"z", "s"},  {NULL, NULL},
};

static const struct rule *
find_rule(const struct rule *rule, const char *word, size_t size)
{
    for (; rule->letters; rule++) {
        size_t length = strlen(rule->letters);

        if (length <= size && memcmp(rule->letters, word, length) == 0)
            return rule;
    }
    return NULL;
}

static bool
is_latin(const char *word, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (!ascii_is_lower(word[i]))
            return false;
    return true;
}

/* Append sounds; the same one twice in a row is heard once. */
static size_t
add_sounds(char *key, size_t used, const char *sounds)
{
    for (; *sounds && used < PHONETIC_SIZE_MAX; sounds++)
        if (!used || key[used - 1] != *sounds)
            key[used++] = *sounds;
    return used;
}

size_t
phonetic_key(char key[PHONETIC_SIZE_MAX + 1], const char *word, size_t size)
{
    size_t used = 0;
    size_t at = 0;

    if (!is_latin(word, size))
        size = 0;
    while (at < size && used < PHONETIC_SIZE_MAX) {
        const struct rule *rule = NULL;

        if (at == 0)
            rule = find_rule(first_rules, word, size);
        if (!rule)
            rule = find_rule(rules, word + at, size - at);
        if (rule) {
            used = add_sounds(key, used, rule->sound);
            at += strlen(rule->letters);
            continue;
        }
        if (at == 0)
            key[used++] = 'a';
        if (at == 0 && strchr("hwy", word[0]))
            key[0] = word[0];
        at++;
    }
    key[used] = '\0';
    return used;
}

uint16_t
phonetic_number(const char *word, size_t size)
{
    char key[PHONETIC_SIZE_MAX + 1];
    size_t length = phonetic_key(key, word, size);
    uint32_t hash;

    if (!length)
        return 0;
    hash = fnv_add_bytes(FNV_START, key, length);
    hash = (hash ^ hash >> 16) & 0xffff;
    return hash ? (uint16_t)hash : 1;
}
