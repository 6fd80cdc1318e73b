/*
 * From text to chains of pieces.
 *
 * A piece is a run of letters and digits, a number ("1,000.50", "24.10.2014")
 * or an acronym with its dots ("U.S.", "U. S.").  Pieces with exactly one
 * linking sign between them are a chain; what a chain means is decided in
 * analysis_tokens.c.
 *
 *     U.S.-led     [U.S.] - [led]
 *     F/A-18       [F] / [A] - [18]
 *     kim@a.kr     [kim] @ [a] . [kr]
 *     $1.5         $ [1.5]
 */
#include <string.h>

#include "corpus/base/ascii.h"
#include "corpus/base/count.h"
#include "corpus/base/swar.h"
#include "indexer/analysis/analysis_parts.h"

/* The class of the character at `at`; 0 at the end of the text. */
static unsigned
class_at(const struct scan *scan, size_t at, size_t *length)
{
    uint32_t code;

    *length = 0;
    if (at >= scan->size)
        return 0;
    return char_look(scan->text + at, scan->size - at, length, &code);
}

static bool
is_class_at(const struct scan *scan, size_t at, unsigned classes)
{
    size_t length;

    return (class_at(scan, at, &length) & classes) != 0;
}

static char
byte_at(const struct scan *scan, size_t at)
{
    if (at >= scan->size)
        return '\0';
    return scan->text[at];
}

static void
piece_count(struct piece *piece, unsigned class)
{
    if (class & CHAR_ALPHA)
        piece->letters++;
    if (class & CHAR_LOWER)
        piece->lowers++;
    if (class & CHAR_DIGIT)
        piece->digits = true;
}

/*
 * Letters with a dot behind each: "U.S.", "U.S", "e.g."; capitals also with
 * a blank after each dot, if the last has a dot too: "U. S.".  Returns where
 * it ends, or 0 if there are fewer than two.
 */
static size_t
acronym_read(const struct scan *scan, struct piece *piece)
{
    size_t at = piece->start;
    size_t end = at;
    size_t count = 0;
    bool spaced = false;

    for (;;) {
        unsigned class = (unsigned char)byte_at(scan, at) < 128
                             ? char_ascii[(unsigned char)byte_at(scan, at)]
                             : 0;

        if (!(class & CHAR_ALPHA) || is_class_at(scan, at + 1, CHAR_WORD) ||
            count == WORD_SIZE_MAX)
            break;
        if (spaced && byte_at(scan, at + 1) != '.')
            break;
        piece_count(piece, class);
        piece->folded[count++] = (char)(scan->text[at] | 0x20);
        end = at + 1;
        if (byte_at(scan, end) != '.')
            break;
        at = ++end;
        if (count == 1)
            spaced = (class & CHAR_UPPER) && byte_at(scan, at) == ' ' &&
                     is_class_at(scan, at + 1, CHAR_UPPER);
        if (spaced &&
            (byte_at(scan, at) != ' ' || !is_class_at(scan, ++at, CHAR_UPPER)))
            break;
    }
    piece->size = count;
    return count >= 2 ? end : 0;
}

/*
 * Digits with commas between groups of three, which are dropped, and with
 * dots before digits, which are kept.  Returns where the number ends; letters
 * may follow ("1.5bn").
 */
static size_t
number_read(const struct scan *scan, struct piece *piece)
{
    size_t at = piece->start;
    size_t group = 0; /* digits since the start or the last comma */
    bool dotted = false;

    for (;;) {
        char byte = byte_at(scan, at);

        if (ascii_is_digit(byte)) {
            group++;
        } else if (byte == '.' && ascii_is_digit(byte_at(scan, at + 1))) {
            dotted = true;
        } else if (byte == ',' && !dotted && group >= 1 && group <= 3 &&
                   ascii_is_digit(byte_at(scan, at + 1)) &&
                   ascii_is_digit(byte_at(scan, at + 2)) &&
                   ascii_is_digit(byte_at(scan, at + 3)) &&
                   !ascii_is_digit(byte_at(scan, at + 4))) {
            group = 0;
            at++;
            continue;
        } else {
            break;
        }
        if (piece->size < WORD_SIZE_MAX)
            piece->folded[piece->size++] = byte;
        at++;
    }
    piece->digits = true;
    piece->number = true;
    return at;
}

