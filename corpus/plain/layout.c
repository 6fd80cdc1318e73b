#include "corpus/plain/layout.h"

#include <stdlib.h>
#include <string.h>

#include "corpus/base/ascii.h"
#include "corpus/base/list.h"
#include "corpus/base/mem.h"
#include "corpus/plain/block.h"
#include "corpus/plain/layout_caption.h"
#include "corpus/plain/layout_headline.h"
#include "corpus/story/byline.h"

enum {
    PROSE_MOST = 50, /* what one paragraph can count for */
    PROSE_LESS = 3,  /* what it counts for less, however short */
    LIST_LEAST = 7,  /* links in a row that are no part of a story */
    MASTHEAD = 8,    /* blocks of a page in which its own date may stand */
    LIST_MOST = 300, /* blocks of a text without prose that is kept */
    SIGN_BELOW = 12, /* blocks below the headline with byline and date */
    SIGN_WORDS = 25,
    WIDGET_MOST = 24, /* blocks between two paragraphs */
    NEAR = 8          /* blocks around the body in which a byline stands */
};

/* The stretch of blocks that hold the body: first to before end. */
struct span {
    size_t first;
    size_t end;
    long score;
};

static long
weight(const struct block *block)
{
    static const long weights[] = {
        [BLOCK_SHORT] = -8,  [BLOCK_PROSE] = 0,    [BLOCK_CAPTION] = 0,
        [BLOCK_CREDIT] = -1, [BLOCK_PICTURE] = -3, [BLOCK_MARKER] = -3,
        [BLOCK_MORE] = 0,    [BLOCK_BOX] = -25,    [BLOCK_END] = -40,
    };
    long words = (long)block->words;

    if (block->kind == BLOCK_PROSE)
        return ((words > PROSE_MOST ? PROSE_MOST : words) - PROSE_LESS) /
               (block->bullet ? 2 : 1);
    if (block->kind == BLOCK_SHORT && block->ends && words >= 3)
        return 2;
    return weights[block->kind];
}

/* The stretch with the largest sum.  Where the page says that its article
 * goes on, what stood there since the last paragraph costs nothing. */
static struct span
find_body(const struct blocks *blocks)
{
    struct span best = {0, 0, 0};
    struct span run = {0, 0, 0};
    struct span last = {0, 0, 0}; /* the run as it was at a paragraph */

    for (size_t i = 0; i < blocks->count; i++) {
        const struct block *block = &blocks->item[i];

        if (block->kind == BLOCK_MORE && i <= last.end + WIDGET_MOST &&
            run.score < last.score)
            run = last;
        if (run.score <= 0)
            run = (struct span){i, i, 0};
        run.score += weight(block);
        run.end = i + 1;
        if (block->kind == BLOCK_PROSE)
            last = run;
        if (run.score > best.score)
            best = run;
    }
    return best;
}

/* A picture's caption is often there twice, for small screens and large. */
static void
find_doubles(struct blocks *blocks)
{
    for (size_t i = 0; i + 1 < blocks->count; i++) {
        struct block *a = &blocks->item[i];
        struct block *b = &blocks->item[i + 1];

        if (a->words >= 8 && a->kind <= BLOCK_CAPTION && !b->gap &&
            block_same(a, b)) {
            a->kind = BLOCK_CAPTION;
            b->kind = BLOCK_CAPTION;
        }
    }
}

/* --- byline and date ------------------------------------------------------ */

struct find {
    const struct blocks *blocks;
    struct layout *layout;
    struct span body;
    size_t headline;
    bool month_first; /* of 03/04/2014 */
};

static bool
date_in(const struct block *block, bool month_first, struct date *date)
{
    return block->size <= 200 &&
           date_find(block->text, block->size, month_first, date, NULL) > 0 &&
           date->precision >= DATE_DAY;
}

/* Does a line that also says other things name a person: "Jane Doe - 24 Oct
 * 2014", "Jane Doe | Wire"? */
