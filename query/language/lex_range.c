#include "query/language/lex_range.h"

#include <string.h>

#include "corpus/base/ascii.h"
#include "corpus/base/buf.h"
#include "corpus/base/count.h"
#include "query/language/names.h"
#include "query/language/when.h"

enum {
    LENGTH_MAX = 100000000
};

struct cursor {
    const char *text;
    size_t size;
    size_t at;
    int64_t now;
};

static void
skip_blanks(struct cursor *cursor)
{
    while (cursor->at < cursor->size && cursor->text[cursor->at] == ' ')
        cursor->at++;
}

/* Take `word` in any case if it stands here as a word of its own. */
static bool
take_word(struct cursor *cursor, const char *word)
{
    size_t size = strlen(word);
    size_t at = cursor->at;

    if (cursor->size - at < size)
        return false;
    for (size_t i = 0; i < size; i++)
        if (ascii_lower(cursor->text[at + i]) != word[i])
            return false;
    if (at + size < cursor->size && ascii_is_letter(cursor->text[at + size]))
        return false;
    cursor->at += size;
    return true;
}

/* Take one of the spellings of a name. */
static bool
take_name(struct cursor *cursor, int name)
{
    const char *const *spelling = query_names[name].spelling;

    for (; *spelling; spelling++)
        if (take_word(cursor, *spelling))
            return true;
    return false;
}

/* The run of characters up to a blank, quote or parenthesis. */
static size_t
run_size(const struct cursor *cursor)
{
    size_t at = cursor->at;

    while (at < cursor->size && !strchr(" ()\"", cursor->text[at]))
        at++;
    while (at > cursor->at && strchr(",;", cursor->text[at - 1]))
        at--;
    return at - cursor->at;
}

/* The longest date of up to three words that stands here. */
static bool
take_date(struct cursor *cursor, struct when *when)
{
    size_t ends[3];
    size_t count = 0;
    struct cursor walk = *cursor;

    while (count < 3) {
        size_t run = run_size(&walk);

        if (!run)
            break;
        walk.at += run;
        ends[count++] = walk.at;
        skip_blanks(&walk);
    }
    while (count-- > 0) {
        size_t size = ends[count] - cursor->at;

        if (!when_parse(cursor->text + cursor->at, size, cursor->now, when))
            continue;
        cursor->at += size;
        return true;
    }
    return false;
}

enum relation {
    RELATION_NONE,
    RELATION_IS,
    RELATION_AFTER,
    RELATION_FROM,
    RELATION_BEFORE,
    RELATION_UNTIL
};

static enum relation
take_sign(struct cursor *cursor)
{
    static const struct {
        const char *sign;
        enum relation relation;
    } signs[] = {
        {">=", RELATION_FROM},  {"=>", RELATION_FROM}, {"<=", RELATION_UNTIL},
        {"=<", RELATION_UNTIL}, {">", RELATION_AFTER}, {"<", RELATION_BEFORE},
        {"==", RELATION_IS},    {"=", RELATION_IS},
    };

    for (size_t i = 0; i < COUNT(signs); i++) {
        size_t size = strlen(signs[i].sign);

        if (cursor->size - cursor->at >= size &&
            memcmp(cursor->text + cursor->at, signs[i].sign, size) == 0) {
            cursor->at += size;
            skip_blanks(cursor);
            return signs[i].relation;
        }
    }
    return RELATION_NONE;
}

static enum relation
take_date_word(struct cursor *cursor)
{
    static const struct {
        const char *word;
        enum relation relation;
    } words[] = {
        {"after", RELATION_AFTER},   {"aft", RELATION_AFTER},
        {"before", RELATION_BEFORE}, {"bef", RELATION_BEFORE},
        {"from", RELATION_FROM},     {"since", RELATION_FROM},
        {"until", RELATION_UNTIL},   {"is", RELATION_IS},
    };

    for (size_t i = 0; i < COUNT(words); i++)
        if (take_word(cursor, words[i].word)) {
            skip_blanks(cursor);
            return words[i].relation;
        }
    return RELATION_NONE;
}

static void
apply(enum relation relation, const struct when *when, struct lex_range *range)
{
    range->from = EXPR_OPEN_FROM;
    range->to = EXPR_OPEN_TO;
    if (relation == RELATION_IS || relation == RELATION_FROM)
        range->from = when->from;
    if (relation == RELATION_AFTER)
        range->from = when->relative ? when->from : when->to + 1;
    if (relation == RELATION_IS || relation == RELATION_UNTIL)
        range->to = when->to;
    if (relation == RELATION_BEFORE)
        range->to = when->from - 1;
}

