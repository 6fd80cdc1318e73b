#include <inttypes.h>
#include <string.h>

#include "corpus/base/utf8.h"
#include "query/render/render_parts.h"
#include "query/render/renderers.h"
#include "query/search/fields.h"
#include "query/search/hit_members.h"

/*
 * The names are described in nsearch(1); RENDER_VERSION counts their
 * changes.  Matches are byte offsets into the text beside them.
 */
struct json {
    struct buf *out;
    bool first; /* of an object or list */
};

static void
comma(struct json *json)
{
    if (!json->first)
        buf_add_byte(json->out, ',');
    json->first = false;
}

static void
name(struct json *json, const char *text)
{
    comma(json);
    buf_printf(json->out, "\"%s\":", text);
}

static void
string(struct json *json, const char *key, const char *text, size_t size)
{
    name(json, key);
    utf8_json(json->out, text, size);
}

static void
buffer(struct json *json, const char *key, const struct buf *text)
{
    string(json, key, text->data, text->size);
}

static void
number(struct json *json, const char *key, uint64_t value)
{
    name(json, key);
    buf_printf(json->out, "%" PRIu64, value);
}

static void
truth(struct json *json, const char *key, bool value)
{
    name(json, key);
    buf_add_text(json->out, value ? "true" : "false");
}

/* An unknown date is null, not an empty string. */
static void
day(struct json *json, const char *key, const struct date *date)
{
    struct buf text = BUF_INIT;

    name(json, key);
    date_print(date, &text);
    if (text.size)
        utf8_json(json->out, text.data, text.size);
    else
        buf_add_text(json->out, "null");
    buf_release(&text);
}

static void
strings(struct json *json, const char *key, const struct list *list)
{
    name(json, key);
    buf_add_byte(json->out, '[');
    for (size_t i = 0; i < list->count; i++) {
        if (i)
            buf_add_byte(json->out, ',');
        utf8_json(json->out, list->item[i], strlen(list->item[i]));
    }
    buf_add_byte(json->out, ']');
}

static void
spans(struct json *json, const char *key, const struct marked *marked)
{
    name(json, key);
    buf_add_byte(json->out, '[');
    for (size_t i = 0; i < marked->spans; i++)
        buf_printf(json->out, "%s{\"start\":%zu,\"end\":%zu}", i ? "," : "",
                   marked->span[i].start, marked->span[i].end);
    buf_add_byte(json->out, ']');
}

static void
snippet(struct json *json, const struct marked *marked)
{
    struct json inner = {json->out, true};

    buf_add_byte(json->out, '{');
    buffer(&inner, "text", &marked->text);
    spans(&inner, "matches", marked);
    truth(&inner, "cut_before", marked->cut_before);
    truth(&inner, "cut_after", marked->cut_after);
    buf_add_byte(json->out, '}');
}

static void
keywords(struct json *json, const struct hit *hit)
{
    name(json, "keywords");
    buf_add_byte(json->out, '[');
    for (size_t i = 0; i < hit->kwics; i++) {
        if (i)
            buf_add_byte(json->out, ',');
        snippet(json, &hit->kwic[i]);
    }
    buf_add_byte(json->out, ']');
}

/* Millionths, without asking the locale for a decimal point. */
static void
score(struct json *json, double value)
{
    uint64_t millionths = (uint64_t)(value * 1e6 + 0.5);

    name(json, "score");
    buf_printf(json->out, "%" PRIu64 ".%06" PRIu64, millionths / 1000000,
               millionths % 1000000);
}

static void
member(struct json *json, const struct hit *hit,
       const struct hit_member *member)
{
    const void *at = hit_member_of(hit, member);
    const char *word;

    switch (hit_member_type(member)) {
    case TYPE_LINE:
    case TYPE_PARAGRAPHS:
        buffer(json, member->name, at);
        break;
    case TYPE_LIST:
        strings(json, member->name, at);
        break;
    case TYPE_DATE:
        day(json, member->name, at);
        break;
    case TYPE_WORD:
        word = member_word(member->from, *(const unsigned *)at);
        string(json, member->name, word, strlen(word));
        break;
    case TYPE_PLACE:
        number(json, member->name, *(const uint64_t *)at);
        break;
    case TYPE_CAPTIONS:
        break;
    }
    if (member->from == MEMBER_HEADLINE)
        spans(json, "headline_matches", &hit->headline);
}

/* Of an article that is shown whole. */
static void
texts(struct json *json, const struct hit *hit)
{
    const char *line = hit->captions.data;

    buffer(json, "body", &hit->body.text);
    spans(json, "body_matches", &hit->body);
    name(json, "captions");
    buf_add_byte(json->out, '[');
    while (*line) {
        struct json inner = {json->out, true};
        size_t size = strcspn(line, "\n");
        size_t text = strcspn(line, "\t\n");

        buf_add_text(json->out, line == hit->captions.data ? "{" : ",{");
        string(&inner, "text", line, text);
        if (text < size)
            string(&inner, "credit", line + text + 1, size - text - 1);
        buf_add_byte(json->out, '}');
        line += size;
        line += *line == '\n';
    }
    buf_add_byte(json->out, ']');
}

