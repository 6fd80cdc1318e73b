#include "corpus/intake/parcel.h"

#include <string.h>

#include "corpus/base/count.h"
#include "corpus/base/mem.h"
#include "corpus/base/utf8.h"

enum {
    MOST_RULES = 1000, /* different ones; our readers have some dozens */
    LONGEST_RULE = 64
};

/* What is left to unpack. */
struct parcel {
    const char *data;
    size_t size;
};

/* Members are packed type by type, those of a type in the table's order; and
 * then the origins. */
static const unsigned parts[] = {
    1u << TYPE_WORD | 1u << TYPE_PLACE,
    1u << TYPE_DATE,
    1u << TYPE_LINE | 1u << TYPE_PARAGRAPHS,
    1u << TYPE_LIST,
    1u << TYPE_CAPTIONS,
};

static bool
is_in_part(enum article_member member, size_t part)
{
    return parts[part] >> article_members[member].type & 1;
}

static void
put_number(struct buf *out, int64_t number)
{
    buf_add(out, &number, sizeof(number));
}

static void
put_text(struct buf *out, const char *text, size_t size)
{
    uint32_t length = (uint32_t)size;

    buf_add(out, &length, sizeof(length));
    buf_add(out, text, length);
}

static void
put_date(struct buf *out, const struct date *date)
{
    put_number(out, date->seconds);
    put_number(out, (int64_t)date->precision);
    put_number(out, date->has_zone);
    put_number(out, date->zone);
}

static void
put_list(struct buf *out, const struct list *list)
{
    put_number(out, (int64_t)list->count);
    for (size_t i = 0; i < list->count; i++)
        put_text(out, list->item[i], strlen(list->item[i]));
}

static void
put_captions(struct buf *out, const struct article *article)
{
    put_number(out, (int64_t)article->captions);
    for (size_t i = 0; i < article->captions; i++) {
        const struct caption *caption = &article->caption[i];

        put_text(out, caption->text.data, caption->text.size);
        put_text(out, caption->credit.data, caption->credit.size);
    }
}

static void
put_member(struct buf *out, const struct article *article,
           enum article_member member)
{
    const void *at = member_of(article, member);
    const struct buf *text;

    switch (article_members[member].type) {
    case TYPE_LINE:
    case TYPE_PARAGRAPHS:
        text = at;
        put_text(out, text->data, text->size);
        break;
    case TYPE_LIST:
        put_list(out, at);
        break;
    case TYPE_CAPTIONS:
        put_captions(out, article);
        break;
    case TYPE_DATE:
        put_date(out, at);
        break;
    case TYPE_WORD:
        put_number(out, *(const unsigned *)at);
        break;
    case TYPE_PLACE:
        put_number(out, (int64_t) * (const uint64_t *)at);
        break;
    }
}

static void
put_origin(struct buf *out, const struct origin *origin)
{
    const char *rule = origin->rule ? origin->rule : "";

    put_text(out, rule, strlen(rule));
    put_text(out, origin->place, strlen(origin->place));
}

void
parcel_pack(struct buf *out, const struct article *article)
{
    for (size_t part = 0; part < COUNT(parts); part++)
        for (enum article_member i = 0; i < MEMBER_COUNT; i++)
            if (is_in_part(i, part))
                put_member(out, article, i);
    for (enum article_member i = 0; i < MEMBER_COUNT; i++)
        if (article_members[i].traced)
            put_origin(out, &article->origin[i]);
}

static bool
get_number(struct parcel *parcel, int64_t *number, int64_t least, int64_t most)
{
    if (parcel->size < sizeof(*number))
        return false;
    memcpy(number, parcel->data, sizeof(*number));
    parcel->data += sizeof(*number);
    parcel->size -= sizeof(*number);
    return *number >= least && *number <= most;
}

/* Valid UTF-8 without the control characters (C0, DEL and C1) that would be
 * dangerous on a terminal or in a string; with `lines`, '\n' may be there. */
static bool
is_clean(const char *text, size_t size, bool lines)
{
    for (size_t i = 0; i < size; i++) {
        unsigned char byte = (unsigned char)text[i];

        if ((byte < 0x20 && !(lines && byte == '\n')) || byte == 0x7f)
            return false;
        if (byte == 0xc2 && i + 1 < size && (unsigned char)text[i + 1] < 0xa0)
            return false;
    }
    return utf8_valid(text, size);
}

/* The text is borrowed from the parcel. */
static bool
get_lines(struct parcel *parcel, const char **text, size_t *size, bool lines)
{
    uint32_t length;

    if (parcel->size < sizeof(length))
        return false;
    memcpy(&length, parcel->data, sizeof(length));
    parcel->data += sizeof(length);
    parcel->size -= sizeof(length);
    if (parcel->size < length || !is_clean(parcel->data, length, lines))
        return false;
    *text = parcel->data;
    *size = length;
    parcel->data += length;
    parcel->size -= length;
    return true;
}

static bool
get_text(struct parcel *parcel, const char **text, size_t *size)
{
    return get_lines(parcel, text, size, false);
}

