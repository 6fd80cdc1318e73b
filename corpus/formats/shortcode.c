#include "corpus/formats/shortcode.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "corpus/base/ascii.h"
#include "corpus/base/buf.h"
#include "corpus/base/count.h"
#include "corpus/base/mem.h"
#include "corpus/base/seen.h"

enum {
    NAME_MOST = 40,
    CODE_MOST = 2000,  /* bytes between the brackets */
    TEXT_MOST = 64000, /* bytes between a tag and the one that closes it */
    CODES_MOST = 10000
};

/* What a shortcode stands for. */
enum effect {
    EFFECT_TAGS,    /* its tags go, what they enclose stays */
    EFFECT_ALL,     /* nothing of it is text */
    EFFECT_CAPTION, /* a picture and its caption */
    EFFECT_NONE     /* not a shortcode */
};

static const struct {
    const char *name;
    enum effect effect;
} known[] = {
    {"caption", EFFECT_CAPTION}, {"wp_caption", EFFECT_CAPTION},
    {"audio", EFFECT_ALL},       {"embed", EFFECT_ALL},
    {"gallery", EFFECT_ALL},     {"instagram", EFFECT_ALL},
    {"playlist", EFFECT_ALL},    {"soundcloud", EFFECT_ALL},
    {"tweet", EFFECT_ALL},       {"twitter", EFFECT_ALL},
    {"video", EFFECT_ALL},       {"vimeo", EFFECT_ALL},
    {"youtube", EFFECT_ALL},
};

/* A tag such as "[name a=b]" or "[/name]". */
struct code {
    char name[NAME_MOST + 1];
    bool closes;
    bool attributes;
    bool single; /* "[name /]" */
    size_t size; /* with its brackets */
};

static bool
is_name_byte(char byte)
{
    return ascii_is_lower(byte) || ascii_is_digit(byte) || byte == '_' ||
           byte == '-';
}

/* Is there a name with a '=' behind it: "width=20"? */
static bool
has_attribute(const char *text, size_t size)
{
    for (size_t i = 1; i < size; i++)
        if (text[i] == '=' && is_name_byte(text[i - 1]))
            return true;
    return false;
}

/* The tag that begins at `text`, a '['; false if it looks like none. */
static bool
parse_code(struct code *code, const char *text)
{
    const char *at = text + 1;
    const char *end;
    size_t size = 0;

    *code = (struct code){0};
    code->closes = *at == '/';
    at += code->closes;
    while (size < NAME_MOST && is_name_byte(at[size]))
        size++;
    if (!size || !ascii_is_lower(at[0]) ||
        !ascii_is_one_of(at[size], " \t\n/]"))
        return false;
    memcpy(code->name, at, size);
    end = at + size + strcspn(at + size, "[]");
    if (*end != ']' || end - text > CODE_MOST)
        return false;
    code->attributes = has_attribute(at, (size_t)(end - at));
    code->single = !code->closes && end[-1] == '/';
    code->size = (size_t)(end + 1 - text);
    return true;
}

/* --- closing tags --------------------------------------------------------- */

enum {
    NONE = -1
};

/* A closing tag, and the next one of the same name. */
struct close {
    const char *at;
    long next;
};

/* The closing tags of one name. */
struct closes_of {
    long first; /* that was not passed yet */
    long last;
};

/* All closing tags of a text.  They are listed once: to look for each tag's own
 * from where it stands would take the square of a text of tags. */
struct closes {
    struct close *close;
    size_t count;
    size_t room;
    struct seen names;
    struct closes_of *of; /* by the number of the name */
    size_t named;
    size_t of_room;
};

static void
closes_release(struct closes *closes)
{
    seen_release(&closes->names);
    free(closes->close);
    free(closes->of);
}

static void
add_close(struct closes *closes, const char *at, size_t name_size)
{
    size_t number = seen_number(&closes->names, at + 2, name_size);
    long this = (long)closes->count;

    closes->close = mem_grow(closes->close, closes->count, &closes->room,
                             sizeof(*closes->close));
    closes->close[closes->count++] = (struct close){at, NONE};
    if (number == closes->named) {
        closes->of = mem_grow(closes->of, closes->named, &closes->of_room,
                              sizeof(*closes->of));
        closes->of[closes->named++].first = this;
    } else {
        closes->close[closes->of[number].last].next = this;
    }
    closes->of[number].last = this;
}

