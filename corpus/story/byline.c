#include "corpus/story/byline.h"

#include <string.h>
#include <strings.h>

#include "corpus/article/article.h"
#include "corpus/base/ascii.h"
#include "corpus/base/count.h"
#include "corpus/base/utf8.h"
#include "corpus/date/date_scan.h"
#include "corpus/story/byline_name.h"

enum {
    LINE_BYTES = 200
};

/* Words that open a byline.  Those marked lower are also surnames' parts and
 * count in lower case only. */
static const struct {
    const char *word;
    bool lower;
} openers[] = {
    {"written by", false},
    {"posted by", false},
    {"published by", false},
    {"reported by", false},
    {"reporting by", false},
    {"report by", false},
    {"story by", false},
    {"text by", false},
    {"words by", false},
    {"byline:", false},
    {"author:", false},
    {"authors:", false},
    {"by:", false},
    {"by", false},
    {"autor:", false},
    {"autoren:", false},
    {"von:", false},
    {"von", false},
    {"par", false},
    {"por", false},
    {"door", false},
    {"di", true},
    {"da", true},
    {"af", false},
    {"av", false},
    {"oleh", false},
    {"írta:", false},
    {"szerző:", false},
    {"tekst:", false},
    {"texto:", false},
    {"texte:", false},
    {"testo:", false},
    {"text:", false},
    {"teksti:", false},
    {"haber:", false},
    {"yazan:", false},
    {"penulis:", false},
    {"tác giả:", false},
    {"Автор:", false},
    {"автор:", false},
    {"Авторы:", false},
    {"Автори:", false},
    {"Текст:", false},
    {"Συντάκτης:", false},
    {"Του", false},
    {"Της", false},
    {"بقلم", false},
    {"كتب", false},
    {"נכתב על ידי", false},
    {"מאת", false},
    {"โดย", false},
    {"लेखक:", false},
    {"记者", false},
    {"記者", false},
    {"作者", false},
    {"撰文", false},
    {"文/", false},
    {"文／", false},
    {"文｜", false},
    {"글", false},
};

/* What stands between two names.  A blank at either side is a blank. */
static const char *const separators[] = {
    " and ", " und ", " et ", " och ", " og ",  " with ", " y ", " e ", " en ",
    " - ",   " – ",   " — ",  ",",     ";",     "|",      "&",   "/",   "·",
    "•",     "\n",    "，",   "、",    " AND ", "／",     "｜",
};

/* What ends a name inside its piece. */
static const char *const enders[] = {
    " in ",     " at ",    " for ",   " of ",     " from ",     " IN ", " FOR ",
    " special", " is a ",  " aus ",   " | ",      " via ",      " is ", " am ",
    " on ",     " Follow", " Posted", " Updated", " Published",
};

static struct slice
stripped(const char *set, const char *data, size_t size)
{
    while (size && ascii_is_one_of(*data, set)) {
        data++;
        size--;
    }
    while (size && ascii_is_one_of(data[size - 1], set))
        size--;
    return (struct slice){data, size};
}

static struct slice
trimmed(const char *data, size_t size)
{
    return stripped(" \t\r\n,;:|/-()[]{}<>*\"_~=", data, size);
}

/* --- addresses ------------------------------------------------------------ */

static bool
address_byte(char byte)
{
    return ascii_is_letter(byte) || ascii_is_digit(byte) ||
           ascii_is_one_of(byte, "._%+-");
}

/* The address or handle around the '@' at `at`, with a bracket at either
 * side, as text->data[*start] to [*end]; nothing before `done`. */
static struct slice
address_at(const struct buf *text, size_t at, size_t done, size_t *start,
           size_t *end)
{
    struct slice address = {text->data + at, 0};

    *start = at;
    *end = at + 1;
    while (*start > done && address_byte(text->data[*start - 1]))
        (*start)--;
    while (*end < text->size &&
           (address_byte(text->data[*end]) || text->data[*end] == '_'))
        (*end)++;
    while (*end > at + 1 && text->data[*end - 1] == '.')
        (*end)--;
    if (*start < at && memchr(text->data + at, '.', *end - at))
        address = (struct slice){text->data + *start, *end - *start};
    if (*start > done && ascii_is_one_of(text->data[*start - 1], "[(<{"))
        (*start)--;
    if (*end < text->size && ascii_is_one_of(text->data[*end], "])>}"))
        (*end)++;
    return address;
}

