#include "query/match/snippet.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "corpus/base/ascii.h"
#include "corpus/base/bisect.h"
#include "corpus/base/count.h"
#include "corpus/base/mem.h"
#include "corpus/base/utf8.h"

/* Parts beyond this many are told apart no more. */
#define PARTS_MAX 256

enum {
    LEAD = 2000,      /* bytes in which a text may say its headline again */
    TITLE_WORDS = 32, /* more are not looked at */
    TITLE_LEAST = 3   /* fewer are said by chance */
};

/* What it is worth to begin at a sentence, and to say the headline again. */
#define AT_SENTENCE 1.5
#define REPEATED 0.5

void
marked_release(struct marked *marked)
{
    buf_release(&marked->text);
    free(marked->span);
    *marked = MARKED_INIT;
}

void
marked_clear(struct marked *marked)
{
    buf_clear(&marked->text);
    marked->spans = 0;
    marked->cut_before = false;
    marked->cut_after = false;
}

void
marked_add(struct marked *marked, size_t start, size_t end)
{
    struct span *last = marked->spans ? &marked->span[marked->spans - 1] : NULL;

    if (start >= end)
        return;
    if (last && start <= last->end) {
        if (end > last->end)
            last->end = end;
        return;
    }
    marked->span = mem_grow(marked->span, marked->spans, &marked->span_room,
                            sizeof(*marked->span));
    marked->span[marked->spans++] = (struct span){start, end};
}

/* A word of the headline that the lead has. */
struct echo {
    size_t start;
    unsigned word;
};

struct chooser {
    const struct snippet_source *source;
    size_t width;
    struct span title[TITLE_WORDS]; /* the words of the headline */
    unsigned words;
    struct echo echo[LEAD / 2]; /* of the lead, in order */
    size_t echoes;
};

/* --- the headline --------------------------------------------------------- */

bool
span_next_word(const char *text, size_t size, size_t *at, struct span *word)
{
    while (*at < size && !ascii_is_word_byte(text[*at]))
        (*at)++;
    word->start = *at;
    while (*at < size && ascii_is_word_byte(text[*at]))
        (*at)++;
    word->end = *at;
    return word->end > word->start;
}

static bool
same_word(const char *a, struct span of_a, const char *b, struct span of_b)
{
    if (of_a.end - of_a.start != of_b.end - of_b.start)
        return false;
    for (size_t i = 0; i < of_a.end - of_a.start; i++)
        if (ascii_lower(a[of_a.start + i]) != ascii_lower(b[of_b.start + i]))
            return false;
    return true;
}

/* Which word of the headline is this?  As many as there are: none. */
static unsigned
title_word(const struct chooser *chooser, const char *text, struct span word)
{
    unsigned i = 0;

    while (i < chooser->words &&
           !same_word(chooser->source->headline, chooser->title[i], text, word))
        i++;
    return i;
}

static void
read_headline(struct chooser *chooser)
{
    const struct snippet_source *source = chooser->source;
    size_t lead = source->size < LEAD ? source->size : LEAD;
    size_t at = 0;
    struct span word;

    while (source->headline && chooser->words < TITLE_WORDS &&
           span_next_word(source->headline, source->headline_size, &at, &word))
        if (title_word(chooser, source->headline, word) == chooser->words)
            chooser->title[chooser->words++] = word;
    if (chooser->words < TITLE_LEAST)
        return;
    at = 0;
    while (span_next_word(source->text, lead, &at, &word)) {
        unsigned number = title_word(chooser, source->text, word);

        if (number < chooser->words)
            chooser->echo[chooser->echoes++] =
                (struct echo){word.start, number};
    }
}

/* Has [from, to) three quarters of the headline's words? */
static bool
repeats_headline(const struct chooser *chooser, size_t from, size_t to)
{
    uint32_t seen = 0;
    unsigned count = 0;

    for (size_t i = 0; i < chooser->echoes; i++) {
        uint32_t bit = (uint32_t)1 << chooser->echo[i].word;

        if (chooser->echo[i].start < from || chooser->echo[i].start >= to ||
            seen & bit)
            continue;
        seen |= bit;
        count++;
    }
    return count && count * 4 >= chooser->words * 3;
}

/* --- passages ------------------------------------------------------------- */

/* Each part counts once, and a tenth for each time more. */
static double
window_worth(const struct chooser *chooser, size_t from)
{
    bool seen[PARTS_MAX] = {false};
    double worth = 0;

    for (size_t i = 0; i < chooser->source->marks; i++) {
        const struct mark *mark = &chooser->source->mark[i];
        unsigned part = mark->part < PARTS_MAX ? mark->part : PARTS_MAX - 1;

        if (mark->start >= from + chooser->width)
            break;
        if (mark->start < from || mark->end > from + chooser->width)
            continue;
        worth += seen[part] ? mark->weight / 10 : mark->weight;
        seen[part] = true;
    }
    if (repeats_headline(chooser, from, from + chooser->width))
        worth *= REPEATED;
    return worth;
}

