#include "query/words/request_words.h"

#include <stdlib.h>
#include <string.h>

#include "corpus/base/ascii.h"
#include "corpus/base/count.h"

enum {
    FILLER = 1,
    VERB = 2,
    NOUN = 4,
    USE = 8,
    ASKER = 16,  /* who asks, and how politely */
    LINK = 32,   /* leads from a noun to what is asked for */
    BESIDE = 64, /* goes with one that asks, or a small one */
    WORD_BYTES = 16
};

/* Sorted, for bsearch. */
static const struct kind {
    const char *text;
    unsigned kinds;
} kinds[] = {
    {"about", LINK},
    {"all", FILLER},
    {"almost", FILLER},
    {"also", FILLER},
    {"am", FILLER | ASKER},
    {"any", FILLER},
    {"anything", FILLER},
    {"article", NOUN},
    {"articles", NOUN},
    {"be", ASKER},
    {"been", ASKER},
    {"both", FILLER},
    {"can", ASKER},
    {"concerning", LINK | BESIDE},
    {"could", ASKER},
    {"covering", LINK},
    {"currently", FILLER},
    {"dealing", LINK | BESIDE},
    {"describe", LINK},
    {"describing", LINK | BESIDE},
    {"description", NOUN},
    {"descriptions", NOUN},
    {"details", NOUN},
    {"discussing", LINK | BESIDE},
    {"discussion", NOUN},
    {"discussions", NOUN},
    {"document", NOUN},
    {"documents", NOUN},
    {"either", FILLER},
    {"especially", FILLER},
    {"find", VERB},
    {"give", VERB},
    {"grateful", VERB},
    {"i", ASKER},
    {"i'd", VERB | ASKER},
    {"i'm", VERB | ASKER},
    {"information", NOUN},
    {"interested", VERB},
    {"just", FILLER},
    {"know", VERB},
    {"like", VERB},
    {"list", VERB},
    {"literature", NOUN},
    {"looking", VERB},
    {"material", NOUN},
    {"me", ASKER},
    {"more", FILLER},
    {"need", VERB},
    {"news", NOUN},
    {"of", LINK},
    {"on", LINK},
    {"only", FILLER},
    {"other", FILLER},
    {"others", FILLER},
    {"paper", NOUN},
    {"papers", NOUN},
    {"particularly", FILLER},
    {"pertinent", LINK | BESIDE},
    {"please", VERB},
    {"pleased", VERB},
    {"receive", VERB},
    {"reference", NOUN},
    {"references", NOUN},
    {"regarding", LINK | BESIDE},
    {"relate", LINK},
    {"related", LINK},
    {"relating", LINK | BESIDE},
    {"report", NOUN},
    {"reports", NOUN},
    {"searching", VERB},
    {"see", VERB},
    {"seek", VERB},
    {"seeking", VERB},
    {"should", ASKER},
    {"show", VERB},
    {"so", FILLER},
    {"some", FILLER},
    {"specifically", FILLER},
    {"stories", NOUN},
    {"story", NOUN},
    {"studies", NOUN},
    {"study", NOUN},
    {"supply", VERB},
    {"tell", VERB},
    {"that", LINK},
    {"there", FILLER},
    {"use", USE},
    {"used", USE},
    {"uses", USE},
    {"using", USE},
    {"want", VERB},
    {"we", ASKER},
    {"which", LINK},
    {"wish", VERB},
    {"would", ASKER},
    {"you", ASKER},
};

static int
compare(const void *key, const void *kind)
{
    return strcmp(key, ((const struct kind *)kind)->text);
}

static unsigned
kinds_of(const struct request_word *word)
{
    char lower[WORD_BYTES];
    size_t size = 0;
    const struct kind *found;

    if (!word->text)
        return 0;
    for (; size < sizeof(lower) - 1 && word->text[size]; size++)
        lower[size] = ascii_lower(word->text[size]);
    lower[size] = '\0';
    if (word->text[size])
        return 0;
    found = bsearch(lower, kinds, COUNT(kinds), sizeof(kinds[0]), compare);
    return found ? found->kinds : 0;
}

/* At the beginning, or after somebody who asks. */
static bool
verb_asks(const struct request_word *word, size_t at)
{
    while (at > 0) {
        unsigned before = kinds_of(&word[--at]);

        if (before & ASKER)
            return true;
        if (!(before & (FILLER | VERB)))
            return word[at].asks;
    }
    return true;
}

static bool
noun_leads_on(const struct request_word *word, size_t words, size_t at)
{
    while (++at < words) {
        unsigned after = kinds_of(&word[at]);

        if (after & LINK)
            return true;
        if (!word[at].small && !(after & (FILLER | VERB | NOUN | BESIDE)))
            return false;
    }
    return false;
}

static bool
is_beside(const struct request_word *word, size_t words, size_t at)
{
    return (at > 0 && (word[at - 1].asks || word[at - 1].small)) ||
           (at + 1 < words && word[at + 1].small);
}

void
request_words_find(struct request_word *word, size_t words)
{
    for (size_t at = 0; at < words; at++) {
        unsigned kind = kinds_of(&word[at]);

        if (kind & VERB)
            word[at].asks = verb_asks(word, at);
        else if (kind & NOUN)
            word[at].asks = noun_leads_on(word, words, at);
        else if (kind & BESIDE)
            word[at].asks = is_beside(word, words, at);
        else
            word[at].asks = (kind & (FILLER | USE)) != 0;
    }
}
