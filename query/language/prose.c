#include "query/language/prose.h"

#include <stdint.h>
#include <string.h>

#include "corpus/base/ascii.h"
#include "corpus/base/count.h"
#include "corpus/base/utf8.h"
#include "query/language/lex_operator.h"
#include "query/language/lex_range.h"

/*
 * What the signs weigh.  Only differences matter: one strong sign outweighs a
 * comma and a short word, and a sentence outweighs a minus.
 */
enum {
    STRONG = 6,
    OPERATOR = 3,
    MARK = 2,
    WILDCARD = 4,
    SENTENCE = 4,
    CLAUSE = 2,
    TAG = 1,

    MANY = 4,      /* words, from which on quotes and parentheses are prose */
    LONG_RUN = 6,  /* words on end that a query seldom has */
    SHORT_WORD = 3 /* letters */
};

/* A run between blanks, without quotes and parentheses around it. */
struct run {
    const char *text;
    size_t size;
};

struct judge {
    const char *text;
    size_t size;
    size_t at;
    size_t passed; /* what stands before it has been looked at */
    int expert;
    int prose;
    size_t words;     /* that are no operators */
    size_t capitals;  /* of these, without a small letter, with a large one */
    size_t operators; /* in capitals */
    size_t strong;
    size_t outside; /* words that are not in quotes */
    size_t shorts;
    size_t since;     /* words since the last operator */
    size_t longest;   /* most such words */
    size_t lows;      /* operators in small letters */
    size_t low_since; /* words since one of them, and the most such words */
    size_t low_longest;
    size_t quotes;
    size_t open;
    bool groups;
    bool operated; /* an operator stands in parentheses */
    bool unpaired;
    bool others; /* signs beside which small letters are operators */
    bool before; /* a part stands before the run at hand */
    bool little; /* ... and it is a word of two small letters */
    bool caps;   /* ... or it is in capitals */
    bool loud;   /* an operator stands beside such a word */
    bool ampersand;
    bool worded;  /* a range of dates is said in words: "date is March" */
    bool pending; /* an operator in capitals waits for a word after it */
    bool backslash;
    bool lower; /* there is a small letter */
};

/* --- runs ----------------------------------------------------------------- */

static bool
run_is(const struct run *run, const char *word)
{
    return strlen(word) == run->size && memcmp(run->text, word, run->size) == 0;
}

static bool
run_is_one_of(const struct run *run, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (run_is(run, words[i]))
            return true;
    return false;
}

static bool
has_word(const struct run *run)
{
    for (size_t i = 0; i < run->size; i++)
        if (ascii_is_word_byte(run->text[i]))
            return true;
    return false;
}

static bool
contains(const struct run *run, const char *sign)
{
    size_t size = strlen(sign);

    for (size_t i = 0; i + size <= run->size; i++)
        if (memcmp(run->text + i, sign, size) == 0)
            return true;
    return false;
}

/* Letters alone: how many, however many bytes; 0 if there is anything else. */
static size_t
letters_of(const struct run *run)
{
    size_t letters = 0;

    for (size_t i = 0; i < run->size; i++) {
        if (!ascii_is_letter(run->text[i]) && (unsigned char)run->text[i] < 128)
            return 0;
        letters += ((unsigned char)run->text[i] & 0xC0) != 0x80;
    }
    return letters;
}

/* --- addresses ------------------------------------------------------------ */

/* A host of two names or more before a slash: "quay.example/". */
static bool
is_host_with_path(const char *text, size_t size)
{
    size_t at = 0;
    bool dot = false;

    while (at < size && (ascii_is_word_byte(text[at]) || text[at] == '-' ||
                         (text[at] == '.' && at > 0))) {
        dot = dot || (text[at] == '.' && at + 1 < size &&
                      ascii_is_letter(text[at + 1]));
        at++;
    }
    return dot && at + 1 < size && text[at] == '/' && at > 3 &&
           ascii_is_letter(text[at - 1]) && ascii_is_letter(text[at - 2]);
}

size_t
query_address(const char *text, size_t size)
{
    const char *blank = memchr(text, ' ', size);
    struct run run = {text, blank ? (size_t)(blank - text) : size};
    size_t scheme = 0;

    while (scheme < run.size && ascii_is_letter(text[scheme]))
        scheme++;
    if (!(scheme > 1 && scheme + 3 < run.size &&
          memcmp(text + scheme, "://", 3) == 0 &&
          ascii_is_word_byte(text[scheme + 3])) &&
        !(run.size > 6 && memcmp(text, "www.", 4) == 0 &&
          ascii_is_word_byte(text[4])) &&
        !is_host_with_path(text, run.size))
        return 0;
    while (run.size && ascii_is_one_of(text[run.size - 1], ".,;:!?)\"'>]*"))
        run.size--;
    return run.size;
}