static bool
names_person(const struct block *block)
{
    struct list authors = LIST_INIT;
    struct list emails = LIST_INIT;
    bool person;

    byline_parse(block->text, block->size, NULL, &authors, &emails);
    person = authors.count > 0 && strchr(authors.item[0], ' ') != NULL;
    list_release(&authors);
    list_release(&emails);
    return person;
}

/* Is something glued to a word that a page set apart by its style: "Ann Lee5
 * hours ago", "Ann Lee@annlee"? */
static bool
has_glue(const struct block *block)
{
    for (size_t at = 1; at < block->size; at++)
        if (ascii_is_lower(block->text[at - 1]) &&
            (ascii_is_digit(block->text[at]) || block->text[at] == '@'))
            return true;
    return false;
}

/* A block that is not a byline by itself may be one by its place. */
static bool
may_be_byline(const struct find *find, size_t at, enum byline_look least)
{
    const struct block *block = &find->blocks->item[at];
    struct date date;

    if (at == find->headline || block->kind > BLOCK_PROSE ||
        block->words > SIGN_WORDS)
        return false;
    if (byline_look(block->text, block->size) >= least)
        return true;
    return least == BYLINE_NAME &&
           (date_in(block, find->month_first, &date) || has_glue(block)) &&
           names_person(block);
}

/* The names below a "By" on a line of its own; a comma goes on with the next
 * line. */
static bool
try_below_opener(struct find *find, size_t at)
{
    const struct block *item = find->blocks->item;
    const size_t last = at + SIGN_BELOW;
    bool found = false;

    if (!byline_opens(item[at].text, item[at].size))
        return false;
    while (++at < find->blocks->count && at < last &&
           item[at].words <= SIGN_WORDS && !item[at].ends &&
           at != find->headline && names_person(&item[at])) {
        find->layout->role[at] = ROLE_BYLINE;
        found = true;
        if (item[at].text[item[at].size - 1] != ',')
            break;
    }
    return found;
}

static bool
try_byline(struct find *find, size_t from, size_t to, enum byline_look least)
{
    for (size_t i = from; i < to && i < find->blocks->count; i++)
        if (least == BYLINE_SURE && try_below_opener(find, i)) {
            return true;
        } else if (may_be_byline(find, i, least)) {
            find->layout->role[i] = ROLE_BYLINE;
            return true;
        }
    return false;
}

/* Where the headline is, or would be. */
static size_t
head_of(const struct find *find)
{
    return find->headline < find->blocks->count ? find->headline
                                                : find->body.first;
}

/* Where the look below the headline ends: behind the first paragraph, for
 * pictures, buttons and advertisements stand between the two. */
static size_t
sign_end(const struct find *find)
{
    enum {
        FARTHEST = 40
    };
    const size_t head = head_of(find);
    const size_t near = head + SIGN_BELOW;
    const size_t body = find->body.first + 1;

    return body <= near ? near : body < head + FARTHEST ? body : near;
}

static void
find_byline(struct find *find)
{
    const struct layout *layout = find->layout;
    size_t head = head_of(find);
    size_t end = find->body.end;
    size_t date = layout->published_at;

    if (try_byline(find, head, sign_end(find), BYLINE_SURE) ||
        try_byline(find, end > 2 ? end - 2 : 0, end + NEAR, BYLINE_SURE) ||
        try_byline(find, head > 4 ? head - 4 : 0, head, BYLINE_SURE) ||
        (layout->published.precision &&
         try_byline(find, date > 2 ? date - 2 : 0, date + 3, BYLINE_NAME)))
        return;
    try_byline(find, head + 1, head + 4, BYLINE_NAME);
}

static bool
try_date(struct find *find, size_t from, size_t to)
{
    struct layout *layout = find->layout;

    for (size_t i = from; i < to && i < find->blocks->count; i++) {
        const struct block *block = &find->blocks->item[i];

        if ((layout->seen.precision && i == layout->seen_at) ||
            block->kind == BLOCK_PROSE || block->kind == BLOCK_CAPTION ||
            block->words > SIGN_WORDS ||
            !date_in(block, find->month_first, &layout->published))
            continue;
        layout->published_at = i;
        return true;
    }
    layout->published = (struct date){0};
    return false;
}

