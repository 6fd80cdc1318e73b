#include "corpus/syntax/mime_header.h"

#include <string.h>
#include <strings.h>

#include "corpus/base/buf.h"
#include "corpus/input/charset.h"
#include "corpus/syntax/mime_decode.h"

enum {
    VALUE_MOST = 64 * 1024, /* bytes of one header that are kept */
    NAME_MOST = 76,
    CHARSET_MOST = 40,
    WORD_MOST = 2000, /* bytes of an encoded word; 75 are allowed */
    SECTIONS = 40     /* in which a parameter may come */
};

/* --- lines ---------------------------------------------------------------- */

size_t
mime_header_name(struct piece line)
{
    size_t size = 0;
    size_t colon;

    while (size < line.size && size < NAME_MOST && line.text[size] > ' ' &&
           line.text[size] < 0x7f && line.text[size] != ':')
        size++;
    colon = size;
    while (colon < line.size && line.text[colon] == ' ')
        colon++;
    return colon < line.size && line.text[colon] == ':' ? size : 0;
}

static bool
is_fold(struct piece rest)
{
    return rest.size > 0 && (*rest.text == ' ' || *rest.text == '\t');
}

/* Append a line's text behind what the header has already. */
static void
add_line(struct buf *value, struct piece line)
{
    line = piece_trim(line);
    if (value->size && line.size)
        buf_add_byte(value, ' ');
    buf_add(value, line.text, line.size);
}

bool
mime_header(struct buf *value, struct piece head, const char *name)
{
    size_t size = strlen(name);
    struct piece line;

    buf_clear(value);
    while (piece_line(&head, &line)) {
        const char *colon;

        if (mime_header_name(line) != size ||
            strncasecmp(line.text, name, size) != 0)
            continue;
        colon = memchr(line.text, ':', line.size);
        line.size -= (size_t)(colon + 1 - line.text);
        line.text = colon + 1;
        add_line(value, line);
        while (is_fold(head) && value->size < VALUE_MOST &&
               piece_line(&head, &line))
            add_line(value, line);
        buf_cut(value, VALUE_MOST);
        return true;
    }
    return false;
}

bool
mime_header_text(struct buf *value, struct piece head, const char *name)
{
    struct buf raw = BUF_INIT;
    bool found = mime_header(&raw, head, name);

    buf_clear(value);
    mime_words(value, raw.data, raw.size);
    buf_release(&raw);
    return found;
}

/* --- encoded words -------------------------------------------------------- */

struct word {
    char charset[CHARSET_MOST + 1];
    char coding; /* 'B' or 'Q' */
    const char *text;
    size_t size;  /* of the text */
    size_t whole; /* of the word */
};

/* "=?CHARSET*LANGUAGE?CODING?TEXT?=" at the start of `data`. */
static bool
read_word(struct word *word, const char *data, size_t size)
{
    size_t at = 2;
    size_t name;

    if (size < 8 || data[0] != '=' || data[1] != '?')
        return false;
    while (at < size && at < CHARSET_MOST && data[at] != '?' && data[at] > ' ')
        at++;
    if (at + 3 > size || data[at] != '?' || data[at + 2] != '?')
        return false;
    name = at - 2;
    if (memchr(data + 2, '*', name))
        name = (size_t)((const char *)memchr(data + 2, '*', name) - data) - 2;
    memcpy(word->charset, data + 2, name);
    word->charset[name] = '\0';
    word->coding = (char)(data[at + 1] & ~0x20);
    if (word->coding != 'B' && word->coding != 'Q')
        return false;
    word->text = data + at + 3;
    for (at += 3; at + 1 < size && at < WORD_MOST; at++)
        if (data[at] == '?' && data[at + 1] == '=') {
            word->size = (size_t)(data + at - word->text);
            word->whole = at + 2;
            return true;
        }
    return false;
}

static void
add_word(struct buf *bytes, const struct word *word)
{
    if (word->coding == 'B')
        mime_base64(bytes, word->text, word->size);
    else
        mime_quoted(bytes, word->text, word->size, true);
}

static size_t
blanks(const char *data, size_t size)
{
    size_t at = 0;

    while (at < size && (data[at] == ' ' || data[at] == '\t'))
        at++;
    return at;
}

/* Decode the words that follow each other; a character may be cut between two
 * of the same charset.  Returns the bytes that they take. */
static size_t
add_words(struct buf *out, struct word first, const char *data, size_t size)
{
    struct buf bytes = BUF_INIT;
    size_t at = first.whole;
    struct word next;

    add_word(&bytes, &first);
    for (;;) {
        size_t gap = blanks(data + at, size - at);

        if (!read_word(&next, data + at + gap, size - at - gap))
            break;
        if (strcasecmp(next.charset, first.charset) != 0) {
            charset_decode(out, bytes.data, bytes.size, first.charset);
            buf_clear(&bytes);
            first = next;
        }
        add_word(&bytes, &next);
        at += gap + next.whole;
    }
    charset_decode(out, bytes.data, bytes.size, first.charset);
    buf_release(&bytes);
    return at;
}