/* Move addresses from `text` to `emails` and drop @handles. */
static void
take_addresses(struct buf *text, struct list *emails)
{
    struct buf rest = BUF_INIT;
    size_t done = 0;

    for (size_t at = 0; at < text->size; at++) {
        size_t start;
        size_t end;
        struct slice address;

        if (text->data[at] != '@')
            continue;
        address = address_at(text, at, done, &start, &end);
        if (address.size)
            byline_add_once(emails, address.data, address.size);
        buf_add(&rest, text->data + done, start - done);
        done = end;
        at = end - 1;
    }
    buf_add(&rest, text->data + done, text->size - done);
    buf_swap(text, &rest);
    buf_release(&rest);
}

/* Drop "(...)" and what follows an open one. */
static void
drop_brackets(struct buf *text)
{
    size_t to = 0;
    int depth = 0;

    for (size_t i = 0; i < text->size; i++) {
        char byte = text->data[i];

        if (byte == '(' || byte == '[' || byte == '{')
            depth++;
        else if ((byte == ')' || byte == ']' || byte == '}') && depth > 0)
            depth--;
        else if (depth == 0)
            text->data[to++] = byte;
    }
    buf_cut(text, to);
}

/* --- pieces --------------------------------------------------------------- */

enum piece {
    PIECE_NOTHING,
    PIECE_WORD,
    PIECE_ORGANISATION,
    PIECE_PERSON
};

/* The length of the first of `marks` that `text` starts with, or 0.  Asked at
 * every byte of a line: the first byte decides nearly always. */
static size_t
mark_length(const char *const *marks, size_t count, struct slice text)
{
    for (size_t i = 0; i < count; i++) {
        size_t size;

        if (marks[i][0] != *text.data)
            continue;
        size = strlen(marks[i]);
        if (size <= text.size && !memcmp(text.data, marks[i], size))
            return size;
    }
    return 0;
}

/* Is what begins with the blank at `at` the last word, and such a one? */
static bool
ends_in(struct slice piece, size_t at)
{
    for (size_t i = 0; i < COUNT(enders); i++) {
        const size_t size = strlen(enders[i]);

        if (enders[i][size - 1] == ' ' && piece.size - at == size - 1 &&
            !memcmp(piece.data + at, enders[i], size - 1))
            return true;
    }
    return false;
}

/* Where the name in `piece` ends: all that ends one starts with a blank. */
static size_t
name_end(struct slice piece)
{
    for (size_t at = 1; at < piece.size; at++) {
        const char *blank = memchr(piece.data + at, ' ', piece.size - at);

        if (!blank)
            break;
        at = (size_t)(blank - piece.data);
        if (mark_length(enders, COUNT(enders),
                        (struct slice){blank, piece.size - at}) ||
            ends_in(piece, at))
            return at;
    }
    return piece.size;
}

static bool
has_digit(struct slice text)
{
    for (size_t i = 0; i < text.size; i++)
        if (ascii_is_digit(text.data[i]))
            return true;
    return false;
}

static bool
is_address(struct slice text)
{
    return (text.size > 4 && (!strncasecmp(text.data, "http", 4) ||
                              !strncasecmp(text.data, "www.", 4))) ||
           memchr(text.data, '@', text.size) != NULL;
}

/* The size of what stands before a date or a time of day at `end`: "Apr." and
 * the like belong to that. */
static size_t
without_month(struct slice piece, size_t end)
{
    size_t start = end;
    struct scan word;
    int month;

    while (start > 0 && piece.data[start - 1] != ' ')
        start--;
    word = (struct scan){.text = piece.data + start, .size = end - start};
    return start > 0 && scan_month(&word, &month) && word.at + 1 >= word.size
               ? start - 1
               : end;
}

/* "Emma MackenzieLifestyle Writer": what a page's style parts.  A name's own
 * capital, as in "McAllister", comes earlier in its word. */
static size_t
without_glued_job(struct slice piece, size_t end)
{
    enum {
        LETTERS = 5
    };
    size_t start = end;

    while (start > 0 && piece.data[start - 1] != ' ')
        start--;
    for (size_t at = start + LETTERS; start && at + 1 < end; at++)
        if (ascii_is_lower(piece.data[at - 1]) &&
            ascii_is_upper(piece.data[at]))
            return at;
    return end;
}