static void
order(struct lex_range *range)
{
    int64_t from = range->from;

    if (range->from <= range->to)
        return;
    range->from = range->to;
    range->to = from;
}

/* date > 2018, date from A to B */
static bool
date_relation(struct cursor *cursor, struct lex_range *range)
{
    struct cursor start = *cursor;
    enum relation relation;
    struct when when;

    skip_blanks(cursor);
    relation = take_sign(cursor);
    if (relation == RELATION_NONE && cursor->at > start.at)
        relation = take_date_word(cursor);
    if (relation == RELATION_NONE || !take_date(cursor, &when)) {
        *cursor = start;
        return false;
    }
    apply(relation, &when, range);
    if (relation != RELATION_FROM)
        return true;
    start = *cursor;
    skip_blanks(cursor);
    if (take_word(cursor, "to")) {
        skip_blanks(cursor);
        if (take_date(cursor, &when)) {
            range->to = when.relative ? when.from : when.to;
            order(range);
            return true;
        }
    }
    *cursor = start;
    return true;
}

/* "3/4/1987" is told as it was read. */
static void
note_guess(const struct cursor *cursor, size_t from, const struct when *when,
           struct list *notes)
{
    struct buf note = BUF_INIT;

    if (!when->guessed || !notes)
        return;
    buf_printf(&note, "\"%.*s\" was read as ", (int)(cursor->at - from),
               cursor->text + from);
    when_print(when, &note);
    buf_add_byte(&note, '.');
    list_add(notes, note.data, note.size);
    buf_release(&note);
}

/* What stands in quotes: its bytes, and where it begins; false if there are no
 * quotes. */
static bool
quoted_value(const struct cursor *cursor, size_t *from, size_t *size)
{
    const char *end;

    if (cursor->at >= cursor->size || cursor->text[cursor->at] != '"')
        return false;
    *from = cursor->at + 1;
    end = memchr(cursor->text + *from, '"', cursor->size - *from);
    if (!end)
        return false;
    *size = (size_t)(end - cursor->text) - *from;
    return *size > 0;
}

/* A month or a day, of which a year may come in another word: "march 2021". */
static bool
goes_on(const struct cursor *cursor, size_t size)
{
    const char *text = cursor->text + cursor->at;
    bool digits = true;
    bool letters = true;

    for (size_t i = 0; i < size; i++) {
        digits = digits && ascii_is_digit(text[i]);
        letters = letters && ascii_is_letter(text[i]);
    }
    return size && (letters || (digits && size <= 2));
}

/* The value after a colon: a range, or a date of one word or of several. */
static bool
take_value(struct cursor *cursor, struct when *when)
{
    struct cursor several = *cursor;
    size_t from;
    size_t size;

    if (quoted_value(cursor, &from, &size)) {
        if (!when_parse_range(cursor->text + from, size, cursor->now, when))
            return false;
        cursor->at = from + size + 1;
        return true;
    }
    size = run_size(cursor);
    if (goes_on(cursor, size) && take_date(&several, when)) {
        *cursor = several;
        return true;
    }
    if (!size ||
        !when_parse_range(cursor->text + cursor->at, size, cursor->now, when))
        return false;
    cursor->at += size;
    return true;
}

/* date:A..B, since:A, until:B; the name has been taken. */
static bool
date_value(struct cursor *cursor, enum relation relation,
           struct lex_range *range, struct list *notes)
{
    struct when when;
    struct buf note = BUF_INIT;
    size_t from = cursor->at + 1;
    size_t size;

    if (cursor->at >= cursor->size || cursor->text[cursor->at] != ':')
        return false;
    cursor->at++;
    if (take_value(cursor, &when)) {
        if ((relation == RELATION_UNTIL || relation == RELATION_BEFORE) &&
            when.relative)
            when.to = when.from;
        apply(relation, &when, range);
        /* "since:..2018" says no day to begin with. */
        if (range->from != EXPR_OPEN_FROM || range->to != EXPR_OPEN_TO) {
            note_guess(cursor, from, &when, notes);
            return true;
        }
        cursor->at = from;
    }
    size = run_size(cursor);
    if (size && notes) {
        buf_printf(&note,
                   "\"%.*s\" is not a date that is understood here; it is "
                   "searched as words.",
                   (int)size, cursor->text + cursor->at);
        list_add(notes, note.data, note.size);
    }
    buf_release(&note);
    return false;
}

