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

#include "corpus/base/count.h"
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
    size_t accented_size; /* 0: as `folded` */
    char folded[WORD_SIZE_MAX];
    char accented[WORD_SIZE_MAX];
};

/* As long as joined forms are looked at. */
#define JOINED_MAX 512

static size_t
append_to(char *out, size_t room, size_t used, const char *text, size_t size)
{
    if (size > room - used) {
        size = room - used;
        /* Cut before a character, not in it. */
        while (size > 0 && ((unsigned char)text[size] & 0xC0) == 0x80)
            size--;
    }
    memcpy(out + used, text, size);
    return used + size;
}

static size_t
append(char *out, size_t used, const char *text, size_t size)
{
    return append_to(out, WORD_SIZE_MAX, used, text, size);
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

static bool
is_same(const char *a, size_t a_size, const char *b, size_t b_size)
{
    return a_size == b_size && memcmp(a, b, a_size) == 0;
}

/* What Germans and Scandinavians write where a keyboard lacks their letters;
 * returns the size of it, or 0 if there are none of them. */
static size_t
spell_out(char *out, const char *text, size_t size)
{
    static const struct {
        uint32_t code;
        char letters[3];
    } ways[] = {{0xE4, "ae"}, {0xF6, "oe"}, {0xFC, "ue"},
                {0xE5, "aa"}, {0xF8, "oe"}, {0xE6, "ae"}};
    char spelled[2 * WORD_SIZE_MAX];
    size_t used = 0;
    bool any = false;

    while (size > 0) {
        const char *letters = NULL;
        size_t length;
        uint32_t code;

        char_look(text, size, &length, &code);
        for (size_t i = 0; i < COUNT(ways); i++)
            letters = ways[i].code == code ? ways[i].letters : letters;
        memcpy(spelled + used, letters ? letters : text, letters ? 2 : length);
        used += letters ? 2 : length;
        any = any || letters;
        text += length;
        size -= length;
    }
    return any ? char_fold(out, spelled, used) : 0;
}

/* A term that was handed out for the word. */
struct told {
    size_t size;
    char term[TERM_SIZE_MAX];
};

/* One more way to type the word, unless its term was told before. */
static void
hand_out_way(struct scan *scan, const struct token *word, const char *typed,
             size_t size, struct told told[2])
{
    struct token token = *word;

    token.kind = TOKEN_PLAIN;
    token.term =
        stems_get(scan->stems, typed, size, &token.term_size, &token.notes);
    if (!token.term) {
        scan->result = ANALYSIS_NO_MEMORY;
        return;
    }
    /* They are of the word that is written so, which is not the one here. */
    token.notes = NULL;
    for (int i = 0; i < 2; i++)
        if (is_same(token.term, token.term_size, told[i].term, told[i].size))
            return;
    memcpy(told[1].term, token.term, token.term_size);
    told[1].size = token.term_size;
    hand_out(scan, &token);
}

/* The word has accents, and people type it without them: "Muller", and some
 * "Mueller".  The stemmer overwrites its term, so what was told is kept. */
static void
hand_out_ways(struct scan *scan, const struct token *word)
{
    struct told told[2] = {{.size = word->term_size}};
    char spelled[WORD_SIZE_MAX];
    size_t size = 0;

    memcpy(told[0].term, word->term, word->term_size);
    hand_out_way(scan, word, word->folded, word->folded_size, told);
    if (scan->spells_out)
        size = spell_out(spelled, word->accented, word->accented_size);
    if (size)
        hand_out_way(scan, word, spelled, size, told);
}

/* One that has been located. */
static void
hand_out_stem(struct scan *scan, struct token *token)
{
    bool accents = token->accented_size > 0 && !scan->unaccented;

    token->term = token->folded;
    token->term_size = token->folded_size;
    if (!scan->stems || token->folded_size == 0) {
        hand_out(scan, token);
        return;
    }
    token->term =
        stems_get(scan->stems, accents ? token->accented : token->folded,
                  accents ? token->accented_size : token->folded_size,
                  &token->term_size, &token->notes);
    if (!token->term) {
        scan->result = ANALYSIS_NO_MEMORY;
        return;
    }
    hand_out(scan, token);
    if (token->accented_size && !scan->result)
        hand_out_ways(scan, token);
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
    char upper[WORD_SIZE_MAX];

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
    late->token.accented = late->accented;
    if (token->accented_size)
        memcpy(late->accented, token->accented, token->accented_size);
    late->as_is = as_is;
    late->twin_size =
        twin ? char_raise(late->twin, token->folded, token->folded_size) : 0;
    stems_expect(
        scan->stems, token->accented_size ? token->accented : token->folded,
        token->accented_size ? token->accented_size : token->folded_size);
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
                          .accented = piece->accented,
                          .accented_size = piece->accented_size,
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

bool
tokens_of_bigram(struct scan *scan, size_t start, size_t end, bool last)
{
    char folded[WORD_SIZE_MAX];
    struct token token = {.kind = last ? TOKEN_LAST : TOKEN_WORD,
                          .folded = folded,
                          .start = start,
                          .end = end};

    token.folded_size = char_fold(folded, scan->text + start, end - start);
    if (token.folded_size == 0)
        return false;
    /* The last character stands where the pair does that it ends. */
    if (last) {
        scan->position--;
    } else {
        token_starts(scan, false);
        tokens_end(scan);
    }
    hand_out_as_is(scan, &token);
    scan->last_end = SIZE_MAX;
    scan->position++;
    return true;
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

/* Let a piece follow what is there of the word. */
static void
word_append(struct word *word, const struct piece *piece)
{
    if (piece->accented_size && !word->accented_size) {
        memcpy(word->accented, word->folded, word->size);
        word->accented_size = word->size;
    }
    if (piece->accented_size)
        word->accented_size = append(word->accented, word->accented_size,
                                     piece->accented, piece->accented_size);
    else if (word->accented_size)
        word->accented_size = append(word->accented, word->accented_size,
                                     piece->folded, piece->size);
    word->size = append(word->folded, word->size, piece->folded, piece->size);
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
    word->size = 0;
    word->accented_size = 0;
    word_append(word, piece);
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
    /* Turkish puts the endings of names behind one: "Ankara'da". */
    if (last &&
        (scan->turkish ? word->capital && word->size > 2 : is_ending(piece)))
        return;
    if (last && word->size <= 2 && piece->size >= 3 && !piece->digits) {
        word->tail = word->size;
        word->tail_start = piece->start;
    }
    word_append(word, piece);
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
            word_append(word, piece);
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
        if (words[i].link == '@' || words[i].link == '_' ||
            words[i].link == '+')
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

/* Figures in groups that are no date: an ISBN, a telephone. */
static bool
is_long_number(const struct word *words, size_t count)
{
    size_t figures = 0;

    for (size_t i = 0; i < count; i++) {
        if (!words[i].number || words[i].letters ||
            (i && words[i].link != '-') ||
            memchr(words[i].folded, '.', words[i].size))
            return false;
        figures += words[i].size;
    }
    if (count == 3 && figures <= 8 &&
        (words[0].size == 4 || words[2].size == 4))
        return false;
    return figures >= 7;
}

/* The figures without what stands between them. */
static void
join_figures(struct scan *scan, const struct word *words, size_t count)
{
    char joined[JOINED_MAX];
    struct token token = {.kind = TOKEN_JOINED,
                          .folded = joined,
                          .start = words[0].start,
                          .end = words[count - 1].end};

    if (!is_long_number(words, count))
        return;
    for (size_t i = 0; i < count; i++)
        token.folded_size = append_to(joined, JOINED_MAX, token.folded_size,
                                      words[i].folded, words[i].size);
    token.folded_size = char_shorten(joined, joined, token.folded_size);
    hand_out_as_is(scan, &token);
}

/* The joined form of the whole chain. */
static void
join(struct scan *scan, const struct word *words, size_t count)
{
    enum joining joining = joining_of(words, count);
    char joined[JOINED_MAX];
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
            token.folded_size = append_to(joined, JOINED_MAX, token.folded_size,
                                          &words[i].link, 1);
        plain = plain && !sign && words[i].plain;
        token.folded_size = append_to(joined, JOINED_MAX, token.folded_size,
                                      words[i].folded, words[i].size);
    }
    if (token.folded_size > WORD_SIZE_MAX) {
        token.folded_size = char_shorten(joined, joined, token.folded_size);
        plain = false;
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
    char joined[JOINED_MAX];
    size_t size = 0;
    struct token token = {.kind = TOKEN_JOINED,
                          .folded = joined,
                          .start = start,
                          .end = end,
                          .capital = word->capital};

    if (start < word->start)
        size = append_to(joined, JOINED_MAX, size, scan->text + start,
                         word->start - start);
    size = append_to(joined, JOINED_MAX, size, word->folded, word->size);
    if (end > word->end)
        size = append_to(joined, JOINED_MAX, size, scan->text + word->end,
                         end - word->end);
    token.folded_size = char_shorten(joined, joined, size);
    hand_out_as_is(scan, &token);
}

/* A number and what it counts, or a letter and what it is of ("A" and the
 * character for "type"): a pair begins with that character where more of them
 * follow, so the two are also one. */
static void
join_counter(struct scan *scan, const struct word *word, size_t start)
{
    size_t end = char_character(scan->text, scan->size, start);
    char joined[JOINED_MAX];
    char counter[WORD_SIZE_MAX];
    struct token token = {.kind = TOKEN_JOINED,
                          .folded = joined,
                          .start = word->start,
                          .end = end};
    size_t size;

    if (!end)
        return;
    size = char_fold(counter, scan->text + start, end - start);
    token.folded_size =
        append_to(joined, JOINED_MAX, 0, word->folded, word->size);
    token.folded_size =
        append_to(joined, JOINED_MAX, token.folded_size, counter, size);
    token.folded_size = char_shorten(joined, joined, token.folded_size);
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
                          .accented = word->accented,
                          .accented_size =
                              word->plain ? word->accented_size : 0,
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
    if (index == 0 && count > 1) {
        join(scan, words, count);
        join_figures(scan, words, count);
    }
    if (index + 1 == count)
        join_counter(scan, word, end);
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