/* Does a block say a day of the week and nothing of publishing? */
static bool
is_masthead_date(const struct block *block, const struct date *date)
{
    bool weekday = false;

    for (size_t at = 0; at + 3 <= block->size && !weekday; at++)
        weekday = !memcmp(block->text + at, "day", 3);
    return weekday && block->words <= 6 && date->precision == DATE_DAY;
}

static void
find_seen(struct find *find)
{
    struct layout *layout = find->layout;

    for (size_t i = 0; i < MASTHEAD && i < head_of(find); i++) {
        const struct block *block = &find->blocks->item[i];

        if (date_in(block, find->month_first, &layout->seen) &&
            is_masthead_date(block, &layout->seen)) {
            layout->seen_at = i;
            return;
        }
    }
    layout->seen = (struct date){0};
}

/* 03/04/2014 is March in English, April elsewhere.  English has "the" once
 * in twenty words or so. */
static bool
is_english(const struct find *find)
{
    size_t words = 0;
    size_t the = 0;

    for (size_t i = find->body.first; i < find->body.end; i++) {
        const struct block *block = &find->blocks->item[i];

        words += block->words;
        for (size_t at = 0; at + 5 <= block->size; at++)
            the += !memcmp(block->text + at, " the ", 5);
    }
    return the * 60 >= words;
}

static void
find_dates(struct find *find)
{
    size_t head = head_of(find);

    find->month_first = is_english(find);
    find_seen(find);
    if (try_date(find, head + 1, sign_end(find)) ||
        try_date(find, head > 6 ? head - 6 : 0, head))
        return;
    try_date(find, find->body.end, find->body.end + NEAR);
}

/* --- roles ---------------------------------------------------------------- */

/* Does a line stand in a row of many that are no prose?  A heading stands
 * between paragraphs; rows are menus, and widgets that were cut in. */
static bool
is_in_list(const struct blocks *blocks, size_t at)
{
    size_t from = at;
    size_t to = at + 1;

    while (from > 0 && to - from <= LIST_LEAST &&
           blocks->item[from - 1].kind != BLOCK_PROSE)
        from--;
    while (to < blocks->count && to - from <= LIST_LEAST &&
           blocks->item[to].kind != BLOCK_PROSE)
        to++;
    return to - from > LIST_LEAST;
}

/* Is a line between paragraphs a heading or the like, and not of the page? */
static bool
is_body_line(const struct find *find, size_t at)
{
    const struct blocks *blocks = find->blocks;
    const struct block *block = &blocks->item[at];
    struct date date;

    if (block->kind != BLOCK_SHORT ||
        date_in(block, find->month_first, &date) ||
        byline_look(block->text, block->size) == BYLINE_SURE)
        return false;
    return block->ends || !is_in_list(blocks, at);
}

/* Give every block of the body's span its role. */
static void
mark_body(struct find *find)
{
    const struct block *item = find->blocks->item;
    enum role *role = find->layout->role;
    bool aside = false;

    for (size_t i = find->body.first; i < find->body.end; i++) {
        if (item[i].kind == BLOCK_MARKER || item[i].kind == BLOCK_END)
            aside = true;
        else if (item[i].kind == BLOCK_PROSE || item[i].kind == BLOCK_MORE)
            aside = false;
        if (role[i] != ROLE_NONE)
            continue;
        if (item[i].kind == BLOCK_CAPTION)
            role[i] = ROLE_CAPTION;
        else if (item[i].kind == BLOCK_CREDIT)
            role[i] = ROLE_CREDIT;
        else if (item[i].kind == BLOCK_PROSE ||
                 (!aside && is_body_line(find, i)))
            role[i] = ROLE_BODY;
    }
}