/* How the piece looks with its diacritics, if that is not how it is folded. */
static void
piece_accents(const struct scan *scan, struct piece *piece, size_t end)
{
    piece->accented_size =
        char_lower(piece->accented, scan->text + piece->start,
                   end - piece->start, scan->turkish);
    if (piece->accented_size == piece->size &&
        memcmp(piece->accented, piece->folded, piece->size) == 0)
        piece->accented_size = 0;
}

/* A word of which not all was kept; what is shortened has no stem. */
static void
piece_shorten(const struct scan *scan, struct piece *piece, size_t end)
{
    piece->size = char_fold_long(piece->folded, scan->text + piece->start,
                                 end - piece->start);
    if (memchr(piece->folded, '~', piece->size)) {
        piece->accented_size = 0;
        piece->digits = true;
    }
}

/* Letters and digits that are not all ASCII. */
static size_t
letters_read(const struct scan *scan, struct piece *piece, size_t at)
{
    size_t length;
    unsigned class;

    while ((class = class_at(scan, at, &length)) & CHAR_WORD) {
        piece_count(piece, class);
        at += length;
    }
    piece->size =
        char_fold(piece->folded, scan->text + piece->start, at - piece->start);
    piece_accents(scan, piece, at);
    return at;
}

/* ASCII letters, eight at a time, as long as there are eight to look at and
 * to put; returns where they end or where it is done. */
static size_t
ascii_read(const struct scan *scan, struct piece *piece, size_t at)
{
    unsigned found = 8;

    while (found == 8 && scan->size - at >= 8 &&
           WORD_SIZE_MAX - piece->size >= 8) {
        uint64_t word = swar_load(scan->text + at);
        uint64_t upper = swar_between(word, 'A', 'Z');
        uint64_t lower = swar_between(word, 'a', 'z');
        uint64_t these;

        found = swar_first(~(upper | lower) & SWAR_HIGH);
        these = found == 8 ? SWAR_HIGH : SWAR_HIGH & ((1ULL << 8 * found) - 1);
        swar_store(piece->folded + piece->size, word | (upper & these) >> 2);
        piece->size += found;
        piece->letters += found;
        piece->lowers += swar_count(lower & these);
        at += found;
    }
    return at;
}

/* Read the piece that starts at piece->start; returns where it ends. */
static size_t
piece_read(const struct scan *scan, struct piece *piece)
{
    const unsigned char *text = (const unsigned char *)scan->text;
    size_t at = piece->start;
    unsigned class = class_at(scan, at, &(size_t){0});

    piece->size = 0;
    piece->accented_size = 0;
    piece->letters = 0;
    piece->lowers = 0;
    piece->digits = false;
    piece->number = false;
    piece->capital = (class & CHAR_UPPER) != 0;
    if (byte_at(scan, at + 1) == '.' && text[at] < 128 &&
        (class & CHAR_ALPHA)) {
        size_t end = acronym_read(scan, piece);

        if (end)
            return piece->end = end;
        piece->size = 0;
        piece->letters = 0;
        piece->lowers = 0;
    }
    if (ascii_is_digit((char)text[at]))
        at = number_read(scan, piece);
    at = ascii_read(scan, piece, at);
    while (at < scan->size && text[at] < 128) {
        class = char_ascii[text[at]];
        if (!class)
            break;
        piece->letters += class != CHAR_DIGIT;
        piece->lowers += class == CHAR_LOWER;
        piece->digits |= class == CHAR_DIGIT;
        if (piece->size < WORD_SIZE_MAX)
            piece->folded[piece->size++] =
                (char)(class == CHAR_UPPER ? text[at] | 0x20 : text[at]);
        at++;
    }
    if (at < scan->size && text[at] >= 128 && is_class_at(scan, at, CHAR_WORD))
        at = letters_read(scan, piece, at);
    else if (scan->turkish &&
             memchr(scan->text + piece->start, 'I', at - piece->start))
        piece_accents(scan, piece, at);
    if (at - piece->start > WORD_SIZE_MAX && !piece->number)
        piece_shorten(scan, piece, at);
    return piece->end = at;
}

