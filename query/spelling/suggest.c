#include "query/spelling/suggest.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "corpus/base/ascii.h"
#include "corpus/base/mem.h"
#include "indexer/segment/phonetic.h"
#include "query/spelling/neighbours.h"

/* Words of fewer characters are too near to too many for two edits. */
#define TWO_EDITS_FROM 6

/* What sounds the same may be spelled this differently. */
#define SOUND_EDITS 3

/* How much likelier one edit is than two, as a natural logarithm; and a word
 * that sounds the same than one that does not. */
#define EDIT_WEIGHT 9.0
#define SOUND_WEIGHT 0.5

/* A word of the archive that is near. */
struct near {
    char word[TERM_SIZE_MAX + 1];
    uint64_t occurrences;
    int edits;
    bool sounds;
};

struct hunt {
    struct neighbour_ask ask;
    size_t segments;
    uint64_t occurrences;
    double best; /* score of the best guess so far; of one segment's share */
    struct near *near;
    size_t nears;
    size_t room;
};

/* To write a sound otherwise is one mistake, however many letters it takes. */
static double
score_of(const struct hunt *hunt, const struct near *near)
{
    double cost =
        edits_cost(&hunt->ask.edits, near->word, strlen(near->word)) / 100.0 -
        1;

    if (near->sounds && cost > 0)
        cost /= 2;
    return log((double)near->occurrences) - EDIT_WEIGHT * cost +
           (near->sounds ? SOUND_WEIGHT : 0);
}

static void
see_word(void *context, const struct neighbour *word)
{
    struct hunt *hunt = context;
    struct near *near;
    double score;

    if (word->edits == 0)
        hunt->occurrences += word->occurrences;
    if (word->edits == 0 || word->size > TERM_SIZE_MAX)
        return;
    hunt->near =
        mem_grow(hunt->near, hunt->nears, &hunt->room, sizeof(*hunt->near));
    near = &hunt->near[hunt->nears++];
    memset(near, 0, sizeof(*near));
    memcpy(near->word, word->text, word->size);
    near->occurrences = word->occurrences;
    near->edits = word->edits;
    near->sounds = word->sounds;
    score = score_of(hunt, near);
    if (score > hunt->best)
        hunt->best = score;
}

/* The rare words of a length cannot beat what was found any more: the least
 * that an edit costs, and as often in every segment. */
static bool
is_worth_a_look(void *context, uint32_t occurrences)
{
    const struct hunt *hunt = context;
    double most = log((double)occurrences * (double)hunt->segments) +
                  EDIT_WEIGHT * (1 - EDITS_COST_LEAST / 100.0) + SOUND_WEIGHT;

    return most >= hunt->best;
}

static int
compare_words(const void *a, const void *b)
{
    const struct near *one = a;
    const struct near *two = b;

    return strcmp(one->word, two->word);
}

/* Make one of what several segments have. */
static void
join_segments(struct hunt *hunt)
{
    size_t kept = 0;

    if (!hunt->nears)
        return;
    qsort(hunt->near, hunt->nears, sizeof(*hunt->near), compare_words);
    for (size_t i = 1; i < hunt->nears; i++) {
        if (strcmp(hunt->near[kept].word, hunt->near[i].word) == 0)
            hunt->near[kept].occurrences += hunt->near[i].occurrences;
        else
            hunt->near[++kept] = hunt->near[i];
    }
    hunt->nears = kept + 1;
}

/* Put it in its place among the best, if it has one. */
static void
offer(struct guesses *guesses, const struct near *near, double score)
{
    size_t at = guesses->count;
    struct guess *guess;

    while (at > 0 && guesses->guess[at - 1].score < score)
        at--;
    if (at == GUESSES_MAX)
        return;
    guess = &guesses->guess[at];
    guesses->count += guesses->count < GUESSES_MAX;
    memmove(guess + 1, guess, (guesses->count - 1 - at) * sizeof(*guess));
    memcpy(guess->word, near->word, sizeof(guess->word));
    guess->occurrences = near->occurrences;
    guess->edits = near->edits;
    guess->sounds = near->sounds;
    guess->score = score;
}

void
suggest_words(struct guesses *guesses, struct sqlite3 *const *segment,
              size_t segments, const char *word, size_t size)
{
    struct hunt hunt = {.segments = segments, .best = -HUGE_VAL};

    memset(guesses, 0, sizeof(*guesses));
    if (!neighbour_ask_init(&hunt.ask, word, size))
        return;
    hunt.ask.most = hunt.ask.characters >= TWO_EDITS_FROM ? 2 : 1;
    hunt.ask.most_sound = SOUND_EDITS;
    hunt.ask.sound = phonetic_number(word, size);
    hunt.ask.see = see_word;
    hunt.ask.go_on = is_worth_a_look;
    hunt.ask.context = &hunt;
    for (size_t i = 0; i < segments; i++)
        neighbours_see(&hunt.ask, segment[i]);
    join_segments(&hunt);
    for (size_t i = 0; i < hunt.nears; i++)
        offer(guesses, &hunt.near[i], score_of(&hunt, &hunt.near[i]));
    guesses->occurrences = hunt.occurrences;
    free(hunt.near);
}

/* What occurs a few times itself may be a slip that got printed; then the
 * guess has to be much more frequent, and near. */
bool
suggest_is_better(const struct guesses *guesses)
{
    const struct guess *best = &guesses->guess[0];

    if (!guesses->count)
        return false;
    if (!guesses->occurrences)
        return true;
    return best->edits == 1 && best->occurrences / 50 >= guesses->occurrences;
}

/* Does `word` stand here, whole? */
static bool
stands_at(const char *query, const char *at, const char *word, size_t size)
{
    if (strncmp(at, word, size) != 0)
        return false;
    return (at == query || !ascii_is_word_byte(at[-1])) &&
           !ascii_is_word_byte(at[size]);
}

bool
suggest_query(struct buf *out, const char *query, const char *word,
              const char *better)
{
    size_t size = strlen(word);
    bool found = false;
    const char *at = query;

    buf_clear(out);
    while (size && *at) {
        if (!stands_at(query, at, word, size)) {
            buf_add_byte(out, *at++);
            continue;
        }
        found = true;
        if (ascii_is_upper(*at) && ascii_is_lower(*better)) {
            buf_add_byte(out, (char)(*better - 'a' + 'A'));
            buf_add_text(out, better + 1);
        } else {
            buf_add_text(out, better);
        }
        at += size;
    }
    if (!found)
        buf_clear(out);
    return found;
}