/* --- what one run says ---------------------------------------------------- */

static void
break_off(struct judge *judge)
{
    judge->since = 0;
    judge->low_since = 0;
}

static void
meet_word(struct judge *judge, const struct run *run)
{
    size_t letters = letters_of(run);
    bool lower = ascii_has_lower(run->text, run->size);

    judge->words++;
    judge->lower = judge->lower || lower;
    judge->capitals += letters > 1 && ascii_is_upper(run->text[0]) && !lower;
    judge->outside += judge->quotes % 2 == 0;
    if (judge->pending) {
        judge->expert += OPERATOR;
        judge->loud = judge->loud || (!lower && ascii_is_upper(run->text[0]));
    }
    judge->others = judge->others || judge->pending;
    judge->operated = judge->operated || (judge->pending && judge->open);
    judge->pending = false;
    judge->before = true;
    judge->little = lower && letters == 2;
    judge->caps = !lower && ascii_is_upper(run->text[0]);
    judge->shorts += letters > 1 && letters <= SHORT_WORD && lower;
    if (judge->quotes % 2)
        return;
    if (++judge->since > judge->longest)
        judge->longest = judge->since;
    if (++judge->low_since > judge->low_longest)
        judge->low_longest = judge->low_since;
}

static void
meet_strong(struct judge *judge)
{
    judge->expert += STRONG;
    judge->strong++;
    judge->pending = false;
    judge->others = true;
    judge->before = true;
    break_off(judge);
}

/* AND, OR, NOT ... in capitals; it counts when a part comes after it. */
static bool
meet_capitals(struct judge *judge, const struct run *run)
{
    if (!lex_is_capital_operator(run->text, run->size))
        return false;
    judge->operators++;
    judge->loud = judge->loud || judge->caps;
    if (judge->little)
        judge->prose += MARK;
    else
        judge->pending = judge->before || run_is(run, "NOT");
    judge->little = false;
    break_off(judge);
    return true;
}

static bool
meet_small(struct judge *judge, const struct run *run)
{
    if (!judge->before || !lex_is_small_operator(run->text, run->size))
        return false;
    judge->lows++;
    judge->operated = judge->operated || judge->open;
    judge->words++;
    judge->lower = true;
    judge->since++;
    judge->low_since = 0;
    judge->little = false;
    return true;
}

/* A dash, a smiley or a sign by itself. */
static void
meet_sign(struct judge *judge, const struct run *run)
{
    static const char *const signs[] = {"-", "*", "<", ">", "+", "/", "?", "!"};

    if (run_is(run, "|") || run_is(run, "||")) {
        judge->expert += MARK;
        judge->others = true;
        break_off(judge);
    } else if (run_is(run, "&")) {
        judge->ampersand = true;
    } else if (run->size == 1 && ascii_is_one_of(*run->text, ".,;:")) {
        judge->prose += CLAUSE;
    } else if (run->size > 1 || run_is_one_of(run, signs, COUNT(signs))) {
        judge->prose += run_is(run, "&&") ? 0 : SENTENCE;
    }
}

/* -word, +word, =word; "-7" is a number. */
static void
meet_mark(struct judge *judge, const struct run *run)
{
    if (run->size > 1 && ascii_is_one_of(run->text[0], "-+=") &&
        !ascii_is_digit(run->text[1]) && run->text[1] != run->text[0])
        judge->expert += MARK;
}

static void
meet_wildcard(struct judge *judge, const struct run *run)
{
    bool star = false;

    for (size_t i = 0; i < run->size; i++) {
        bool inside = i > 0 && i + 1 < run->size &&
                      ascii_is_letter(run->text[i - 1]) &&
                      ascii_is_letter(run->text[i + 1]);

        star = star || run->text[i] == '*' || (run->text[i] == '?' && inside) ||
               (ascii_is_one_of(run->text[i], "^~") && i > 1 &&
                (i + 1 == run->size || ascii_is_digit(run->text[i + 1])));
    }
    if (!star || (run->text[0] == '*' && run->text[run->size - 1] == '*'))
        return;
    judge->expert += WILDCARD;
    judge->others = true;
}

