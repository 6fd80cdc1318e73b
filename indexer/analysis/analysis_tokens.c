/*
 * From a chain of pieces to tokens.
 *
 * Pieces that apostrophes hold together are one word, for which possessives,
 * contractions and elisions are undone; so are two or three short ones with
 * an ampersand.  Each word of the chain has a position.  At the position of
 * the first word goes the joined form of the whole chain:
 *
 *     linked by               joined as
 *     - or /                  without it: "taegyu", "fa18"
 *     - between numbers       as written: "9-11", "2014-10-24"
 *     / between long words    not at all: "opcon/transfer"
 *     . with one-letter part  without it: "phd", "skorea"
 *     @ _ . otherwise         as written, in lower case
 */
#include <assert.h>
#include <string.h>

#include "indexer/analysis/analysis_parts.h"

/* A word of the chain. */
struct word {
    size_t start;
    size_t end;
    size_t size;
    char link; /* before it */
    bool capital;
    bool capitals;
    bool plain;  /* nothing but letters: to be stemmed */
    bool number; /* begins with a digit */
    unsigned letters;
    unsigned lowers;
    size_t tail;       /* where in `folded` the name behind O' starts, or 0 */
    size_t tail_start; /* and where in the text */
    char folded[TERM_SIZE_MAX];
};

static size_t
append(char *out, size_t used, const char *text, size_t size)
{
    if (size > TERM_SIZE_MAX - used) {
        size = TERM_SIZE_MAX - used;
        /* Cut before a character, not in it. */
        while (size > 0 && ((unsigned char)text[size] & 0xC0) == 0x80)
            size--;
    }
    memcpy(out + used, text, size);
    return used + size;
}

/* Settle what ended before this token. */
static void
token_starts(struct scan *scan, bool lower)
{
    if (scan->any) {
        if (scan->ends_paragraph)
            scan->paragraph++;
        if (scan->ends_paragraph || (scan->ends_sentence && !lower))
            scan->sentence++;
    }
    scan->ends_paragraph = false;
    scan->ends_sentence = false;
    scan->any = true;
}

static void
locate(const struct scan *scan, struct token *token)
{
    token->position = scan->position;
    token->sentence = scan->sentence;
    token->paragraph = scan->paragraph;
}

static void
hand_out(struct scan *scan, struct token *token)
{
    if (scan->result || token->term_size == 0)
        return;
    scan->result = scan->sink(scan->context, token);
}

/* One that has been located. */
static void
hand_out_stem(struct scan *scan, struct token *token)
{
    token->term = token->folded;
    token->term_size = token->folded_size;
    if (scan->stems && token->folded_size > 0) {
        token->term = stems_get(scan->stems, token->folded, token->folded_size,
                                &token->term_size, &token->notes);
        if (!token->term) {
            scan->result = ANALYSIS_NO_MEMORY;
            return;
        }
    }
    hand_out(scan, token);
}

static void
hand_out_stemmed(struct scan *scan, struct token *token)
{
    locate(scan, token);
    hand_out_stem(scan, token);
}

/* The same for one that is never stemmed. */
static void
hand_out_kept(struct scan *scan, struct token *token)
{
    token->term = token->folded;
    token->term_size = token->folded_size;
    if (scan->stems && token->term_size > 0)
        token->notes = stems_keep(scan->stems, token->term, token->term_size);
    hand_out(scan, token);
}

static void
hand_out_as_is(struct scan *scan, struct token *token)
{
    locate(scan, token);
    hand_out_kept(scan, token);
}

/* `upper` is the word in upper case. */
static void
hand_out_upper(struct scan *scan, const struct token *word, const char *upper,
               size_t size)
{
    struct token token = *word; /* where it stands, too */

    token.kind = TOKEN_CAPS;
    token.term = upper;
    token.term_size = size;
    /* Those that are there are the word's. */
    token.notes =
        scan->stems && size > 0 ? stems_keep(scan->stems, upper, size) : NULL;
    hand_out(scan, &token);
}

static void
hand_out_twin(struct scan *scan, const struct token *word)
{
    char upper[TERM_SIZE_MAX];

    hand_out_upper(scan, word, upper,
                   char_raise(upper, word->folded, word->folded_size));
}

/* Note the word, so that a dot behind it can be judged. */
static void
remember(struct scan *scan, const char *folded, size_t size, size_t end,
         bool capital)
{
    scan->last_end = end;
    scan->last_capital = capital;
    scan->last_size = size < sizeof(scan->last) ? size : 0;
    memcpy(scan->last, folded, scan->last_size);
}

static void
hand_out_first(struct scan *scan)
{
    struct late *late = &scan->late[scan->late_first];

    scan->late_first = (scan->late_first + 1) % LATE;
    scan->waiting--;
    if (late->as_is)
        hand_out_kept(scan, &late->token);
    else
        hand_out_stem(scan, &late->token);
    if (late->twin_size)
        hand_out_upper(scan, &late->token, late->twin, late->twin_size);
}