static void
find_closes(struct closes *closes, const char *text)
{
    for (const char *at = strstr(text, "[/"); at; at = strstr(at + 1, "[/")) {
        size_t size = 0;

        while (size <= NAME_MOST && is_name_byte(at[2 + size]))
            size++;
        if (size && size <= NAME_MOST && at[2 + size] == ']')
            add_close(closes, at, size);
    }
}

/* Where the tag that closes `name` begins behind `text`, not too far away, or
 * NULL.  Asked in the order of the text. */
static const char *
next_close(struct closes *closes, const char *text, const char *name)
{
    size_t number = seen_find(&closes->names, name, strlen(name));
    const struct close *close = NULL;

    if (number >= closes->named)
        return NULL;
    for (long i = closes->of[number].first; i != NONE && !close;
         i = closes->close[i].next) {
        closes->of[number].first = i;
        if (closes->close[i].at >= text)
            close = &closes->close[i];
    }
    return close && close->at - text < TEXT_MOST ? close->at : NULL;
}

/* --- what a tag stands for ------------------------------------------------ */

static enum effect
effect_of(const struct code *code, const char *close)
{
    for (size_t i = 0; i < COUNT(known); i++)
        if (strcmp(code->name, known[i].name) == 0)
            return known[i].effect;
    return code->attributes || code->single || code->closes || close
               ? EFFECT_TAGS
               : EFFECT_NONE;
}

/* Where `what` stands in the text from `at` to `end`, or NULL. */
static const char *
find_before(const char *at, const char *end, const char *what)
{
    size_t size = strlen(what);

    for (; (size_t)(end - at) >= size; at++) {
        at = memchr(at, *what, (size_t)(end - at) - size + 1);
        if (!at)
            return NULL;
        if (memcmp(at, what, size) == 0)
            return at;
    }
    return NULL;
}

/* Where the text begins behind "<a><img></a>" or "<img>". */
static const char *
behind_picture(const char *inside, const char *close)
{
    const char *mark = NULL;

    inside += strspn(inside, " \t\r\n");
    if (inside >= close)
        return inside;
    if (strncmp(inside, "<a", 2) == 0)
        mark = find_before(inside, close, "</a>");
    if (!mark && *inside == '<')
        mark = inside;
    mark = mark ? find_before(mark, close, ">") : NULL;
    return mark ? mark + 1 : inside;
}

/* The picture and its caption, which may be an attribute as it was of old. */
static void
add_figure(struct buf *out, const struct code *code, const char *tag,
           const char *close)
{
    const char *inside = tag + code->size;
    const char *text = behind_picture(inside, close);
    const char *old = find_before(tag, inside, " caption=\"");

    buf_add_text(out, "<figure>");
    if (text > inside)
        buf_add(out, inside, (size_t)(text - inside));
    buf_add_text(out, "<figcaption>");
    if (old)
        buf_add(out, old + 10, strcspn(old + 10, "\"]"));
    if (close > text)
        buf_add(out, text, (size_t)(close - text));
    buf_add_text(out, "</figcaption></figure>");
}

/* Append what is left of the tag at `at`; where to go on. */
static const char *
take_code(struct buf *out, struct closes *closes, const struct code *code,
          const char *at)
{
    const char *behind = at + code->size;
    const char *close = code->closes || code->single
                            ? NULL
                            : next_close(closes, behind, code->name);
    enum effect effect = effect_of(code, close);

    if (effect == EFFECT_NONE) {
        buf_add_byte(out, '[');
        return at + 1;
    }
    if (effect == EFFECT_TAGS || !close)
        return behind;
    if (effect == EFFECT_CAPTION)
        add_figure(out, code, at, close);
    return close + strcspn(close, "]") + 1;
}

void
shortcode_remove(struct buf *text)
{
    struct buf out = BUF_INIT;
    struct closes closes = {0};
    const char *at = text->data;
    const char *open;
    int codes = 0;

    find_closes(&closes, at);
    while ((open = strchr(at, '[')) && codes < CODES_MOST) {
        struct code code;

        buf_add(&out, at, (size_t)(open - at));
        if (parse_code(&code, open)) {
            at = take_code(&out, &closes, &code, open);
            codes++;
        } else if (open[1] == '[' && parse_code(&code, open + 1) &&
                   open[1 + code.size] == ']') {
            buf_add(&out, open + 1, code.size); /* written to be read */
            at = open + code.size + 2;
        } else {
            buf_add_byte(&out, '[');
            at = open + 1;
        }
    }
    buf_add_text(&out, at);
    buf_swap(text, &out);
    buf_release(&out);
    closes_release(&closes);
}