void
mime_words(struct buf *out, const char *data, size_t size)
{
    size_t plain = 0; /* where the text that is no word begins */
    size_t at = 0;

    while (at < size) {
        const char *mark = memchr(data + at, '=', size - at);
        struct word word;

        if (!mark)
            break;
        at = (size_t)(mark - data);
        if (!read_word(&word, mark, size - at)) {
            at++;
            continue;
        }
        if (at > plain)
            charset_decode(out, data + plain, at - plain, NULL);
        at += add_words(out, word, mark, size - at);
        plain = at;
    }
    if (size > plain)
        charset_decode(out, data + plain, size - plain, NULL);
}

/* --- parameters ----------------------------------------------------------- */

/* One "; name=value" of a header. */
struct parameter {
    struct piece name;
    struct buf value; /* without quotes */
};

/* The next parameter of `rest`, which moves behind it.  False at the end. */
static bool
next_parameter(struct piece *rest, struct parameter *parameter)
{
    size_t at = piece_find(*rest, ';');
    const char *end = rest->text + rest->size;
    const char *from;

    buf_clear(&parameter->value);
    if (at == rest->size)
        return false;
    from = rest->text + at + 1;
    at = 0;
    while (from + at < end && from[at] != '=' && from[at] != ';')
        at++;
    parameter->name = piece_trim((struct piece){from, at});
    from += at;
    if (from < end && *from == '=')
        from++;
    while (from < end && *from == ' ')
        from++;
    if (from < end && *from == '"') {
        for (from++; from < end && *from != '"'; from++) {
            if (*from == '\\' && from + 1 < end)
                from++;
            buf_add_byte(&parameter->value, *from);
        }
    } else {
        for (; from < end && *from != ';'; from++)
            buf_add_byte(&parameter->value, *from);
        buf_trim(&parameter->value);
    }
    *rest = (struct piece){from, (size_t)(end - from)};
    return true;
}

/* "%E2%82%AC" to bytes. */
static void
unescape(struct buf *out, const char *data, size_t size)
{
    struct buf quoted = BUF_INIT;

    for (size_t i = 0; i < size; i++)
        buf_add(&quoted, data[i] == '%' ? "=" : data + i, 1);
    mime_quoted(out, quoted.data, quoted.size, false);
    buf_release(&quoted);
}

/* A section of a parameter that came in several, or in a charset of its own:
 * the charset is in the first, before two apostrophes. */
struct sections {
    struct buf bytes;
    char charset[CHARSET_MOST + 1];
};

static void
add_section(struct sections *sections, const struct buf *value, bool first)
{
    const char *text = value->data;
    const char *mark = first ? strchr(text, '\'') : NULL;
    const char *end = mark ? strchr(mark + 1, '\'') : NULL;

    if (end && (size_t)(mark - text) <= CHARSET_MOST) {
        memcpy(sections->charset, text, (size_t)(mark - text));
        sections->charset[mark - text] = '\0';
        text = end + 1;
    }
    unescape(&sections->bytes, text,
             value->size - (size_t)(text - value->data));
}

/* Does the parameter have this name, as "name*2*" if `section` is 2, or as
 * "name*" if it is -1?  `*escaped` says if it ends in '*'. */
static bool
is_section(struct piece got, const char *name, int section, bool *escaped)
{
    struct buf wanted = BUF_INIT;
    bool same;

    buf_add_text(&wanted, name);
    if (section >= 0)
        buf_printf(&wanted, "*%d", section);
    *escaped = got.size > 0 && got.text[got.size - 1] == '*';
    got.size -= *escaped ? 1 : 0;
    same = got.size == wanted.size &&
           !strncasecmp(got.text, wanted.data, got.size);
    buf_release(&wanted);
    return same;
}

/* Add section `section`; false if it is not there. */
static bool
find_section(struct sections *sections, const struct buf *value,
             const char *name, int section)
{
    struct parameter parameter = {.value = BUF_INIT};
    struct piece rest = {value->data, value->size};
    bool escaped = false;
    bool found = false;

    while (!found && next_parameter(&rest, &parameter))
        found = is_section(parameter.name, name, section, &escaped);
    if (found && escaped)
        add_section(sections, &parameter.value, section <= 0);
    else if (found)
        buf_add(&sections->bytes, parameter.value.data, parameter.value.size);
    buf_release(&parameter.value);
    return found;
}

bool
mime_parameter(struct buf *out, const struct buf *value, const char *name)
{
    struct sections sections = {.bytes = BUF_INIT};
    bool found = find_section(&sections, value, name, -1);

    buf_clear(out);
    for (int i = 0; !found && i < SECTIONS; i++)
        if (!find_section(&sections, value, name, i)) {
            found = i > 0;
            break;
        }
    if (sections.charset[0])
        charset_decode(out, sections.bytes.data, sections.bytes.size,
                       sections.charset);
    else /* many put encoded words where they may not stand */
        mime_words(out, sections.bytes.data, sections.bytes.size);
    buf_release(&sections.bytes);
    return found;
}