static bool
take_number(struct cursor *cursor, int64_t *value)
{
    size_t start = cursor->at;

    *value = 0;
    while (cursor->at < cursor->size &&
           ascii_is_digit(cursor->text[cursor->at])) {
        if (*value < LENGTH_MAX)
            *value = *value * 10 + (cursor->text[cursor->at] - '0');
        cursor->at++;
    }
    if (*value > LENGTH_MAX)
        *value = LENGTH_MAX;
    return cursor->at > start;
}

/* 100..200, 100.., ..200 */
static bool
length_value(struct cursor *cursor, struct lex_range *range)
{
    bool first;
    bool last;

    if (cursor->at >= cursor->size || cursor->text[cursor->at] != ':')
        return false;
    cursor->at++;
    first = take_number(cursor, &range->from);
    if (cursor->size - cursor->at < 2 ||
        memcmp(cursor->text + cursor->at, "..", 2) != 0) {
        range->to = range->from;
        return first;
    }
    cursor->at += 2;
    last = take_number(cursor, &range->to);
    if (!first)
        range->from = EXPR_OPEN_FROM;
    if (!last)
        range->to = EXPR_OPEN_TO;
    return first || last;
}

static bool
length_relation(struct cursor *cursor, struct lex_range *range)
{
    enum relation relation;
    struct when value = {0};

    skip_blanks(cursor);
    relation = take_sign(cursor);
    if (relation == RELATION_NONE || !take_number(cursor, &value.from))
        return false;
    value.to = value.from;
    apply(relation, &value, range);
    /* "wc < 0" and "wc > 100000000" are true of no article, like 1..0; and
     * that can be written as a range again. */
    if (range->to < 0 ||
        (relation == RELATION_AFTER && value.from == LENGTH_MAX))
        *range = (struct lex_range){.length = true, .from = 1, .to = 0};
    return true;
}

static bool
read_length(struct cursor *cursor, struct lex_range *range)
{
    struct cursor start = *cursor;

    range->length = true;
    if (length_value(cursor, range))
        return true;
    *cursor = start;
    return length_relation(cursor, range);
}

static size_t
read_range(const char *text, size_t size, int64_t now, struct lex_range *range,
           struct list *notes)
{
    static const struct {
        int name;
        enum relation relation;
    } names[] = {
        {NAME_DATE, RELATION_IS},     {NAME_YEAR, RELATION_IS},
        {NAME_SINCE, RELATION_FROM},  {NAME_UNTIL, RELATION_UNTIL},
        {NAME_AFTER, RELATION_AFTER}, {NAME_BEFORE, RELATION_BEFORE},
    };
    struct cursor cursor = {text, size, 0, now};
    struct cursor start;

    *range = (struct lex_range){0};
    for (size_t i = 0; i < COUNT(names); i++) {
        if (!take_name(&cursor, names[i].name))
            continue;
        start = cursor;
        if (names[i].name == NAME_DATE && date_relation(&cursor, range))
            return cursor.at;
        cursor = start;
        return date_value(&cursor, names[i].relation, range, notes) ? cursor.at
                                                                    : 0;
    }
    if (!take_name(&cursor, NAME_LENGTH))
        return 0;
    return read_length(&cursor, range) ? cursor.at : 0;
}

size_t
lex_range_read(const char *text, size_t size, int64_t now,
               struct lex_range *range, struct list *notes)
{
    size_t used = read_range(text, size, now, range, notes);

    /* 24100 weeks ago, or the day before the first that can be written. */
    if (used && !range->length) {
        range->from = when_readable(range->from);
        range->to = when_readable(range->to);
    }
    return used;
}

bool
lex_range_may_begin(const char *word)
{
    struct cursor cursor = {word, strlen(word), 0, 0};

    return (take_name(&cursor, NAME_DATE) || take_name(&cursor, NAME_LENGTH)) &&
           (cursor.at == cursor.size || strchr("<>=", word[cursor.at]));
}

double
lex_decimal(const char *text)
{
    double value = 0;
    double scale = 1;

    for (; *text && *text != '.'; text++)
        value = value * 10 + (*text - '0');
    if (*text == '.')
        for (text++; ascii_is_digit(*text); text++) {
            scale /= 10;
            value += scale * (*text - '0');
        }
    return value;
}