/* "U.S." and "J." end no sentence, and "recycl!" is a truncation. */
static bool
ends_sentence(const struct judge *judge, const struct run *run)
{
    struct run word = {run->text, run->size - 1};

    switch (run->text[run->size - 1]) {
    case '?':
        return true;
    case '.':
        return word.size > 1 && !contains(&word, ".");
    case '!':
        return ascii_is_upper(run->text[0]) ||
               (judge->at == judge->size && judge->words > MANY);
    default:
        return false;
    }
}

/* The sign that a run ends with. */
static void
meet_end(struct judge *judge, const struct run *run)
{
    if (ends_sentence(judge, run))
        judge->prose += SENTENCE;
    else if (ascii_is_one_of(run->text[run->size - 1], ",;:"))
        judge->prose += CLAUSE;
}

/* Dashes in a run, tags, pictures. */
static void
meet_prose(struct judge *judge, const struct run *run)
{
    if (contains(run, "--") || contains(run, "\u2014") ||
        contains(run, "\u2026") || contains(run, "\u2013") ||
        contains(run, "\xF0\x9F"))
        judge->prose += SENTENCE;
    if (run->size > 1 && (run->text[0] == '#' || run->text[0] == '@'))
        judge->prose += TAG;
}

/* field:x, hlead(x), w/5, date > 2018 */
static bool
meet_expert(struct judge *judge, const struct run *run)
{
    const char *rest = run->text;
    size_t left = (size_t)(judge->text + judge->size - rest);
    struct lex_range range;
    bool stands = lex_is_proximity(run->text, run->size);
    size_t used = stands ? 0 : lex_range_read(rest, left, 0, &range, NULL);

    if (stands && !judge->before)
        return false;
    if (!stands && !used && !lex_is_field(rest, left) &&
        !lex_is_function(rest, left))
        return false;
    judge->passed = (size_t)(rest - judge->text) + used;
    judge->worded =
        judge->worded ||
        (used > run->size && rest[run->size] == ' ' && left > run->size + 1 &&
         ascii_is_letter(rest[run->size + 1]));
    meet_strong(judge);
    if (!stands)
        judge->words++;
    return true;
}

static void
meet_run(struct judge *judge, const struct run *run)
{
    if (!run->size)
        return;
    if (query_address(run->text, run->size)) {
        judge->prose += SENTENCE;
        meet_word(judge, run);
        return;
    }
    if (!has_word(run)) {
        meet_sign(judge, run);
        return;
    }
    if (judge->quotes % 2 == 0 &&
        (meet_capitals(judge, run) || meet_expert(judge, run) ||
         meet_small(judge, run)))
        return;
    meet_mark(judge, run);
    meet_wildcard(judge, run);
    meet_end(judge, run);
    meet_prose(judge, run);
    meet_word(judge, run);
}

/* --- the whole ------------------------------------------------------------ */

/* ":-)" and "(:" open and close nothing. */
static bool
is_smiley(const char *text, size_t size)
{
    return size > 1 && size < 5 && strcspn(text, ":;=8") < size &&
           strcspn(text, "()DPp") < size &&
           !has_word(&(struct run){text, size});
}

static void
meet_paired(struct judge *judge, char c)
{
    if (c == '"') {
        judge->quotes++;
        judge->before = true;
        judge->little = false;
    }
    if (c == '(') {
        judge->open++;
        judge->groups = true;
    }
    if (c == ')' && !judge->open)
        judge->unpaired = true;
    else if (c == ')')
        judge->open--;
}

/* Before the first word it decides.  Before another it is meant more often
 * than not; what a scanner made of a blot has many other signs of prose. */
static void
meet_backslash(struct judge *judge, const char *text, size_t size)
{
    if (size < 2 || !ascii_is_word_byte(text[1])) {
        meet_sign(judge, &(struct run){text, size});
        return;
    }
    judge->backslash = judge->backslash || text == judge->text;
    judge->expert += 2 * STRONG;
    meet_word(judge, &(struct run){text + 1, size - 1});
}

/* What stands between two blanks, its quotes and parentheses apart. */
static void
meet_chunk(struct judge *judge, const char *text, size_t size)
{
    size_t start = 0;

    if (text[0] == '\\') {
        meet_backslash(judge, text, size);
        return;
    }
    if (is_smiley(text, size)) {
        judge->prose += SENTENCE;
        return;
    }
    if (query_address(text, size)) {
        meet_run(judge, &(struct run){text, size});
        return;
    }
    for (size_t i = 0; i <= size; i++) {
        if (i < size && !ascii_is_one_of(text[i], "\"()"))
            continue;
        meet_run(judge, &(struct run){text + start, i - start});
        if (i < size)
            meet_paired(judge, text[i]);
        start = i + 1;
    }
}

