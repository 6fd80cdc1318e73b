/*
 * What is a compound of a word, as far as other words are known, and what only
 * looks like one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/base/count.h"
#include "indexer/analysis/analysis.h"
#include "query/words/compounds.h"

/* Is the term the stem of one of these words? */
struct vocabulary {
    struct analyzer *analyzer;
    const char *language;
    const char *words; /* a blank between two */
};

static bool
is_known(void *context, const char *term)
{
    const struct vocabulary *vocabulary = context;
    const char *at = vocabulary->words;
    struct query_word word = QUERY_WORD_INIT;
    bool found = false;

    while (*at && !found) {
        size_t size = strcspn(at, " ");

        analysis_query(vocabulary->analyzer, vocabulary->language, at, size,
                       &word);
        found = word.readings && strcmp(word.term[0].term, term) == 0;
        at += size + (at[size] == ' ');
    }
    query_word_release(&word);
    return found;
}

static bool
has_part(const char *language, const char *words, const char *word,
         const char *part)
{
    struct vocabulary vocabulary = {.language = language, .words = words};
    struct error err = {0};
    bool has;

    assert_int_equal(analyzer_new(&vocabulary.analyzer, "en", &err), STATUS_OK);
    has = compounds_has_part(vocabulary.analyzer, language, word, part,
                             is_known, &vocabulary);
    analyzer_free(vocabulary.analyzer);
    return has;
}

static void
a_compound_has_its_parts(void **state)
{
    static const struct {
        const char *language;
        const char *known; /* besides the part itself */
        const char *word;
        const char *part;
    } cases[] = {
        {"de", "reform", "steuerreform", "steuer"},
        {"de", "steuer", "steuerreformen", "reform"},
        {"de", "markt", "arbeitsmarkt", "arbeit"},
        {"de", "arbeit", "arbeitsmarkte", "markt"},
        {"de", "reform", "schulreform", "schule"},
        {"de", "kampf", "wahlkampf", "wahlen"},
        {"de", "wasser", "wasserwerken", "werk"},
        {"de", "handwerk kammer prasident", "handwerkskammerprasident",
         "kammer"},
        {"de", "becken", "hafenbecken", "hafen"},
        {"de", "flug", "flughafen", "hafen"},
        {"de", "hafen", "flughafen", "flug"},
        {"nl", "verkiezingen", "gemeenteraadsverkiezingen", "gemeenteraad"},
        {"nl", "gemeenteraad", "gemeenteraadsverkiezingen", "verkiezing"},
        {"sv", "riksdag", "riksdagsvalet", "valet"},
        {"sv", "kommitte", "arbetskommitte", "arbete"},
        {"da", "kommune", "kommunevalgene", "valget"},
        {"no", "storting", "stortingsvalget", "valget"},
        {"fi", "vaalit", "eduskuntavaalit", "eduskunta"},
        {"fi", "kohde", "kohdetiedostot", "tiedosto"},
        {"hu", "valasztas", "parlamentvalasztas", "parlament"},
        {"hu", "parlament", "parlamentvalasztas", "valasztas"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        if (!has_part(cases[i].language, cases[i].known, cases[i].word,
                      cases[i].part))
            fail_msg("%s should be a part of %s", cases[i].part, cases[i].word);
}

static void
what_only_looks_like_a_compound_is_none(void **state)
{
    static const struct {
        const char *language;
        const char *known;
        const char *word;
        const char *part;
    } cases[] = {
        /* The rest is nothing that is known. */
        {"de", "markt", "steuerung", "steuer"},
        {"de", "", "hafenbecken", "hafen"},
        /* An ending or a particle that is a word, too. */
        {"de", "ende", "arbeitende", "arbeit"},
        {"de", "schaft", "mannschaft", "mann"},
        {"de", "unter", "untergang", "gang"},
        {"de", "uber", "ubernahme", "nahme"},
        /* Parts of three letters stand in anything. */
        {"de", "stadt", "stadtrat", "rat"},
        {"de", "akteur", "redakteur", "rede"},
        /* The letter that binds belongs to the word behind it. */
        {"no", "tekst streng", "tekststreng", "treng"},
        {"no", "flyt", "flytting", "ting"},
        {"de", "reform", "steuer", "steuer"},
        /* English compounds are written apart. */
        {"en", "paper", "newspaper", "news"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        if (has_part(cases[i].language, cases[i].known, cases[i].word,
                     cases[i].part))
            fail_msg("%s should be no part of %s", cases[i].part,
                     cases[i].word);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_compound_has_its_parts),
        cmocka_unit_test(what_only_looks_like_a_compound_is_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
