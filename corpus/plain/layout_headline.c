#include "corpus/plain/layout_headline.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "corpus/base/count.h"
#include "corpus/base/mem.h"
#include "corpus/date/date.h"
#include "corpus/plain/block.h"
#include "corpus/plain/word_set.h"
#include "corpus/story/byline.h"

enum {
    ABOVE = 60,  /* blocks above the body that are looked at */
    INSIDE = 8,  /* blocks of the body's beginning that are */
    CLUSTER = 12 /* blocks in which a headline has its standfirst below */
};

/* What a line that may be the headline is. */
struct line {
    size_t at;
    size_t words;
    long shared; /* words that come back in the body */
    long all;
    bool period;
    bool again;    /* the same line stands elsewhere, once */
    bool often;    /* more than once */
    bool part;     /* a longer line ends in it or holds it */
    bool compound; /* it holds a shorter one: "Home / News / Headline" */
    bool begun;    /* a little longer line begins with it: "Headline | Site" */
    bool trail;    /* "Home » News » Headline" */
};

struct page {
    const struct blocks *blocks;
    size_t first;
    size_t end;
    struct line *line;
    size_t count;
};

static bool
may_be_headline(const struct block *block)
{
    return (block->kind == BLOCK_SHORT || block->kind == BLOCK_PROSE ||
            block->kind == BLOCK_CAPTION) &&
           block->words >= 2 && block->words <= 40 && block->size >= 8 &&
           block->size <= 300 &&
           byline_look(block->text, block->size) != BYLINE_SURE;
}

static bool
has_date(const struct block *block)
{
    struct date date;

    return block->size <= 200 &&
           date_find(block->text, block->size, true, &date, NULL) > 0 &&
           date.precision >= DATE_DAY;
}

/* A date and next to nothing else? */
static bool
is_date_line(const struct block *block)
{
    struct date date;

    return block->size <= 100 &&
           2 * date_find(block->text, block->size, true, &date, NULL) >
               block->size;
}

/* Does a date or a byline stand within the next few blocks? */
static bool
is_signed(const struct blocks *blocks, size_t at)
{
    for (size_t i = at + 1; i < blocks->count && i < at + 5; i++)
        if (blocks->item[i].kind != BLOCK_PROSE &&
            (byline_look(blocks->item[i].text, blocks->item[i].size) ==
                 BYLINE_SURE ||
             has_date(&blocks->item[i])))
            return true;
    return false;
}

/* Does `whole` hold `part` elsewhere than at its start? */
static bool
holds(const struct block *whole, const struct block *part)
{
    const char *end = whole->text + whole->size - part->size;

    for (const char *at = whole->text + 1; at <= end; at++) {
        at = memchr(at, *part->text, (size_t)(end - at) + 1);
        if (!at)
            return false;
        if (!memcmp(at, part->text, part->size))
            return true;
    }
    return false;
}

/* Is it a path through the site? */
static bool
is_trail(const struct block *block)
{
    static const char *const marks[] = {" » ", " › ", " > ", " / "};
    size_t found = 0;

    for (size_t i = 0; i < COUNT(marks); i++) {
        const size_t size = strlen(marks[i]);

        for (size_t at = 0; at + size <= block->size; at++)
            found += !memcmp(block->text + at, marks[i], size);
    }
    return found > 1;
}

static bool
has_two_sentences(const struct block *block)
{
    for (size_t at = 1; block->words > 8 && at + 2 < block->size; at++)
        if (strchr(".!?", block->text[at]) && block->text[at + 1] == ' ')
            return true;
    return false;
}

/* Note where else in the page the line stands. */
static void
find_echoes(const struct page *page, struct line *line)
{
    const struct block *item = page->blocks->item;
    const struct block *block = &item[line->at];

    for (size_t i = 0; i < page->blocks->count; i++) {
        const struct block *other = &item[i];

        if (i == line->at || other->size > block->size + 120 ||
            block->size > other->size + 120 || other->size < 15 ||
            block->size < 15)
            continue;
        if (other->size == block->size) {
            if (memcmp(other->text, block->text, block->size) != 0)
                continue;
            line->often = line->again;
            line->again = true;
        } else if (i < page->first + INSIDE && i + ABOVE >= page->first) {
            line->begun =
                line->begun || (other->size > block->size &&
                                !memcmp(other->text, block->text, block->size));
            line->part = line->part ||
                         (other->size > block->size && holds(other, block));
            line->compound = line->compound ||
                             (other->size < block->size && holds(block, other));
        }
    }
}