/* "Dylan Jones5 hours ago" and the number of a note: where the name ends. */
static size_t
without_glued_number(struct slice piece)
{
    const char *blank = memchr(piece.data, ' ', piece.size);
    size_t at = blank ? (size_t)(blank - piece.data) + 2 : piece.size;

    for (; at < piece.size; at++)
        if (ascii_is_digit(piece.data[at]) &&
            ascii_is_lower(piece.data[at - 1]))
            return at;
    return piece.size;
}

/* Cut `piece` to the name in it and say what that is. */
static enum piece
judge(struct slice *piece)
{
    struct slice rest;
    struct slice word;
    size_t words = 0;
    bool organisation = false;

    piece->size = name_end(*piece);
    piece->size = without_glued_number(*piece);
    for (size_t at = 1; at < piece->size; at++)
        if (piece->data[at - 1] == ' ' && ascii_is_digit(piece->data[at]) &&
            memchr(piece->data, ' ', at - 1))
            piece->size = without_month(*piece, at - 1);
    *piece = trimmed(piece->data, piece->size);
    if (!piece->size || piece->size > BYLINE_NAME_BYTES || is_address(*piece))
        return PIECE_NOTHING;
    rest = *piece;
    while ((word = slice_word(&rest)).size) {
        if (byline_is_job(word) &&
            !(organisation && !strncasecmp(word.data, "press", 5))) {
            piece->size = (size_t)(word.data - piece->data);
            *piece = trimmed(piece->data, piece->size);
            piece->size = without_glued_job(*piece, piece->size);
            break;
        }
        organisation = organisation || byline_is_organisation(word);
        words++;
    }
    if (words == 0 || words > BYLINE_NAME_WORDS || has_digit(*piece))
        return PIECE_NOTHING;
    if (organisation || !strncmp(piece->data, "The ", 4))
        return PIECE_ORGANISATION;
    if (words == 1)
        return byline_is_name_word(*piece) ? PIECE_WORD : PIECE_NOTHING;
    return byline_is_name(piece->data, piece->size) ? PIECE_PERSON
                                                    : PIECE_NOTHING;
}

/* Does the slash here stand between two words that may be names? */
static bool
parts_names(struct slice rest, size_t at)
{
    return at > 0 && ascii_is_lower(rest.data[at - 1]) && at + 1 < rest.size &&
           ascii_is_upper(rest.data[at + 1]);
}

/* Bytes up to the next separator, whose length is `*skip`. */
static size_t
piece_length(struct slice rest, size_t *skip)
{
    for (size_t at = 0; at < rest.size; at++) {
        *skip = mark_length(separators, COUNT(separators),
                            (struct slice){rest.data + at, rest.size - at});
        if (*skip && (rest.data[at] != '/' || parts_names(rest, at)))
            return at;
    }
    *skip = 0;
    return rest.size;
}

static bool
starts_with(struct slice text, size_t at, const char *mark)
{
    const size_t size = strlen(mark);

    return text.size >= at + size && !memcmp(text.data + at, mark, size);
}

/* "byAnn Lee", which a page parts by its style. */
static bool
is_glued_by(struct slice text)
{
    return text.size > 5 && ascii_lower(text.data[0]) == 'b' &&
           text.data[1] == 'y' && ascii_is_upper(text.data[2]) &&
           ascii_is_lower(text.data[3]);
}

/* The length of the opener at the start of `text`, or 0. */
static size_t
opener(struct slice text)
{
    for (size_t i = 0; i < COUNT(openers); i++) {
        size_t size;
        bool colon;

        if (!text.size || ascii_lower(*text.data) != openers[i].word[0])
            continue;
        size = strlen(openers[i].word);
        colon = !ascii_is_letter(openers[i].word[size - 1]) &&
                (unsigned char)openers[i].word[size - 1] < 0x80;
        if (size >= text.size ||
            (openers[i].lower
                 ? strncmp(text.data, openers[i].word, size) != 0
                 : strncasecmp(text.data, openers[i].word, size) != 0))
            continue;
        if (colon)
            return size;
        if (strchr(" :\t", text.data[size]) != NULL)
            return size + 1 > text.size ? text.size : size + 1;
        if (starts_with(text, size, "\xef\xbc\x9a")) /* "作者：" */
            return size + 3;
    }
    return is_glued_by(text) ? 2 : 0;
}