static bool
is_hebrew_at(const struct scan *scan, size_t at)
{
    return (unsigned char)byte_at(scan, at) == 0xD7;
}

/* Is what stands at `at` the quotation mark by which Hebrew marks acronyms? */
static bool
is_gershayim(const struct scan *scan, size_t at)
{
    return at >= 2 && byte_at(scan, at) == '"' && is_hebrew_at(scan, at - 2) &&
           is_hebrew_at(scan, at + 1);
}

/* Is the "+" at `at` one of the address of somebody's mail? */
static bool
is_in_address(const struct scan *scan, size_t at)
{
    while (at < scan->size &&
           (char_ascii[(unsigned char)scan->text[at] & 127] ||
            strchr(".+-_", scan->text[at])) &&
           (unsigned char)scan->text[at] < 128 && scan->text[at])
        at++;
    return byte_at(scan, at) == '@';
}

/* The signs that link two pieces, as ASCII; 0 for others. */
static char
link_at(const struct scan *scan, size_t at, size_t *length)
{
    uint32_t code = 0;

    if (at >= scan->size)
        return '\0';
    char_look(scan->text + at, scan->size - at, length, &code);
    switch (code) {
    case '"':
        return (char)(is_gershayim(scan, at) ? '\'' : '\0');
    case '+':
        return (char)(is_in_address(scan, at) ? '+' : '\0');
    case '\'':
    case '`': /* typed for an apostrophe, as is the next */
    case 0x00B4:
    case 0x05F3:
    case 0x05F4:
    case 0x2032:
    case 0x2018:
    case 0x2019: /* the printed apostrophe */
    case 0x02BB:
    case 0x02BC:
    case 0x02B9:
    case 0xFF07:
        return '\'';
    case '-':
    case 0x2010:
    case 0x2011:
        return '-';
    case '.':
    case '&':
    case '/':
    case '@':
    case '_':
        return (char)code;
    default:
        return '\0';
    }
}

/* "transfer.The" is a sentence whose blank was lost, not a name; "Ph.D" and
 * "S.Korea" are names. */
static bool
dot_links(const struct scan *scan, const struct piece *before, size_t next)
{
    size_t length;
    unsigned class = class_at(scan, next, &length);

    for (size_t i = 1; i < scan->pieces; i++) {
        if (scan->link[i] == '@')
            return true;
    }
    if (!(class & CHAR_UPPER) || before->lowers == 0)
        return !(before->number && (class & CHAR_UPPER));
    return !is_class_at(scan, next + length, CHAR_LOWER);
}

/* Signs directly behind the last piece that belong to it. */
static size_t
suffix_read(const struct scan *scan, const struct piece *last)
{
    size_t at = last->end;

    if (last->digits && byte_at(scan, at) == '%')
        return at + 1;
    if (scan->pieces > 1 || !last->letters || last->size > 6)
        return at;
    if (byte_at(scan, at) == '#' && last->size == 1)
        at++;
    else
        while (byte_at(scan, at) == '+' && at < last->end + 2)
            at++;
    return is_class_at(scan, at, CHAR_WORD | CHAR_BIGRAM) ? last->end : at;
}

static bool
is_initials(const struct piece *piece)
{
    return piece->capital && piece->lowers == 0 && piece->size <= 3;
}

/* "R & D" is R&D; returns where the D begins, or 0. */
static size_t
spaced_ampersand(const struct scan *scan, const struct piece *last)
{
    size_t next = last->end + 3;
    size_t end = next;

    if (!is_initials(last) || next >= scan->size ||
        memcmp(scan->text + last->end, " & ", 3) != 0)
        return 0;
    while (end < scan->size && end - next < 4 &&
           char_ascii[(unsigned char)scan->text[end] & 127] == CHAR_UPPER &&
           (unsigned char)scan->text[end] < 128)
        end++;
    return end > next && end - next <= 3 && !is_class_at(scan, end, CHAR_WORD)
               ? next
               : 0;
}

