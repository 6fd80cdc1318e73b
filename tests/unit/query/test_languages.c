/*
 * Words of two languages whose stems meet do not find each other.
 *
 * Snowball's stemmers themselves say which words these are: of every pair of
 * languages, one word of each is looked for that both cut to the same letters,
 * and that are two words in either of the two.  "opera" is "oper" in Spanish,
 * as "operating" is in English.  An archive has the second of each pair, in its
 * own language, and is asked for the first.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <libstemmer.h>

#include "corpus/base/count.h"
#include "query/search/search.h"
#include "tests/support/archive_of.h"

/* Those that are written in Latin letters, and what they are to an article. */
static const char *const languages[] = {
    "ca", "da", "de", "en", "es", "eu", "fi", "fr", "ga", "hu",
    "id", "it", "lt", "nl", "no", "pt", "ro", "sr", "sv", "tr",
};

static const char *const roots[] = {
    "oper", "quot", "medi", "kar",  "gift",   "kom",  "mor",   "vis",
    "mat",  "kand", "form", "bank", "fest",   "port", "sol",   "mar",
    "tabl", "kris", "kant", "lam",  "minist", "bord", "pilot", "stat",
};

static const char *const endings[] = {
    "",    "a",    "o",     "e",   "i",    "u",    "as",   "os",   "es",
    "is",  "us",   "en",    "er",  "et",   "an",   "ar",   "ad",   "at",
    "ing", "ed",   "s",     "ne",  "ene",  "erne", "ak",   "ek",   "ok",
    "ban", "ben",  "nak",   "ssa", "sta",  "ille", "lar",  "ler",  "lari",
    "di",  "ti",   "ir",    "ire", "are",  "ere",  "ando", "endo", "ment",
    "ly",  "ness", "ation", "aj",  "kan",  "ku",   "lah",  "ta",   "in",
    "ul",  "ului", "elor",  "eak", "etan", "ima",  "ama",  "og",   "ais",
};

enum {
    LANGUAGES = COUNT(languages),
    WORDS = COUNT(roots) * COUNT(endings),
    WORD_MOST = 24,
    PAIRS_MOST = LANGUAGES * LANGUAGES
};

struct pair {
    size_t asked; /* a word and its language, */
    size_t asked_of;
    size_t written; /* and the one that an article has */
    size_t written_of;
};

struct world {
    char word[WORDS][WORD_MOST];
    char stem[LANGUAGES][WORDS][WORD_MOST];
    struct pair pair[PAIRS_MOST];
    size_t pairs;
};

static void
stem_all(struct world *world)
{
    for (size_t i = 0; i < WORDS; i++)
        snprintf(world->word[i], WORD_MOST, "%s%s", roots[i / COUNT(endings)],
                 endings[i % COUNT(endings)]);
    for (size_t i = 0; i < LANGUAGES; i++) {
        struct sb_stemmer *stemmer = sb_stemmer_new(languages[i], NULL);

        assert_non_null(stemmer);
        for (size_t j = 0; j < WORDS; j++)
            snprintf(world->stem[i][j], WORD_MOST, "%s",
                     (const char *)sb_stemmer_stem(
                         stemmer, (const sb_symbol *)world->word[j],
                         (int)strlen(world->word[j])));
        sb_stemmer_delete(stemmer);
    }
}

/* Do both cut the words to the same, and are they two in either of them? */
static bool
meet(const struct world *world, size_t a, size_t i, size_t b, size_t j)
{
    return strcmp(world->stem[a][i], world->stem[b][j]) == 0 &&
           strcmp(world->stem[b][i], world->stem[b][j]) != 0 &&
           strcmp(world->stem[a][i], world->stem[a][j]) != 0;
}

static bool
find_pair(struct world *world, size_t a, size_t b)
{
    /* Not the same words for all pairs. */
    size_t first = (a * LANGUAGES + b) % COUNT(roots);

    for (size_t k = 0; k < COUNT(roots); k++) {
        size_t root = (first + k) % COUNT(roots) * COUNT(endings);

        for (size_t i = root; i < root + COUNT(endings); i++)
            for (size_t j = root; j < root + COUNT(endings); j++) {
                if (!meet(world, a, i, b, j))
                    continue;
                world->pair[world->pairs++] = (struct pair){i, a, j, b};
                return true;
            }
    }
    return false;
}

/* Ask for a pair's article by its number or by the word of the other language:
 * it is found, and the number alone is marked. */
static void
ask_pair(struct search *search, const struct world *world, size_t number)
{
    const struct pair *pair = &world->pair[number];
    const char *word = world->word[pair->asked];
    struct search_request request = SEARCH_REQUEST_INIT;
    struct search_result result = SEARCH_RESULT_INIT;
    struct error err = {0};
    char text[64];

    snprintf(text, sizeof(text), "x%04zu OR %s", number, word);
    request.text = text;
    request.limit = PAIRS_MOST;
    request.texts = true;
    if (search_run(search, &request, &result, &err))
        fail_msg("%s: %s", text, err.text);
    for (size_t i = 0; i < result.hits; i++) {
        size_t found = strtoul(result.hit[i].key.data, NULL, 10);
        const struct pair *other = &world->pair[found];
        size_t of = other->written_of;
        bool right = strcmp(world->stem[of][pair->asked],
                            world->stem[of][other->written]) == 0;

        if (found != number && !right)
            fail_msg("%s of %s finds %s of %s", word, languages[pair->asked_of],
                     world->word[other->written], languages[of]);
        if (found == number && result.hit[i].body.spans != 1)
            fail_msg("%s of %s marks %s of %s", word, languages[pair->asked_of],
                     world->word[other->written], languages[of]);
    }
    assert_true(result.hits > 0);
    search_result_release(&result);
}

static void
words_whose_stems_meet_do_not_find_each_other(void **state)
{
    static char body[PAIRS_MOST][64];
    struct world *world = calloc(1, sizeof(*world));
    struct sample *sample = calloc(PAIRS_MOST, sizeof(*sample));
    char *dir = archive_folder_new();
    struct search *search;
    struct error err = {0};

    (void)state;
    assert_true(world && sample);
    stem_all(world);
    for (size_t a = 0; a < LANGUAGES; a++)
        for (size_t b = 0; b < LANGUAGES; b++)
            if (a != b && !find_pair(world, a, b))
                print_message("no words of %s and %s meet\n", languages[a],
                              languages[b]);
    print_message("%zu pairs\n", world->pairs);
    assert_true(world->pairs >= 300);
    for (size_t i = 0; i < world->pairs; i++) {
        snprintf(body[i], sizeof(body[i]), "x%04zu und %s.", i,
                 world->word[world->pair[i].written]);
        sample[i] =
            (struct sample){.headline = "One",
                            .body = body[i],
                            .language = languages[world->pair[i].written_of]};
    }
    archive_of(dir, sample, world->pairs, 3);
    if (search_open(&search, dir, &err))
        fail_msg("%s", err.text);
    for (size_t i = 0; i < world->pairs; i++)
        ask_pair(search, world, i);
    search_close(search);
    archive_remove(dir);
    free(sample);
    free(world);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_whose_stems_meet_do_not_find_each_other),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
