#include "corpus/plain/block.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <utf8proc.h>

#include "corpus/base/count.h"
#include "corpus/base/mem.h"
#include "corpus/base/utf8.h"
#include "corpus/story/credit.h"
#include "corpus/story/marker.h"

enum {
    WRAP_LEAST = 50, /* columns */
    WRAP_MOST = 140,
    PROSE_WORDS = 9,       /* with the end of a sentence */
    PROSE_WORDS_OPEN = 25, /* without */
    CAPTION_WORDS = 5
};

/* A line that is not blank. */
struct line {
    const char *text;
    size_t size;
    size_t columns;
    size_t number; /* in the file, from 1 */
    bool gap;      /* a blank line stands before it, or nothing */
};

/* Of blank lines only their number is kept: a file may be nothing else. */
struct lines {
    struct line *item;
    size_t count;
    size_t room;
    size_t number; /* of the last line */
    bool blank;    /* as the last line was */

    size_t wide[WRAP_MOST + 2]; /* lines of each width; the last: wider */
};

void
blocks_release(struct blocks *blocks)
{
    buf_release(&blocks->text);
    free(blocks->item);
    *blocks = BLOCKS_INIT;
}

/* --- lines ---------------------------------------------------------------- */

static size_t
columns_of(const char *text, size_t size)
{
    size_t columns = 0;
    uint32_t code;

    for (size_t at = 0; at < size;) {
        size_t step = utf8_decode(text + at, size - at, &code);
        int width = utf8proc_charwidth((utf8proc_int32_t)code);

        columns += width > 0 ? (size_t)width : 0;
        at += step ? step : 1;
    }
    return columns;
}

/* Bytes of the blank at the start of `text`: ASCII, U+00A0, U+200B, U+FEFF. */
static size_t
blank_at(const char *text, size_t size)
{
    static const char *const blanks[] = {" ",      "\t",     "\r",
                                         "\f",     "\u00a0", "\u200b",
                                         "\ufeff", "\u3000", "\u200e"};

    for (size_t i = 0; i < COUNT(blanks); i++) {
        size_t step = strlen(blanks[i]);

        if (step <= size && !memcmp(text, blanks[i], step))
            return step;
    }
    return 0;
}

static struct line
line_of(const char *text, size_t size)
{
    struct line line = {.text = text, .size = size};
    size_t indent = 0;
    size_t step;

    while (line.size && (step = blank_at(line.text, line.size))) {
        line.text += step;
        line.size -= step;
        indent++;
    }
    for (bool more = true; more && line.size;) {
        more = false;
        for (step = 1; step <= 3 && step <= line.size && !more; step++)
            if (blank_at(line.text + line.size - step, step) == step) {
                line.size -= step;
                more = true;
            }
    }
    line.columns = columns_of(line.text, line.size) + indent;
    return line;
}

static void
add_line(struct lines *lines, struct line line)
{
    lines->number++;
    lines->wide[line.columns > WRAP_MOST ? WRAP_MOST + 1 : line.columns]++;
    if (line.size) {
        line.number = lines->number;
        line.gap = lines->blank;
        lines->item = mem_grow(lines->item, lines->count, &lines->room,
                               sizeof(*lines->item));
        lines->item[lines->count++] = line;
    }
    lines->blank = !line.size;
}

/* False if there are too many. */
static bool
lines_read(struct lines *lines, const char *text, size_t size)
{
    const char *end = text + size;

    lines->blank = true;
    while (text < end && lines->count < BLOCK_LINES_MOST) {
        const char *stop = memchr(text, '\n', (size_t)(end - text));
        size_t length = (size_t)((stop ? stop : end) - text);

        add_line(lines, line_of(text, length));
        text += length + (stop != NULL);
    }
    return text == end;
}

static size_t
first_word_columns(const struct line *line)
{
    const char *blank = memchr(line->text, ' ', line->size);

    return columns_of(line->text,
                      blank ? (size_t)(blank - line->text) : line->size);
}

/* Do most lines that another one follows at once go on there in small letters?
 * A short text has few lines to measure. */