static void
chain_read(struct scan *scan)
{
    struct piece *last = &scan->piece[0];

    scan->pieces = 1;
    while (scan->pieces < PIECES_MAX) {
        size_t length = 0;
        char link = link_at(scan, last->end, &length);
        size_t next = last->end + length;
        size_t spaced = spaced_ampersand(scan, last);

        if (spaced) {
            link = '&';
            next = spaced;
        }
        if (!link || !is_class_at(scan, next, CHAR_START) ||
            (link == '.' && !dot_links(scan, last, next)))
            break;
        last[1].start = next;
        piece_read(scan, &last[1]);
        if (last[1].size == 0)
            break;
        last++;
        scan->link[scan->pieces++] = link;
    }
    scan->suffix_end = suffix_read(scan, last);
    scan->at = scan->suffix_end;
    tokens_of_chain(scan);
}

/* A word with one of these behind it needs no second look: they link nothing
 * to it and do not belong to it. */
static bool
is_plain_end(char byte)
{
    return byte == ' ' || byte == ',' || byte == '\n' || byte == '\0' ||
           byte == '"' || byte == ')' || byte == ';' || byte == ':' ||
           byte == '?' || byte == '!';
}

/* Nor does one with the dot of a sentence or an abbreviation. */
static bool
is_last_dot(const struct scan *scan, size_t at)
{
    char next = byte_at(scan, at + 1);

    return byte_at(scan, at) == '.' &&
           (next == ' ' || next == '\n' || next == '\0' || next == '"');
}

static void
word_read(struct scan *scan)
{
    struct piece *piece = &scan->piece[0];
    bool dot;

    piece->start = scan->at;
    piece_read(scan, piece);
    /* Letters that fold to nothing, such as fillers, are no word. */
    if (piece->size == 0) {
        scan->at = piece->end;
        return;
    }
    if (scan->prefix_end != piece->start)
        scan->prefix_start = scan->prefix_end = piece->start;
    scan->at = piece->end;
    dot = is_last_dot(scan, piece->end);
    if (scan->prefix_start == scan->prefix_end &&
        scan->text[piece->end - 1] != '.' &&
        (dot || (is_plain_end(byte_at(scan, piece->end)) &&
                 !is_gershayim(scan, piece->end))) &&
        !(is_initials(piece) && spaced_ampersand(scan, piece)))
        tokens_of_piece(scan, dot);
    else
        chain_read(scan);
}

/* Pairs of neighbours; a character that stands alone goes in alone, and so
 * does the last one, so that every character begins a term. */
static void
bigrams_read(struct scan *scan)
{
    size_t first = scan->at;
    size_t next = char_character(scan->text, scan->size, first);
    size_t end;
    bool paired = false; /* with the one before it */

    while ((end = char_character(scan->text, scan->size, next)) &&
           !scan->result) {
        paired = tokens_of_bigram(scan, first, end, false);
        first = next;
        next = end;
    }
    scan->at = next;
    tokens_of_bigram(scan, first, next, paired);
}

/* Words whose dot does not end a sentence; those with a '#' only before a
 * number. */