/* Hit `i` of the result. */
static void
one_hit(struct buf *out, const struct search_result *result, size_t i,
        const struct render_options *options)
{
    const struct hit *hit = &result->hit[i];
    struct json json = {out, true};

    buf_add_byte(out, '{');
    number(&json, "rank", options->offset + i + 1);
    for (size_t k = 0; k < hit_members_count; k++)
        member(&json, hit, &hit_members[k]);
    buffer(&json, "path", &hit->path);
    number(&json, "offset", hit->offset);
    number(&json, "words", hit->words);
    score(&json, hit->score);
    name(&json, "snippet");
    snippet(&json, &hit->snippet);
    if (hit->archive.size)
        buffer(&json, "archive", &hit->archive);
    if (hit->copies)
        number(&json, "copies", hit->copies);
    if (hit->copy_of)
        number(&json, "copy_of", options->offset + hit->copy_of);
    if (hit->kwics)
        keywords(&json, hit);
    if (options->whole)
        texts(&json, hit);
    if (hit->explanation.size)
        buffer(&json, "explanation", &hit->explanation);
    buf_add_byte(out, '}');
}

static void
facets(struct json *json, const struct search_result *result,
       const struct render_options *options)
{
    struct json inner = {json->out, true};

    name(json, "facets");
    buf_add_byte(json->out, '{');
    for (int i = 0; i < FACET_COUNT; i++) {
        const struct facet *facet = &result->facet[i];

        if (!facet->values)
            continue;
        name(&inner, search_facet_name((enum search_facet)i));
        render_counts_json(json->out, result, (enum search_facet)i, options);
    }
    buf_add_byte(json->out, '}');
}

/* How many matches have no value of a facet. */
static void
no_values(struct json *json, const struct search_result *result)
{
    struct json inner = {json->out, true};

    name(json, "without_value");
    buf_add_byte(json->out, '{');
    for (int i = 0; i < FACET_COUNT; i++)
        if (result->facet[i].values || result->facet[i].none)
            number(&inner, search_facet_name((enum search_facet)i),
                   result->facet[i].none);
    buf_add_byte(json->out, '}');
}

static void
suggestions(struct json *json, const struct search_result *result)
{
    name(json, "suggestions");
    buf_add_byte(json->out, '[');
    for (size_t i = 0; i < result->suggestions; i++) {
        const struct suggestion *item = &result->suggestion[i];
        struct json inner = {json->out, true};

        buf_add_text(json->out, i ? ",{" : "{");
        string(&inner, "word", item->word, strlen(item->word));
        string(&inner, "better", item->better, strlen(item->better));
        string(&inner, "query", item->query, strlen(item->query));
        buf_add_byte(json->out, '}');
    }
    buf_add_byte(json->out, ']');
}

static void
ways(struct json *json, const struct search_result *result)
{
    name(json, "ways");
    buf_add_byte(json->out, '[');
    for (size_t i = 0; i < result->ways; i++) {
        const struct way *item = &result->way[i];
        struct json inner = {json->out, true};

        buf_add_text(json->out, i ? ",{" : "{");
        string(&inner, "without", item->part, strlen(item->part));
        string(&inner, "instead", item->instead, strlen(item->instead));
        string(&inner, "query", item->query, strlen(item->query));
        number(&inner, "total", item->total);
        buf_add_byte(json->out, '}');
    }
    buf_add_byte(json->out, ']');
}

void
render_json(struct buf *out, const struct search_result *result,
            const struct render_options *options)
{
    struct json json = {out, true};

    buf_add_byte(out, '{');
    number(&json, "version", RENDER_VERSION);
    string(&json, "query", options->query, strlen(options->query));
    buffer(&json, "canonical", &result->canonical);
    number(&json, "articles", result->articles);
    number(&json, "total", result->total);
    number(&json, "offset", options->offset);
    truth(&json, "complete", !result->cut_short);
    truth(&json, "all_words", !result->loose);
    strings(&json, "notes", &result->notes);
    if (result->receipt.count) {
        name(&json, "receipt");
        render_receipt_json(out, &result->receipt);
    }
    suggestions(&json, result);
    ways(&json, result);
    facets(&json, result, options);
    no_values(&json, result);
    if (options->near) {
        name(&json, "near");
        render_near_json(out, result);
    }
    name(&json, "hits");
    buf_add_byte(out, '[');
    for (size_t i = 0; i < result->hits; i++) {
        buf_add_text(out, i ? ",\n" : "\n");
        one_hit(out, result, i, options);
    }
    buf_add_text(out, "]}\n");
}

void
render_jsonl(struct buf *out, const struct search_result *result,
             const struct render_options *options)
{
    if (options->near) {
        render_near_jsonl(out, result);
        return;
    }
    if (options->counts) {
        render_counts_jsonl(out, result, options);
        return;
    }
    for (size_t i = 0; i < result->hits; i++) {
        one_hit(out, result, i, options);
        buf_add_byte(out, '\n');
    }
}