static bool
is_broken(const struct lines *lines)
{
    enum {
        FOLLOWED_MOST = 40 /* more are measured */
    };
    size_t followed = 0;
    size_t broken = 0;

    for (size_t i = 0; i + 1 < lines->count; i++) {
        const struct line *line = &lines->item[i];
        const struct line *next = line + 1;

        if (next->gap)
            continue;
        followed++;
        broken += line->columns >= WRAP_LEAST - 10 && *next->text >= 'a' &&
                  *next->text <= 'z' &&
                  !strchr(".!?:", line->text[line->size - 1]);
    }
    return broken >= 2 && broken * 5 >= followed * 3 &&
           followed <= FOLLOWED_MOST;
}

/* The width at which the file's lines were broken, or 0: nearly all lines
 * lie within it, and enough lines reach it. */
static size_t
wrap_width(const struct lines *lines)
{
    const size_t blank = lines->wide[0];
    const size_t total = lines->number - blank;
    size_t wide = 0; /* menus are many lines, and none of them wide */
    size_t beyond = lines->wide[WRAP_MOST + 1];
    size_t full = 0;
    size_t width = WRAP_MOST + 1;

    /* A paragraph that nobody broke may stand among others that are. */
    if (beyond * 25 > total) {
        if (beyond > 2 || !is_broken(lines))
            return 0;
        width = WRAP_MOST;
    }
    for (size_t i = WRAP_LEAST; i < COUNT(lines->wide); i++)
        wide += lines->wide[i];
    for (beyond = 0; width > WRAP_LEAST && beyond * 70 <= total; width--)
        beyond += lines->wide[width];
    width++;
    for (size_t i = 0; i + 1 < lines->count; i++)
        full += lines->item[i].columns >= WRAP_LEAST - 10 &&
                lines->item[i].columns + 12 >= width && !lines->item[i + 1].gap;
    if (full >= 5 && (full * 20 >= total || full * 6 >= wide))
        return width;
    return full >= 2 && is_broken(lines) ? width : 0;
}

/* Does the next line continue this one? */
static bool
continues(const struct line *line, const struct line *next, size_t width)
{
    return width && !next->gap &&
           line->columns + 1 + first_word_columns(next) + 2 > width;
}

/* --- what a block is by itself -------------------------------------------- */

static bool
ends_sentence(const char *text, size_t size)
{
    static const char *const ends[] = {".",  "!", "?", "…",  "。", "！",
                                       "？", "।", "؟", "。", "︎"};
    static const char *const after[] = {"\"", "'",  ")",  "]",  "”", "’", "»",
                                        "“",  "」", "』", "）", "*", " "};
    bool more = true;

    while (more && size) {
        more = false;
        for (size_t i = 0; i < COUNT(after); i++) {
            size_t length = strlen(after[i]);

            if (length < size &&
                !memcmp(text + size - length, after[i], length)) {
                size -= length;
                more = true;
            }
        }
    }
    for (size_t i = 0; i < COUNT(ends); i++) {
        size_t length = strlen(ends[i]);

        if (length <= size && !memcmp(text + size - length, ends[i], length))
            return true;
    }
    return false;
}

static bool
is_unspaced(uint32_t code)
{
    return (code >= 0x3040 && code <= 0x30FF) ||
           (code >= 0x3400 && code <= 0x9FFF) ||
           (code >= 0x0E00 && code <= 0x0E7F);
}

static size_t
count_words(const char *text, size_t size)
{
    size_t words = 0;
    size_t unspaced = 0;
    bool inside = false;
    uint32_t code;

    for (size_t at = 0; at < size;) {
        size_t step = utf8_decode(text + at, size - at, &code);

        at += step ? step : 1;
        if (is_unspaced(code)) {
            unspaced++;
            inside = false;
        } else if (code == ' ') {
            inside = false;
        } else if (!inside && utf8proc_category((utf8proc_int32_t)code) <=
                                  UTF8PROC_CATEGORY_NO) {
            inside = true;
            words++;
        }
    }
    return words + unspaced / 2;
}

/* Letters and digits of a block in lower case, for comparing. */
static void
letters_of(const char *text, size_t size, struct buf *out)
{
    uint32_t code;

    for (size_t at = 0; at < size;) {
        size_t step = utf8_decode(text + at, size - at, &code);

        at += step ? step : 1;
        if (code != ' ' &&
            utf8proc_category((utf8proc_int32_t)code) <= UTF8PROC_CATEGORY_NO)
            utf8_encode(out,
                        (uint32_t)utf8proc_tolower((utf8proc_int32_t)code));
    }
}

