/* Words of a text in which no sign means anything, and addresses anywhere. */
#include <string.h>

#include "corpus/base/ascii.h"
#include "corpus/base/count.h"
#include "corpus/base/mem.h"
#include "query/language/lex_operator.h"
#include "query/language/lex_parts.h"

static void
emit_word(struct lexer *lexer, const char *text, size_t size)
{
    lex_emit(lexer, LEX_WORD)->text = mem_text(text, size);
}

/* Signs that end a lexeme are none in an address, nor are wildcards; any other
 * sign parts its words as well. */
static void
emit_address(struct lexer *lexer, const char *text, size_t size)
{
    char *copy = mem_text(text, size);

    for (size_t i = 0; i < size; i++)
        if (ascii_is_one_of(copy[i], "()\"\\^~|*"))
            copy[i] = '/';
    lex_emit(lexer, LEX_WORD)->text = copy;
}

bool
lex_address(struct lexer *lexer)
{
    static const char mail[] = "mailto:";
    const char *text = lexer->text + lexer->at;
    size_t left = lexer->size - lexer->at;
    size_t size = query_address(text, left);

    if (size) {
        emit_address(lexer, text, size);
        lexer->at += size;
        return true;
    }
    if (left >= sizeof(mail) && memcmp(text, mail, sizeof(mail) - 1) == 0 &&
        ascii_is_word_byte(text[sizeof(mail) - 1])) {
        lexer->at += sizeof(mail) - 1;
        return true;
    }
    return false;
}

/* The host and the path of an address: what stands for its article. */
static void
emit_place(struct lexer *lexer, const char *text, size_t size)
{
    static const char www[] = "www.";
    size_t scheme = 0;
    size_t end = 0;

    while (scheme < size && ascii_is_letter(text[scheme]))
        scheme++;
    if (scheme + 3 < size && memcmp(text + scheme, "://", 3) == 0) {
        text += scheme + 3;
        size -= scheme + 3;
    }
    if (size > sizeof(www) && memcmp(text, www, sizeof(www) - 1) == 0) {
        text += sizeof(www) - 1;
        size -= sizeof(www) - 1;
    }
    while (end < size && !ascii_is_one_of(text[end], "?#"))
        end++;
    emit_address(lexer, text, end);
}

bool
lex_pasted_address(struct lexer *lexer)
{
    size_t size = query_address(lexer->text, lexer->size);

    if (!size || size < lexer->size)
        return false;
    emit_address(lexer, lexer->text, size);
    lex_emit(lexer, LEX_OR);
    lex_emit(lexer, LEX_ZONE)->zone = ZONE_URL;
    emit_place(lexer, lexer->text, size);
    return true;
}

bool
lex_initials(struct lexer *lexer)
{
    const char *text = lexer->text + lexer->at;
    size_t left = lexer->size - lexer->at;
    char word[3];

    if (left < 5 || !ascii_is_upper(text[0]) ||
        memcmp(text + 1, " & ", 3) != 0 || !ascii_is_upper(text[4]) ||
        (left > 5 && ascii_is_word_byte(text[5])))
        return false;
    word[0] = text[0];
    word[1] = '&';
    word[2] = text[4];
    emit_word(lexer, word, sizeof(word));
    lexer->at += 5;
    return true;
}

/* --- prose ---------------------------------------------------------------- */

/* The bytes of a dash or an ellipsis at `text`; 0 if there is none. */
static size_t
dash_size(const char *text, size_t size)
{
    static const char *const dashes[] = {"\u2014", "\u2026", "\u2013", "\u2015",
                                         "\u2022"};

    if (size > 1 && text[0] == '-' && text[1] == '-')
        return 2;
    if (size > 1 && text[0] == '.' && text[1] == '.')
        return 2;
    for (size_t i = 0; size > 2 && i < COUNT(dashes); i++)
        if (memcmp(text, dashes[i], 3) == 0)
            return 3;
    return 0;
}