/* What stands before "by" and the like in a byline: "Guest column by". */
static const char *const links[] = {" by ",   " von ", " par ", " por ",
                                    " door ", " av ",  " af "};

/* Do two words follow, as first name and surname do?  One word behind "von" is
 * a part of a name. */
static bool
has_two_words(struct slice rest)
{
    struct slice first = slice_word(&rest);
    struct slice second = slice_word(&rest);

    return first.size && second.size && byline_is_name_word(first) &&
           byline_is_name_word(second);
}

/* The length of a few words and "by" before the name, in a text that is a
 * byline: "Guest column by". */
static size_t
label_length(struct slice text)
{
    enum {
        LABEL_BYTES = 40
    };
    size_t words = 0;

    for (size_t at = 0; at < text.size && at < LABEL_BYTES && words < 4; at++) {
        const struct slice rest = {text.data + at, text.size - at};
        const size_t skip = mark_length(links, COUNT(links), rest);

        if (ascii_is_digit(*rest.data) || *rest.data == ',' ||
            *rest.data == '@')
            return 0;
        if (skip &&
            has_two_words((struct slice){rest.data + skip, rest.size - skip}))
            return at + skip;
        words += *rest.data == ' ';
    }
    return 0;
}

/* Names of two to four Chinese characters are parted by a blank: "王小明 李红".
 * False, and none is added, if these are others. */
static bool
add_short_names(struct list *authors, struct slice piece)
{
    struct slice rest = piece;
    struct slice word;

    while ((word = slice_word(&rest)).size)
        if (word.size < 6 || word.size > 12 || word.size % 3 != 0 ||
            (unsigned char)*word.data < 0xe4 ||
            (unsigned char)*word.data > 0xe9)
            return false;
    rest = piece;
    while ((word = slice_word(&rest)).size)
        byline_add_name(authors, word);
    return true;
}

/* Add the persons in `rest` or, if there is none, the first organisation, or
 * the first single word. */
static bool
add_pieces(struct slice rest, bool chinese, struct list *authors)
{
    struct slice first[PIECE_PERSON] = {{NULL, 0}};
    bool found = false;

    while (rest.size) {
        size_t skip;
        size_t size = piece_length(rest, &skip);
        struct slice piece = trimmed(rest.data, size);
        size_t open = opener(piece);
        enum piece kind;

        piece = trimmed(piece.data + open, piece.size - open);
        kind = judge(&piece);
        if (kind == PIECE_PERSON) {
            if (!chinese || !add_short_names(authors, piece))
                byline_add_name(authors, piece);
            found = true;
        } else if (!first[kind].size) {
            first[kind] = piece;
        }
        rest.data += size + skip;
        rest.size -= size + skip;
    }
    for (size_t kind = PIECE_ORGANISATION; !found && kind > PIECE_NOTHING;
         kind--)
        if (first[kind].size) {
            byline_add_name(authors, first[kind]);
            found = true;
        }
    return found;
}

/* "Ann LeePublished Jul 17": part what a page's style parts. */
static void
part_glued(struct buf *line)
{
    static const char *const words[] = {"Published", "Updated", "Posted"};
    struct buf parted = BUF_INIT;

    for (size_t i = 0; i < COUNT(words); i++) {
        const char *at = strstr(line->data, words[i]);
        const size_t before = at ? (size_t)(at - line->data) : 0;

        if (!before || !ascii_is_lower(at[-1]))
            continue;
        buf_add(&parted, line->data, before);
        buf_add_byte(&parted, ' ');
        buf_add(&parted, at, line->size - before);
        buf_swap(line, &parted);
        buf_clear(&parted);
    }
    buf_release(&parted);
}

bool
byline_parse(const char *text, size_t size, struct buf *printed,
             struct list *authors, struct list *emails)
{
    struct buf line = BUF_INIT;
    struct slice rest;
    size_t open;
    bool chinese; /* which writes names without a blank in them */
    bool found;