/* The words of the body less those of block `but`. */
static void
body_words(const struct page *page, size_t but, struct word_set *words)
{
    const struct block *item = page->blocks->item;

    for (size_t i = page->first; i < page->end; i++)
        if (i != but && item[i].kind == BLOCK_PROSE)
            word_set_add(words, item[i].text, item[i].size);
}

static void
find_lines(struct page *page)
{
    size_t from = page->first > ABOVE ? page->first - ABOVE : 0;
    struct word_set words = WORD_SET_INIT;

    body_words(page, page->blocks->count, &words);
    for (size_t i = from; i < page->end && i < page->first + INSIDE; i++) {
        const struct block *block = &page->blocks->item[i];
        struct line *line = &page->line[page->count];

        if (!may_be_headline(block) || is_date_line(block))
            continue;
        *line = (struct line){.at = i, .words = block->words};
        if (i >= page->first && block->kind == BLOCK_PROSE) {
            /* A line of the body must not vouch for itself. */
            word_set_release(&words);
            body_words(page, i, &words);
        }
        line->shared =
            word_set_shared(&words, block->text, block->size, &line->all);
        line->trail = is_trail(block);
        line->period = block->ends && block->text[block->size - 1] == '.';
        find_echoes(page, line);
        page->count++;
    }
    word_set_release(&words);
}

/* Is there another good line a little above this one?  Then this is rather
 * its standfirst. */
static bool
is_below_another(const struct page *page, const struct line *line)
{
    long enough = line->shared > 3 ? 3 : line->shared - 1;

    if (enough < 1)
        enough = 1;
    for (const struct line *other = page->line; other < line; other++)
        if (other->at + CLUSTER >= line->at && other->words >= 4 &&
            other->shared >= enough && !other->period)
            return true;
    return false;
}

/* What the line's neighbours say of it. */
static long
place_points(const struct page *page, const struct line *line)
{
    const struct block *block = &page->blocks->item[line->at];
    const bool last = line->at + 1 == page->blocks->count;
    long points = 0;

    if (line->at > page->first)
        points -= 6 * (long)(line->at - page->first);
    if (line->at > 0 && block[-1].words >= 8)
        points -= 15;
    if (!last && block[1].words >= 8)
        points += 4;
    if (!last && block[1].kind == BLOCK_PROSE)
        points += 6;
    if (is_signed(page->blocks, line->at))
        points += 27;
    if (is_below_another(page, line))
        points -= 14;
    return points;
}

static long
line_points(const struct page *page, const struct line *line)
{
    static const long shared[] = {0, 3, 19, 27, 32, 41};
    const struct block *block = &page->blocks->item[line->at];
    const struct {
        bool is;
        long points;
    } traits[] = {
        {line->words < 4, -25},
        {line->words > 20, -8},
        {line->period, -66},
        {line->again, 12},
        {line->often, -8},
        {line->part, 24},
        {line->compound, -14},
        {line->begun, 10},
        {line->trail, -30},
        {has_two_sentences(block), -12},
        {block->kind == BLOCK_CAPTION, -43},
        {block->kind == BLOCK_PROSE, -4},
        {block->bullet, -14},
        {has_date(block), -37},
        {byline_is_name(block->text, block->size), -27},
    };
    long points = shared[line->shared > 5 ? 5 : line->shared] +
                  39 * (line->shared + 1) / (line->all + 2);

    if (line->words > 12)
        points -= (long)(line->words - 12) / 2;
    for (size_t i = 0; i < COUNT(traits); i++)
        points += traits[i].is ? traits[i].points : 0;
    return points + place_points(page, line);
}

size_t
layout_headline(const struct blocks *blocks, size_t first, size_t end)
{
    struct page page = {.blocks = blocks, .first = first, .end = end};
    size_t best = blocks->count;
    long most = INT32_MIN;

    page.line = mem_zero(ABOVE + INSIDE + 1, sizeof(*page.line));
    find_lines(&page);
    for (size_t i = 0; i < page.count; i++) {
        long points = line_points(&page, &page.line[i]);

        if (points > most) {
            most = points;
            best = page.line[i].at;
        }
    }
    free(page.line);
    return best;
}