/* "and/or", "winter/spring"; not "km/h", "9/11", "AC/DC". */
static bool
parts_words(const char *text, size_t size, size_t at)
{
    size_t before = at;
    size_t after = at + 1;

    while (before > 0 && (ascii_is_letter(text[before - 1]) ||
                          (unsigned char)text[before - 1] >= 0x80))
        before--;
    while (after < size &&
           (ascii_is_letter(text[after]) || (unsigned char)text[after] >= 0x80))
        after++;
    return at - before > 2 && after - at > 3 && !ascii_is_upper(text[at - 1]) &&
           !ascii_is_upper(text[after - 1]);
}

size_t
lex_parting(const char *text, size_t size, size_t at)
{
    char c = text[at];
    bool digits = at > 0 && at + 1 < size && ascii_is_digit(text[at - 1]) &&
                  ascii_is_digit(text[at + 1]);

    if (ascii_is_one_of(c, ",;"))
        return digits ? 0 : 1;
    return c == '/' && parts_words(text, size, at) ? 1 : 0;
}

/* The bytes at `at` of a run that part words there. */
static size_t
prose_parting(const char *text, size_t size, size_t at)
{
    char c = text[at];
    size_t dash = dash_size(text + at, size - at);

    if (dash)
        return dash;
    if (c == ':')
        return at > 0 && at + 1 < size && ascii_is_digit(text[at - 1]) &&
                       ascii_is_digit(text[at + 1])
                   ? 0
                   : 1;
    if (ascii_is_one_of(c, "\"()[]{}<>|^~*=\\!?`"))
        return 1;
    return lex_parting(text, size, at);
}

/* "#SaveTheQuay" is found by the word; and its parts are words, too. */
static void
emit_tag(struct lexer *lexer, const char *text, size_t size)
{
    size_t start = 0;

    emit_word(lexer, text, size);
    for (size_t i = 1; i <= size; i++) {
        bool ends = i == size ||
                    (ascii_is_upper(text[i]) && ascii_is_lower(text[i - 1]));

        if (!ends || (i == size && !start))
            continue;
        if (i - start > 1)
            emit_word(lexer, text + start, i - start);
        start = i;
    }
}

/* The words of a part without the signs around them; an operator's name in
 * capitals joins words and says nothing. */
static void
emit_part(struct lexer *lexer, const char *text, size_t size)
{
    bool tag =
        size > 1 && ascii_is_one_of(*text, "#@") && ascii_is_word_byte(text[1]);

    while (size && !ascii_is_word_byte(*text) &&
           !(size > 1 && ascii_is_one_of(*text, ".$") &&
             ascii_is_word_byte(text[1])))
        text++, size--;
    while (size && !ascii_is_word_byte(text[size - 1]) &&
           !ascii_is_one_of(text[size - 1], "+%"))
        size--;
    if (tag)
        emit_tag(lexer, text, size);
    else if (size && !lex_is_capital_operator(text, size))
        emit_word(lexer, text, size);
}

/* ":-)", ":D", "xD" with a sign before it */
static bool
is_smiley(const char *text, size_t size)
{
    return size > 1 && size < 4 && ascii_is_one_of(text[0], ":;=") &&
           !ascii_is_digit(text[1]);
}

static void
read_run(struct lexer *lexer, const char *text, size_t size)
{
    size_t start = 0;

    if (is_smiley(text, size))
        return;
    for (size_t at = 0; at < size;) {
        size_t parting = prose_parting(text, size, at);

        if (parting) {
            emit_part(lexer, text + start, at - start);
            start = at + parting;
        }
        at += parting ? parting : 1;
    }
    emit_part(lexer, text + start, size - start);
}

void
lex_prose(struct lexer *lexer)
{
    while (lexer->at < lexer->size) {
        const char *text = lexer->text + lexer->at;
        size_t left = lexer->size - lexer->at;
        const char *blank = memchr(text, ' ', left);
        size_t size = blank ? (size_t)(blank - text) : left;

        if (!lex_initials(lexer) && !lex_address(lexer)) {
            read_run(lexer, text, size);
            lexer->at += size;
        }
        while (lexer->at < lexer->size && lexer->text[lexer->at] == ' ')
            lexer->at++;
    }
}