static bool
is_abbreviation(const struct scan *scan, size_t after)
{
    static const char *const words[] = {
        "adm",  "ala",  "apr",  "approx", "ark",   "art#", "assn",   "atty",
        "aug",  "ave",  "bros", "brig",   "calif", "capt", "cmdr",   "co",
        "col",  "colo", "conn", "corp",   "dec",   "del",  "dept",   "det",
        "dist", "dr",   "eds",  "est",    "feb",   "fig#", "fla",    "fri",
        "ft",   "ga",   "gen",  "gov",    "hon",   "ill",  "inc",    "ind",
        "insp", "jan",  "jr",   "jul",    "jun",   "kan",  "ky",     "la",
        "lt",   "ltd",  "maj",  "mar",    "mass",  "md",   "messrs", "mich",
        "minn", "miss", "mo",   "mon",    "mr",    "mrs",  "ms",     "mt",
        "neb",  "nev",  "no#",  "nos#",   "nov",   "oct",  "okla",   "ore",
        "p#",   "pa",   "ph",   "pp#",    "pres",  "prof", "pvt",    "rep",
        "reps", "rev",  "sec",  "sen",    "sens",  "sep",  "sept",   "sgt",
        "sr",   "ste",  "supt", "tenn",   "tex",   "univ", "va",     "vol#",
        "vs",   "vt",   "wash", "wis",    "wyo",
    };

    if (scan->last_size == 0)
        return false;
    if (scan->last_size == 1 && scan->last_capital)
        return true;
    for (size_t i = 0; i < COUNT(words); i++) {
        size_t size = strlen(words[i]);
        bool number = words[i][size - 1] == '#';

        size -= number;
        if (size != scan->last_size || memcmp(words[i], scan->last, size) != 0)
            continue;
        while (byte_at(scan, after) == ' ')
            after++;
        /* In lower case these are words: "no", "miss", "mar", "ill". */
        return number ? ascii_is_digit(byte_at(scan, after))
                      : scan->last_capital || strcmp(words[i], "vs") == 0 ||
                            strcmp(words[i], "approx") == 0;
    }
    return false;
}

/* Is what stands at `at`, behind closing quotes and brackets, a blank? */
static bool
is_followed_by_blank(const struct scan *scan, size_t at)
{
    for (;;) {
        size_t length = 0;
        uint32_t code;

        if (at >= scan->size)
            return true;
        char_look(scan->text + at, scan->size - at, &length, &code);
        if (code == ' ' || code == '\n' || code == '\t')
            return true;
        if (code != '"' && code != '\'' && code != ')' && code != ']' &&
            code != 0x201D && code != 0x2019 && code != 0xBB && code != '.')
            return false;
        at += length;
    }
}

/* Everything that is no word: sentence ends, line ends and prefixes. */
static void
gap_read(struct scan *scan)
{
    size_t length = 1;
    uint32_t code = 0;
    size_t at = scan->at;

    char_look(scan->text + at, scan->size - at, &length, &code);
    scan->at += length;
    switch (code) {
    case '\n':
        scan->ends_paragraph = true;
        break;
    case '.':
        if (scan->last_end == at && is_abbreviation(scan, at + 1))
            break;
        __attribute__((fallthrough));
    case '!':
    case '?':
    case 0x2026:
        if (is_followed_by_blank(scan, scan->at))
            scan->ends_sentence = true;
        break;
    case 0x3002: /* the full stops of scripts without spaces */
    case 0xFF01:
    case 0xFF0E:
    case 0xFF1F:
    case 0xFF61:
        scan->ends_sentence = true;
        break;
    case '#':
    case '@':
        scan->prefix_start = at;
        scan->prefix_end = scan->at;
        break;
    case '$':
    case 0xA3:
    case 0xA5:
    case 0x20A9:
    case 0x20AC:
        if (ascii_is_digit(byte_at(scan, scan->at))) {
            scan->prefix_start = at;
            scan->prefix_end = scan->at;
        }
        break;
    default:
        break;
    }
}

void
scan_run(struct scan *scan)
{
    scan->prefix_end = SIZE_MAX;
    scan->last_end = SIZE_MAX;
    while (scan->at < scan->size && !scan->result) {
        unsigned char byte = (unsigned char)scan->text[scan->at];
        size_t length;
        unsigned class;

        if (byte == ' ') {
            scan->at++;
            continue;
        }
        class =
            byte < 128 ? char_ascii[byte] : class_at(scan, scan->at, &length);
        if (class & CHAR_START)
            word_read(scan);
        else if (class & CHAR_BIGRAM)
            bigrams_read(scan);
        else
            gap_read(scan);
    }
    tokens_end(scan);
}