void
tokens_end(struct scan *scan)
{
    while (scan->waiting > 0)
        hand_out_first(scan);
}

/* Most words: what is known of them is looked for while the next ones are
 * being read. */
static void
hand_out_late(struct scan *scan, const struct token *token, bool as_is,
              bool twin)
{
    struct late *late;

    if (scan->waiting == LATE)
        hand_out_first(scan);
    late = &scan->late[(scan->late_first + scan->waiting++) % LATE];
    late->token = *token;
    late->token.folded = late->folded;
    memcpy(late->folded, token->folded, token->folded_size);
    late->as_is = as_is;
    late->twin_size =
        twin ? char_raise(late->twin, token->folded, token->folded_size) : 0;
    stems_expect(scan->stems, token->folded, token->folded_size);
    if (twin)
        stems_expect(scan->stems, late->twin, late->twin_size);
    locate(scan, &late->token);
}

void
tokens_of_piece(struct scan *scan, bool dot)
{
    const struct piece *piece = &scan->piece[0];
    struct token token = {.kind = TOKEN_WORD,
                          .folded = piece->folded,
                          .folded_size = piece->size,
                          .start = piece->start,
                          .end = piece->end,
                          .capital = piece->capital,
                          .capitals =
                              piece->letters >= 2 && piece->lowers == 0};
    bool twin = token.capitals && piece->capital;

    if (piece->size == 0)
        return;
    token_starts(scan, piece->lowers > 0 && !piece->capital);
    if (scan->stems) {
        hand_out_late(scan, &token, piece->digits, twin);
    } else {
        hand_out_as_is(scan, &token);
        if (twin)
            hand_out_twin(scan, &token);
    }
    scan->last_end = SIZE_MAX;
    if (dot)
        remember(scan, piece->folded, piece->size, piece->end, piece->capital);
    scan->position++;
}

void
tokens_of_bigram(struct scan *scan, size_t start, size_t end)
{
    char folded[TERM_SIZE_MAX];
    struct token token = {
        .kind = TOKEN_WORD, .folded = folded, .start = start, .end = end};

    token.folded_size = char_fold(folded, scan->text + start, end - start);
    if (token.folded_size == 0)
        return;
    token_starts(scan, false);
    tokens_end(scan);
    hand_out_as_is(scan, &token);
    scan->last_end = SIZE_MAX;
    scan->position++;
}

static bool
piece_is(const struct piece *piece, const char *const *words)
{
    for (; *words; words++) {
        if (strlen(*words) == piece->size &&
            memcmp(*words, piece->folded, piece->size) == 0)
            return true;
    }
    return false;
}

/* "'s" and what English verbs leave behind an apostrophe. */
static bool
is_ending(const struct piece *piece)
{
    static const char *const endings[] = {"s", "re", "ve", "ll",
                                          "d", "m",  NULL};

    return piece_is(piece, endings);
}

/* What French, Italian and Catalan leave before one. */
static bool
is_elision(const struct piece *piece)
{
    static const char *const elisions[] = {
        "qu",   "jusqu", "lorsqu", "puisqu", "quoiqu", "dell", "all",  "nell",
        "dall", "sull",  "un",     "quest",  "quell",  "gl",   "coll", NULL};

    return piece->size == 1 || piece_is(piece, elisions);
}

static void
word_begin(struct word *word, const struct piece *piece, char link)
{
    word->start = piece->start;
    word->end = piece->end;
    word->link = link;
    word->capital = piece->capital;
    word->plain = !piece->digits;
    word->number = piece->number;
    word->letters = piece->letters;
    word->lowers = piece->lowers;
    word->tail = 0;
    word->size = append(word->folded, 0, piece->folded, piece->size);
}

/* Take the piece behind an apostrophe into the word. */
static void
word_extend(const struct scan *scan, struct word *word, size_t index)
{
    const struct piece *piece = &scan->piece[index];
    bool last = index + 1 == scan->pieces || scan->link[index + 1] != '\'';

    if (scan->elides && is_elision(piece - 1) && word->size > 0) {
        size_t start = word->start;

        word_begin(word, piece, word->link);
        word->start = start;
        return;
    }
    word->end = piece->end;
    if (last && is_ending(piece))
        return;
    if (last && word->size <= 2 && piece->size >= 3 && !piece->digits) {
        word->tail = word->size;
        word->tail_start = piece->start;
    }
    word->size = append(word->folded, word->size, piece->folded, piece->size);
    word->plain = word->plain && !piece->digits;
    word->letters += piece->letters;
    word->lowers += piece->lowers;
}

static size_t
words_of_chain(const struct scan *scan, struct word *words)
{
    size_t count = 0;

    for (size_t i = 0; i < scan->pieces; i++) {
        const struct piece *piece = &scan->piece[i];
        char link = (char)(i ? scan->link[i] : '\0');
        struct word *word = &words[count ? count - 1 : 0];

        if (link == '\'') {
            word_extend(scan, word, i);
        } else if (link == '&' && piece[-1].size <= 3 && piece->size <= 3) {
            word->size = append(word->folded, word->size, "&", 1);
            word->size =
                append(word->folded, word->size, piece->folded, piece->size);
            word->end = piece->end;
            word->plain = false;
            word->letters += piece->letters;
            word->lowers += piece->lowers;
        } else {
            word_begin(&words[count++], piece, link);
        }
    }
    for (size_t i = 0; i < count; i++)
        words[i].capitals =
            words[i].capital && words[i].letters >= 2 && words[i].lowers == 0;
    return count;
}