bool
block_same(const struct block *a, const struct block *b)
{
    struct buf left = BUF_INIT;
    struct buf right = BUF_INIT;
    bool same;

    if (a->size > b->size + b->size / 4 + 12 ||
        b->size > a->size + a->size / 4 + 12)
        return false;
    letters_of(a->text, a->size, &left);
    letters_of(b->text, b->size, &right);
    same = left.size > 0 && buf_equal(&left, &right);
    buf_release(&left);
    buf_release(&right);
    return same;
}

/* Is `text` all in brackets, such as "[nojsimg]"?  A dump's picture or form. */
static bool
is_bracketed(const char *text, size_t size)
{
    bool inside = false;

    for (size_t i = 0; i < size; i++) {
        if (text[i] == '[')
            inside = true;
        else if (text[i] == ']')
            inside = false;
        else if (!inside && text[i] != ' ')
            return false;
    }
    return true;
}

static enum block_kind
judge(const struct block *block)
{
    static const enum block_kind kinds[] = {
        [MARKER_ASIDE] = BLOCK_MARKER,  [MARKER_END] = BLOCK_END,
        [MARKER_CREDIT] = BLOCK_CREDIT, [MARKER_CAPTION] = BLOCK_CAPTION,
        [MARKER_BOX] = BLOCK_BOX,       [MARKER_PICTURE] = BLOCK_PICTURE,
        [MARKER_MORE] = BLOCK_MORE,
    };
    const char *credit;
    size_t credit_size;
    enum marker marker = marker_of(block->text, block->size);
    size_t rest;

    if (marker != MARKER_NONE)
        return kinds[marker];
    if (is_bracketed(block->text, block->size))
        return BLOCK_MARKER;
    rest = credit_find(block->text, block->size, &credit, &credit_size);
    if (rest < block->size)
        return block->words >= CAPTION_WORDS && rest > 2 ? BLOCK_CAPTION
                                                         : BLOCK_CREDIT;
    if (block->words >= (block->ends ? PROSE_WORDS : PROSE_WORDS_OPEN))
        return BLOCK_PROSE;
    return BLOCK_SHORT;
}

/* --- blocks --------------------------------------------------------------- */

/* Drop the bullet at the start of a block, if there is one. */
static void
drop_bullet(struct block *block)
{
    static const char *const bullets[] = {"• ", "* ", "- ", "◦ ", "· ",
                                          "+ ", "■ ", "□ ", "▪ ", "o ",
                                          "☆ ", "★ ", "○ ", "● "};

    for (size_t i = 0; i < COUNT(bullets); i++) {
        size_t size = strlen(bullets[i]);

        if (size < block->size && !memcmp(block->text, bullets[i], size)) {
            block->text += size;
            block->size -= size;
            block->bullet = true;
            return;
        }
    }
}

/* Append lines `from` to before `to` as one block. */
static void
add_block(struct blocks *blocks, const struct lines *lines, size_t from,
          size_t to)
{
    struct block *block;

    blocks->item = mem_grow(blocks->item, blocks->count, &blocks->room,
                            sizeof(*blocks->item));
    block = &blocks->item[blocks->count++];
    *block = (struct block){.line = lines->item[from].number,
                            .gap = lines->item[from].gap};
    block->text = blocks->text.data + blocks->text.size;
    for (size_t i = from; i < to; i++) {
        if (i > from)
            buf_add_byte(&blocks->text, ' ');
        buf_add(&blocks->text, lines->item[i].text, lines->item[i].size);
    }
    block->size = (size_t)(blocks->text.data + blocks->text.size - block->text);
    drop_bullet(block);
    block->words = count_words(block->text, block->size);
    block->ends = ends_sentence(block->text, block->size);
    block->kind = judge(block);
}

bool
blocks_read(struct blocks *blocks, const char *text, size_t size)
{
    struct lines lines = {0};
    bool all = lines_read(&lines, text, size);
    size_t width = wrap_width(&lines);
    size_t need = 0;
    size_t next;

    /* All of it at once: the blocks point into the buffer. */
    for (size_t i = 0; i < lines.count; i++)
        need += lines.item[i].size + 1;
    buf_reserve(&blocks->text, need);
    for (size_t i = 0; all && i < lines.count; i = next) {
        next = i + 1;
        while (next < lines.count &&
               continues(&lines.item[next - 1], &lines.item[next], width))
            next++;
        add_block(blocks, &lines, i, next);
    }
    free(lines.item);
    return all;
}