/* Quotes and parentheses that open where a word begins belong to it. */
static size_t
before_opening(const char *text, size_t at)
{
    static const char *const opening[] = {
        "\"", "'", "(", "[", "\xe2\x80\x9c", "\xe2\x80\x98", "\xc2\xab"};
    size_t i = 0;

    while (i < COUNT(opening)) {
        size_t size = strlen(opening[i]);

        if (at >= size && memcmp(text + at - size, opening[i], size) == 0) {
            at -= size;
            i = 0;
        } else {
            i++;
        }
    }
    return at;
}

/* The beginning of the sentence that a byte belongs to. */
static size_t
sentence_start(const struct chooser *chooser, size_t at)
{
    const struct snippet_source *source = chooser->source;
    struct bisect half = bisect_between(0, source->sentences);

    while (bisect_next(&half))
        bisect_go(&half, source->sentence[half.middle] <= at);
    return half.low
               ? before_opening(source->text, source->sentence[half.low - 1])
               : 0;
}

/* The beginning of a word at or after `at`, but not after `most`. */
static size_t
word_start(const struct chooser *chooser, size_t at, size_t most)
{
    size_t start = at;

    if (!at)
        return 0;
    while (start < most && chooser->source->text[start - 1] != ' ' &&
           chooser->source->text[start - 1] != '\n')
        start++;
    return start < most
               ? start
               : utf8_cut(chooser->source->text, chooser->source->size, most);
}

/* Try to begin at the sentence of a mark, and a little before the mark. */
static size_t
best_start(const struct chooser *chooser)
{
    size_t best = 0;
    double most = -1;
    size_t tried = chooser->source->marks < 500 ? chooser->source->marks : 500;

    for (size_t i = 0; i < tried; i++) {
        size_t mark = chooser->source->mark[i].start;
        size_t sentence = sentence_start(chooser, mark);
        size_t before =
            mark > chooser->width / 4 ? mark - chooser->width / 4 : 0;
        double worth;

        if (sentence < before)
            before = word_start(chooser, before, mark);
        else
            before = sentence;
        worth = window_worth(chooser, sentence) * AT_SENTENCE;
        if (worth > most * (1 + 1e-9)) {
            most = worth;
            best = sentence;
        }
        worth = window_worth(chooser, before);
        if (worth > most * (1 + 1e-9)) {
            most = worth;
            best = before;
        }
    }
    return best;
}

/* Without marks: the beginning, or what follows on the headline there. */
static size_t
first_start(const struct chooser *chooser)
{
    const struct snippet_source *source = chooser->source;
    size_t second;

    if (source->sentences < 2 || !chooser->echoes)
        return 0;
    second = source->sentence[1];
    return second < LEAD && repeats_headline(chooser, 0, second)
               ? before_opening(source->text, second)
               : 0;
}

/* Where to end: after a sentence if one ends late enough, else at a word. */
static size_t
best_end(const struct chooser *chooser, size_t from)
{
    size_t limit = from + chooser->width;
    size_t end;

    if (limit >= chooser->source->size)
        return chooser->source->size;
    end = sentence_start(chooser, limit);
    if (end > from + chooser->width * 2 / 3)
        return end;
    end = limit;
    while (end > from + chooser->width / 2 &&
           chooser->source->text[end] != ' ' &&
           chooser->source->text[end] != '\n')
        end--;
    if (end > from + chooser->width / 2)
        return end;
    return utf8_cut(chooser->source->text, chooser->source->size, limit);
}

void
snippet_choose(struct marked *out, const struct snippet_source *source,
               size_t width)
{
    struct chooser chooser = {.source = source, .width = width};
    const char *text = source->text;
    size_t from;
    size_t to;

    read_headline(&chooser);
    from = source->marks ? best_start(&chooser) : first_start(&chooser);
    to = best_end(&chooser, from);
    marked_clear(out);
    while (to > from && (text[to - 1] == ' ' || text[to - 1] == '\n'))
        to--;
    out->cut_before = from > 0;
    out->cut_after = to < source->size;
    buf_add(&out->text, text + from, to - from);
    for (size_t i = 0; i < out->text.size; i++)
        if (out->text.data[i] == '\n' || out->text.data[i] == '\t')
            out->text.data[i] = ' ';
    for (size_t i = 0; i < source->marks; i++)
        if (source->mark[i].start >= from && source->mark[i].end <= to)
            marked_add(out, source->mark[i].start - from,
                       source->mark[i].end - from);
}