enum joining {
    JOIN_NOT,
    JOIN_BARE,      /* the letters alone */
    JOIN_AS_WRITTEN /* with the signs */
};

static enum joining
joining_of(const struct word *words, size_t count)
{
    bool short_part = false;
    bool numbers = true;
    bool slash = false;
    bool dot = false;

    for (size_t i = 0; i < count; i++) {
        short_part |= words[i].size == 1;
        numbers &= words[i].number;
        slash |= words[i].link == '/';
        dot |= words[i].link == '.';
        if (words[i].link == '@' || words[i].link == '_')
            return JOIN_AS_WRITTEN;
    }
    if (numbers)
        return JOIN_AS_WRITTEN;
    if (short_part)
        return JOIN_BARE;
    if (slash)
        return JOIN_NOT;
    return dot ? JOIN_AS_WRITTEN : JOIN_BARE;
}

/* The joined form of the whole chain. */
static void
join(struct scan *scan, const struct word *words, size_t count)
{
    enum joining joining = joining_of(words, count);
    char joined[TERM_SIZE_MAX];
    struct token token = {.kind = TOKEN_JOINED,
                          .folded = joined,
                          .start = words[0].start,
                          .end = words[count - 1].end,
                          .capital = words[0].capital};
    bool plain = true;

    if (joining == JOIN_NOT)
        return;
    for (size_t i = 0; i < count; i++) {
        bool sign = i && (joining == JOIN_AS_WRITTEN || words[i].link == '&');

        if (sign)
            token.folded_size =
                append(joined, token.folded_size, &words[i].link, 1);
        plain = plain && !sign && words[i].plain;
        token.folded_size =
            append(joined, token.folded_size, words[i].folded, words[i].size);
    }
    if (plain)
        hand_out_stemmed(scan, &token);
    else
        hand_out_as_is(scan, &token);
}

/* The word with the signs before and behind it: "#opcon", "$1.5", "50%". */
static void
join_signs(struct scan *scan, const struct word *word, size_t start, size_t end)
{
    char joined[TERM_SIZE_MAX];
    size_t size = 0;
    struct token token = {.kind = TOKEN_JOINED,
                          .folded = joined,
                          .start = start,
                          .end = end,
                          .capital = word->capital};

    if (start < word->start)
        size = append(joined, size, scan->text + start, word->start - start);
    size = append(joined, size, word->folded, word->size);
    if (end > word->end)
        size = append(joined, size, scan->text + word->end, end - word->end);
    token.folded_size = size;
    hand_out_as_is(scan, &token);
}

static void
tokens_of_word(struct scan *scan, const struct word *words, size_t index,
               size_t count)
{
    const struct word *word = &words[index];
    size_t start = index ? word->start : scan->prefix_start;
    size_t end = index + 1 < count ? word->end : scan->suffix_end;
    struct token token = {.kind = TOKEN_WORD,
                          .folded = word->folded,
                          .folded_size = word->size,
                          .start = word->start,
                          .end = word->end,
                          .capital = word->capital,
                          .capitals = word->capitals};

    if (word->plain)
        hand_out_stemmed(scan, &token);
    else
        hand_out_as_is(scan, &token);
    if (start < word->start || end > word->end)
        join_signs(scan, word, start, end);
    if (index == 0 && count > 1)
        join(scan, words, count);
    if (word->tail) {
        struct token tail = {.kind = TOKEN_JOINED,
                             .folded = word->folded + word->tail,
                             .folded_size = word->size - word->tail,
                             .start = word->tail_start,
                             .end = word->end,
                             .capital = true};

        hand_out_stemmed(scan, &tail);
    }
    if (word->capitals)
        hand_out_twin(scan, &token);
    scan->position++;
}

void
tokens_of_chain(struct scan *scan)
{
    struct word words[PIECES_MAX];
    size_t count = words_of_chain(scan, words);
    const struct word *last = &words[count - 1];

    assert(count > 0);
    tokens_end(scan);
    token_starts(scan, scan->piece[0].lowers > 0 && !scan->piece[0].capital);
    for (size_t i = 0; i < count && !scan->result; i++)
        tokens_of_word(scan, words, i, count);
    remember(scan, last->folded, last->size, scan->at, last->capital);
    /* "9 p.m. The ..." ends; "U.S. The" more often does not. */
    if (count == 1 && scan->text[scan->at - 1] == '.' && last->size == 2 &&
        !last->capital &&
        (memcmp(last->folded, "am", 2) == 0 ||
         memcmp(last->folded, "pm", 2) == 0))
        scan->ends_sentence = true;
}