/* A sentence that was typed in capitals, such as a headline: hardly a small
 * letter, and too few operators between too many words. */
static bool
is_shouted(const struct judge *judge)
{
    size_t words = judge->words;
    bool loud = judge->lower ? words > 2 * (size_t)MANY &&
                                   judge->capitals * 4 > words * 3
                             : words >= MANY && judge->capitals * 2 > words;

    return loud && judge->operators * 2 < words && judge->strong < 2;
}

static void
weigh_whole(struct judge *judge, bool large)
{
    if (judge->open)
        judge->unpaired = true;
    judge->prose += judge->unpaired ? SENTENCE : 0;
    judge->prose += (int)judge->shorts;
    if (large && judge->shorts > 1)
        judge->prose += CLAUSE;
    if (judge->longest > LONG_RUN)
        judge->prose += (int)(judge->longest - LONG_RUN);
    if (judge->operated) {
        judge->expert += WILDCARD;
        judge->others = true;
    } else if (judge->groups && judge->words >= MANY) {
        judge->prose += TAG;
    }
    if (judge->quotes > 1 && judge->outside >= MANY) {
        judge->prose += CLAUSE;
    } else if (judge->quotes > 1) {
        judge->expert += MARK;
        judge->others = true;
    }
}

static enum query_kind
decide(const struct judge *judge)
{
    bool prose = judge->words > 1 && judge->prose > CLAUSE &&
                 judge->prose > judge->expert;

    if (!judge->backslash && (is_shouted(judge) || prose))
        return QUERY_PROSE;
    if (judge->others && judge->low_longest <= MANY)
        return QUERY_EXPERT;
    return QUERY_TYPED;
}

/* May it have been prose?  A quotation that is never closed, signs on both
 * sides, or some words with an AND beside one that is in capitals, too, or
 * beside several on end with a short one among them, or a date in words. */
static bool
is_doubtful(const struct judge *judge)
{
    if (judge->quotes % 2 || (judge->pending && judge->words && !judge->groups))
        return true;
    if (judge->words < 2)
        return false;
    if (judge->worded || ((judge->loud || judge->ampersand) &&
                          judge->words > 2 && !judge->strong && !judge->groups))
        return true;
    if (judge->operators && judge->shorts && judge->longest > 1 &&
        !judge->strong && !judge->groups && !judge->quotes)
        return true;
    return judge->prose > CLAUSE && judge->prose * 2 >= judge->expert;
}

static void
meet_all(struct judge *judge)
{
    while (judge->at < judge->size) {
        const char *text = judge->text + judge->at;
        const char *blank = memchr(text, ' ', judge->size - judge->at);
        size_t start = judge->at;

        judge->at = blank ? (size_t)(blank - judge->text) : judge->size;
        if (judge->at > start && start >= judge->passed)
            meet_chunk(judge, text, judge->at - start);
        judge->at += judge->at < judge->size;
    }
}

struct query_signs
query_signs_find(const char *text, size_t size)
{
    struct judge judge = {.text = text, .size = size};
    struct query_signs signs = {0};
    int marks;

    if (size > 1 && text[0] == '\\' && text[1] == ' ') {
        signs.kind = QUERY_STRICT;
        return signs;
    }
    meet_all(&judge);
    marks = judge.prose;
    weigh_whole(&judge,
                size > 1 && ascii_is_upper(text[0]) && ascii_is_lower(text[1]));
    signs.kind = decide(&judge);
    if (signs.kind == QUERY_PROSE) {
        signs.unused = judge.expert || judge.operators || judge.quotes > 1;
        signs.pasted = marks >= CLAUSE && judge.words > 2 * (size_t)MANY;
        return signs;
    }
    signs.doubtful = !judge.backslash && is_doubtful(&judge);
    signs.small =
        signs.kind == QUERY_TYPED && judge.lows && judge.words <= LONG_RUN;
    return signs;
}

const char *
query_kind_name(enum query_kind kind)
{
    static const char *const names[] = {
        "words, in which capitals and marks are operators",
        "an expert's query, in which small letters are operators, too",
        "prose, in which no sign is an operator; a backslash makes it a query",
        "a query, because it begins with a backslash",
    };

    return names[kind];
}