/* Captions and the standfirst between the headline and the body. */
static void
mark_head(struct find *find)
{
    const struct block *item = find->blocks->item;
    bool near = find->body.first <= find->headline + SIGN_BELOW;

    for (size_t i = find->headline + 1; i < find->body.first; i++) {
        enum role *role = &find->layout->role[i];

        if (*role == ROLE_NONE && item[i].kind == BLOCK_CAPTION)
            *role = ROLE_CAPTION;
        else if (near && *role == ROLE_NONE && item[i].kind == BLOCK_PROSE)
            *role = ROLE_BODY;
    }
}

/* Without any prose it is a table or a list: all of it, below its first
 * line. */
static void
take_all(struct find *find)
{
    size_t count = find->blocks->count;

    if (count < 2 || count > LIST_MOST)
        return;
    find->layout->role[0] = ROLE_HEADLINE;
    for (size_t i = 1; i < count; i++)
        find->layout->role[i] = ROLE_BODY;
}

/* "4. " at the start of a block: 4, and its bytes go to `*size`; 0 if none. */
static int
number_of(const struct block *block, size_t *size)
{
    int number = 0;
    size_t at = 0;

    for (; at < 2 && at < block->size && ascii_is_digit(block->text[at]); at++)
        number = number * 10 + block->text[at] - '0';
    *size = at + 2;
    return *size < block->size && at > 0 && block->text[at] == '.' &&
                   block->text[at + 1] == ' '
               ? number
               : 0;
}

/* Where the headline is the last of a numbered path through the site, drop
 * its number. */
static void
drop_number(struct blocks *blocks, size_t headline)
{
    struct block *block = &blocks->item[headline];
    size_t size;
    size_t other;
    const int number = number_of(block, &size);

    if (number > 1 && headline > 0 &&
        number_of(block - 1, &other) == number - 1) {
        block->text += size;
        block->size -= size;
    }
}

/* Does a line go on with what the one above it began: in the same paragraph,
 * by a small letter? */
static bool
goes_on(const struct blocks *blocks, size_t at)
{
    const struct block *block = &blocks->item[at];

    return at > 0 && at < blocks->count && !block->gap &&
           block->kind == BLOCK_SHORT && block[-1].kind == BLOCK_SHORT &&
           !block[-1].ends && ascii_is_lower(*block->text);
}

/* The headline, and the lines that it goes on in if it was broken. */
static void
mark_headline(struct find *find)
{
    enum {
        LINES = 3 /* above it or below */
    };
    enum role *role = find->layout->role;

    role[find->headline] = ROLE_HEADLINE;
    for (int i = 0; i < LINES && goes_on(find->blocks, find->headline); i++)
        role[--find->headline] = ROLE_HEADLINE;
    for (int i = 0; i < LINES && goes_on(find->blocks, find->headline + 1); i++)
        role[++find->headline] = ROLE_HEADLINE;
}

void
layout_find(struct layout *layout, struct blocks *blocks)
{
    struct find find = {.blocks = blocks, .layout = layout};

    *layout = (struct layout){
        .role = mem_zero(blocks->count + 1, sizeof(*layout->role))};
    find_doubles(blocks);
    find.body = find_body(blocks);
    layout->found = find.body.end > find.body.first;
    if (!layout->found) {
        take_all(&find);
        return;
    }
    find.headline = layout_headline(blocks, find.body.first, find.body.end);
    if (find.headline < blocks->count) {
        mark_headline(&find);
        drop_number(blocks, find.headline);
        if (find.headline >= find.body.first)
            find.body.first = find.headline + 1;
    }
    find_dates(&find);
    layout_captions(blocks,
                    find.headline < find.body.first ? find.headline + 1
                                                    : find.body.first,
                    find.body.end);
    find_byline(&find);
    mark_head(&find);
    mark_body(&find);
}

void
layout_release(struct layout *layout)
{
    free(layout->role);
    *layout = (struct layout){0};
}
