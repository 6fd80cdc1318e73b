#include "corpus/formats/shortcode.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "corpus/base/ascii.h"
#include "corpus/base/buf.h"
#include "corpus/base/count.h"

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

/* Where the tag that closes `name` begins behind `text`, not too far away, or
 * NULL. */
static const char *
find_close(const char *text, const char *name)
{
    const char *end = text + strnlen(text, TEXT_MOST);
    const char *at = text;
    size_t size = strlen(name);

    while ((at = memchr(at, '[', (size_t)(end - at)))) {
        if (at[1] == '/' && strncmp(at + 2, name, size) == 0 &&
            at[2 + size] == ']')
            return at;
        at++;
    }
    return NULL;
}

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

/* Where the text begins behind "<a><img></a>" or "<img>". */
static const char *
behind_picture(const char *inside, const char *close)
{
    const char *mark = NULL;

    inside += strspn(inside, " \t\r\n");
    if (strncmp(inside, "<a", 2) == 0)
        mark = strstr(inside, "</a>");
    if (!mark && *inside == '<')
        mark = inside;
    mark = mark ? strchr(mark, '>') : NULL;
    return mark && mark < close ? mark + 1 : inside;
}

/* The picture and its caption, which may be an attribute as it was of old. */
static void
add_figure(struct buf *out, const struct code *code, const char *tag,
           const char *close)
{
    const char *inside = tag + code->size;
    const char *text = behind_picture(inside, close);
    const char *old = strstr(tag, " caption=\"");

    buf_add_text(out, "<figure>");
    if (text > inside)
        buf_add(out, inside, (size_t)(text - inside));
    buf_add_text(out, "<figcaption>");
    if (old && old < inside)
        buf_add(out, old + 10, strcspn(old + 10, "\"]"));
    if (close > text)
        buf_add(out, text, (size_t)(close - text));
    buf_add_text(out, "</figcaption></figure>");
}

/* Append what is left of the tag at `at`; where to go on. */
static const char *
take_code(struct buf *out, const struct code *code, const char *at)
{
    const char *behind = at + code->size;
    const char *close =
        code->closes || code->single ? NULL : find_close(behind, code->name);
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
    const char *at = text->data;
    const char *open;
    int codes = 0;

    while ((open = strchr(at, '[')) && codes < CODES_MOST) {
        struct code code;

        buf_add(&out, at, (size_t)(open - at));
        if (parse_code(&code, open)) {
            at = take_code(&out, &code, open);
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
}
