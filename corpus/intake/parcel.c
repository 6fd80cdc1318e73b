#include "corpus/intake/parcel.h"

#include <string.h>

#include "corpus/base/mem.h"
#include "corpus/base/utf8.h"

enum {
    TEXTS = 11,        /* and a NULL behind them */
    MOST_RULES = 1000, /* different ones; our readers have some dozens */
    LONGEST_RULE = 64
};

/* What is left to unpack. */
struct parcel {
    const char *data;
    size_t size;
};

/* The texts of an article, in the order in which they are packed. */
static void
list_texts(struct article *article, struct buf *texts[TEXTS])
{
    struct buf *const all[TEXTS] = {&article->key,
                                    &article->version,
                                    &article->publication,
                                    &article->section,
                                    &article->url,
                                    &article->language,
                                    &article->headline,
                                    &article->byline,
                                    &article->dateline,
                                    &article->body,
                                    NULL};

    memcpy(texts, all, sizeof(all));
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

void
parcel_pack(struct buf *out, const struct article *article)
{
    struct article copy = *article; /* for list_texts(); nothing is changed */
    struct buf *texts[TEXTS];

    list_texts(&copy, texts);
    put_number(out, (int64_t)article->kind);
    put_number(out, (int64_t)article->item);
    put_number(out, (int64_t)article->offset);
    put_number(out, (int64_t)article->published_from);
    put_date(out, &article->published);
    put_date(out, &article->seen);
    for (size_t i = 0; texts[i]; i++)
        put_text(out, texts[i]->data, texts[i]->size);
    put_list(out, &article->authors);
    put_list(out, &article->emails);
    put_number(out, (int64_t)article->captions);
    for (size_t i = 0; i < article->captions; i++) {
        const struct caption *caption = &article->caption[i];

        put_text(out, caption->text.data, caption->text.size);
        put_text(out, caption->credit.data, caption->credit.size);
    }
    for (size_t i = 0; i < MEMBER_COUNT; i++) {
        const struct origin *origin = &article->origin[i];
        const char *rule = origin->rule ? origin->rule : "";

        put_text(out, rule, strlen(rule));
        put_text(out, origin->place, strlen(origin->place));
    }
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

    if (!get_number(parcel, &count, 0, INT64_MAX))
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

    if (!get_number(parcel, &count, 0, INT64_MAX))
        return false;
    for (int64_t i = 0; i < count; i++) {
        const char *text;
        const char *credit;
        size_t size;
        size_t credit_size;

        if (!get_text(parcel, &text, &size) ||
            !get_text(parcel, &credit, &credit_size))
            return false;
        article_add_caption(article, text, size, credit, credit_size);
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
get_origins(struct parcel *parcel, struct article *article,
            struct parcel_rules *rules)
{
    for (size_t i = 0; i < MEMBER_COUNT; i++) {
        struct origin *origin = &article->origin[i];
        const char *text;
        size_t size;

        if (!get_text(parcel, &text, &size) || size > LONGEST_RULE)
            return false;
        origin->rule = size ? keep_rule(rules, i, text, size) : NULL;
        if (!get_text(parcel, &text, &size) || size >= sizeof(origin->place))
            return false;
        memcpy(origin->place, text, size);
        origin->place[size] = '\0';
    }
    return true;
}

static bool
get_numbers(struct parcel *parcel, struct article *article)
{
    int64_t kind;
    int64_t item;
    int64_t offset;
    int64_t from;

    if (!get_number(parcel, &kind, ARTICLE_STORY, ARTICLE_NOT_FOUND) ||
        !get_number(parcel, &item, 0, INT64_MAX) ||
        !get_number(parcel, &offset, 0, INT64_MAX) ||
        !get_number(parcel, &from, DATE_FROM_NOWHERE, DATE_FROM_FILENAME))
        return false;
    article->kind = (enum article_kind)kind;
    article->item = (uint64_t)item;
    article->offset = (uint64_t)offset;
    article->published_from = (enum date_source)from;
    return get_date(parcel, &article->published) &&
           get_date(parcel, &article->seen);
}

bool
parcel_unpack(struct article *article, struct parcel_rules *rules,
              const char *data, size_t size)
{
    struct parcel parcel = {data, size};
    struct buf *texts[TEXTS];

    article_clear(article);
    if (!get_numbers(&parcel, article))
        return false;
    list_texts(article, texts);
    for (size_t i = 0; texts[i]; i++)
        if (!get_buf(&parcel, texts[i], texts[i] == &article->body))
            return false;
    if (article->url.size && !article_is_web_address(article->url.data))
        return false;
    return get_list(&parcel, &article->authors) &&
           get_list(&parcel, &article->emails) &&
           get_captions(&parcel, article) &&
           get_origins(&parcel, article, rules) && parcel.size == 0;
}