static bool
get_buf(struct parcel *parcel, struct buf *out, bool lines)
{
    const char *text;
    size_t size;

    if (!get_lines(parcel, &text, &size, lines))
        return false;
    buf_set(out, text, size);
    return true;
}

static bool
get_date(struct parcel *parcel, struct date *date)
{
    int64_t seconds;
    int64_t precision;
    int64_t has_zone;
    int64_t zone;

    /* Years 1600 to 2200, and a day for the zone. */
    if (!get_number(parcel, &seconds, -11676200000, 7289700000) ||
        !get_number(parcel, &precision, DATE_NONE, DATE_SECOND) ||
        !get_number(parcel, &has_zone, 0, 1) ||
        !get_number(parcel, &zone, -1439, 1439))
        return false;
    *date = (struct date){.seconds = seconds,
                          .precision = (enum date_precision)precision,
                          .has_zone = has_zone == 1,
                          .zone = (int16_t)zone};
    return true;
}

static bool
get_list(struct parcel *parcel, struct list *list)
{
    int64_t count;
    const char *text;
    size_t size;

    if (!get_number(parcel, &count, 0, ARTICLE_MOST_NAMES))
        return false;
    for (int64_t i = 0; i < count; i++) {
        if (!get_text(parcel, &text, &size))
            return false;
        list_add(list, text, size);
    }
    return true;
}

static bool
get_captions(struct parcel *parcel, struct article *article)
{
    int64_t count;

    if (!get_number(parcel, &count, 0, ARTICLE_MOST_NAMES))
        return false;
    for (int64_t i = 0; i < count; i++) {
        const char *text;
        const char *credit;
        size_t size;
        size_t credit_size;

        if (!get_text(parcel, &text, &size) ||
            !get_text(parcel, &credit, &credit_size))
            return false;
        article_append_caption(article, text, size, credit, credit_size);
    }
    return true;
}

static bool
same(const char *rule, const char *text, size_t size)
{
    return rule && strncmp(rule, text, size) == 0 && rule[size] == '\0';
}

/* The same rule as one string that stays.  Neighbours have the same. */
static const char *
keep_rule(struct parcel_rules *rules, size_t member, const char *text,
          size_t size)
{
    struct list *names = &rules->names;

    if (same(rules->last[member], text, size))
        return rules->last[member];
    for (size_t i = 0; i < names->count; i++)
        if (same(names->item[i], text, size))
            return rules->last[member] = names->item[i];
    if (names->count >= MOST_RULES)
        return "other";
    list_add(names, text, size);
    return rules->last[member] = names->item[names->count - 1];
}

static bool
get_origin(struct parcel *parcel, struct article *article,
           enum article_member member, struct parcel_rules *rules)
{
    struct origin *origin = &article->origin[member];
    const char *text;
    size_t size;

    if (!get_text(parcel, &text, &size) || size > LONGEST_RULE)
        return false;
    origin->rule = size ? keep_rule(rules, member, text, size) : NULL;
    if (!get_text(parcel, &text, &size) || size >= sizeof(origin->place))
        return false;
    memcpy(origin->place, text, size);
    origin->place[size] = '\0';
    return true;
}

static bool
get_word(struct parcel *parcel, struct article *article,
         enum article_member member)
{
    unsigned *value = member_at(article, member);
    int64_t number;

    if (!get_number(parcel, &number, 0, (int64_t)member_words(member) - 1))
        return false;
    *value = (unsigned)number;
    return true;
}

static bool
get_place(struct parcel *parcel, uint64_t *place)
{
    int64_t number;

    if (!get_number(parcel, &number, 0, INT64_MAX))
        return false;
    *place = (uint64_t)number;
    return true;
}

static bool
get_member(struct parcel *parcel, struct article *article,
           enum article_member member)
{
    void *at = member_at(article, member);

    switch (article_members[member].type) {
    case TYPE_LINE:
        return get_buf(parcel, at, false);
    case TYPE_PARAGRAPHS:
        return get_buf(parcel, at, true);
    case TYPE_LIST:
        return get_list(parcel, at);
    case TYPE_CAPTIONS:
        return get_captions(parcel, article);
    case TYPE_DATE:
        return get_date(parcel, at);
    case TYPE_WORD:
        return get_word(parcel, article, member);
    case TYPE_PLACE:
        return get_place(parcel, at);
    }
    return false;
}

bool
parcel_unpack(struct article *article, struct parcel_rules *rules,
              const char *data, size_t size)
{
    struct parcel parcel = {data, size};

    article_clear(article);
    for (size_t part = 0; part < COUNT(parts); part++)
        for (enum article_member i = 0; i < MEMBER_COUNT; i++)
            if (is_in_part(i, part) && !get_member(&parcel, article, i))
                return false;
    if (article->url.size && !article_is_web_address(article->url.data))
        return false;
    for (enum article_member i = 0; i < MEMBER_COUNT; i++)
        if (article_members[i].traced &&
            !get_origin(&parcel, article, i, rules))
            return false;
    return parcel.size == 0;
}