    utf8_tidy(&line, text, size < 1000 ? size : utf8_cut(text, size, 1000),
              true);
    part_glued(&line);
    take_addresses(&line, emails);
    rest = stripped(" \n,;:|/-", line.data, line.size);
    if (printed)
        buf_set(printed, rest.data, rest.size);
    drop_brackets(&line);
    rest = trimmed(line.data, line.size);
    open = opener(rest);
    chinese = open && (unsigned char)*rest.data >= 0xe4;
    if (!open)
        open = label_length(rest);
    rest = trimmed(rest.data + open, rest.size - open);
    found = add_pieces(rest, chinese, authors);
    buf_release(&line);
    return found;
}

bool
byline_to_article(struct article *article, const char *text, size_t size)
{
    struct buf printed = BUF_INIT;
    bool found =
        byline_parse(text, size, &printed, &article->authors, &article->emails);

    if (!article->byline.size)
        buf_swap(&article->byline, &printed);
    buf_release(&printed);
    return found;
}

/* "By Staff reporter", "By The Associated Press": a desk or an agency signs,
 * in capitals and in few words. */
static bool
is_unnamed(struct slice line)
{
    size_t open = opener(line);
    struct slice rest = {line.data + open, line.size - open};
    struct slice word;
    size_t words = 0;
    bool desk = false;

    if (!open || !rest.size || !ascii_is_upper(*rest.data))
        return false;
    while ((word = slice_word(&rest)).size) {
        words++;
        desk = desk || byline_is_job(word) || byline_is_organisation(word);
    }
    return desk && words <= 4;
}

/* A sentence may begin with "By" and a place. */
static bool
is_sentence(struct slice line)
{
    struct slice rest = line;
    struct slice word;
    size_t small = 0;

    while ((word = slice_word(&rest)).size)
        small += ascii_is_lower(*word.data);
    return small > 4 && line.data[line.size - 1] == '.';
}

/* Do marks part the line into names of persons, and agencies behind them, and
 * nothing else: "Ann Lee | Tom Okafor", "Ann Lee and AP"? */
static bool
is_names(struct slice line)
{
    enum {
        AGENCY_BYTES = 4
    };
    size_t persons = 0;
    size_t pieces = 0;

    while (line.size) {
        size_t skip;
        const size_t size = piece_length(line, &skip);
        const struct slice piece = trimmed(line.data, size);

        line.data += size + skip;
        line.size -= size + skip;
        if (!piece.size && persons)
            continue;
        pieces++;
        if (byline_is_name(piece.data, piece.size))
            persons++;
        else if (!persons || piece.size > AGENCY_BYTES || piece.size < 2 ||
                 !ascii_is_upper(piece.data[0]) ||
                 !ascii_is_upper(piece.data[1]))
            return false;
    }
    return persons > 0 && pieces <= persons + 1;
}

bool
byline_opens(const char *text, size_t size)
{
    struct buf line = BUF_INIT;
    bool opens;

    if (!trimmed(text, size).size || size > LINE_BYTES)
        return false;
    buf_add(&line, text, size);
    buf_add_text(&line, " Xy"); /* what it opens is thought up */
    opens = opener((struct slice){line.data, line.size}) >= size;
    buf_release(&line);
    return opens;
}

enum byline_look
byline_look(const char *text, size_t size)
{
    struct buf printed = BUF_INIT;
    struct list authors = LIST_INIT;
    struct list emails = LIST_INIT;
    struct slice line = trimmed(text, size);
    enum byline_look look = BYLINE_NO;
    bool person = false;
    bool open;

    if (line.size < 4 || line.size > LINE_BYTES || is_sentence(line))
        return BYLINE_NO;
    open = opener(line) > 0;
    /* Every line of a page is looked at, and few are worth the parsing. */
    if (open || memchr(line.data, '@', line.size)) {
        byline_parse(line.data, line.size, &printed, &authors, &emails);
        person = authors.count > 0 && strchr(authors.item[0], ' ') != NULL;
    }
    if (is_unnamed(line) ||
        (person &&
         (open || (emails.count && printed.size <= BYLINE_NAME_BYTES))))
        look = BYLINE_SURE;
    else if (!open && (byline_is_name(line.data, line.size) || is_names(line)))
        look = BYLINE_NAME;
    buf_release(&printed);
    list_release(&authors);
    list_release(&emails);
    return look;
}
