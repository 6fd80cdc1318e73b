#include "query/nsearch/nsearch_pairs.h"

#include <string.h>

#include "corpus/base/count.h"
#include "query/nsearch/nsearch_table.h"
#include "query/watch/saved.h"

/* Formats that take the same options. */
enum {
    TEXT = 1,
    JSON = 2,
    JSONL = 4,
    TABLE = 8,
    FEED = 16,
    CITATION = 32,
    HTML = 64,
    ALL = 127
};

static const struct {
    const char *name;
    unsigned kind;
} formats[] = {
    {"text", TEXT},         {"json", JSON},    {"jsonl", JSONL},
    {"csv", TABLE},         {"tsv", TABLE},    {"rss", FEED},
    {"atom", FEED},         {"ris", CITATION}, {"bibtex", CITATION},
    {"csl-json", CITATION}, {"html", HTML},
};

#define IN(output) (1u << OUTPUT_##output)

/* Each output: by which option it is asked for, and what formats it has. */
static const struct {
    int key;
    const char *name;
    unsigned formats;
} outputs[OUTPUT_TOTAL] = {
    [OUTPUT_HITS] = {0, "", ALL},
    [OUTPUT_LINES] = {'1', "-1", TEXT},
    [OUTPUT_KWIC] = {KEY_KWIC, "--kwic", TEXT | JSON | JSONL | TABLE},
    [OUTPUT_NEAR] = {KEY_COLLOCATES, "--collocates",
                     TEXT | JSON | JSONL | TABLE},
    [OUTPUT_FILES] = {'l', "-l", TEXT},
    [OUTPUT_COUNT] = {'c', "-c", TEXT | JSON},
    [OUTPUT_NOTHING] = {'q', "-q", TEXT},
    [OUTPUT_ARTICLE] = {KEY_SHOW, "--show", ALL},
    [OUTPUT_OPEN] = {KEY_OPEN, "--open", TEXT},
    [OUTPUT_RELATED] = {KEY_RELATED, "--related", TEXT},
    [OUTPUT_VALUES] = {KEY_VALUES, "--values", TEXT},
    [OUTPUT_TREND] = {KEY_TREND, "--trend", TEXT | JSON | TABLE},
    [OUTPUT_DIFF] = {KEY_DIFF, "--diff", TEXT},
    [OUTPUT_CHECK] = {KEY_RECEIPT_CHECK, "--receipt-check", TEXT},
    [OUTPUT_SAVE] = {KEY_SAVE, "--save", TEXT},
    [OUTPUT_FORGET] = {KEY_FORGET, "--forget", TEXT},
    [OUTPUT_SAVED] = {0, "--saved without a name", TEXT},
};

enum {
    LISTS = IN(HITS) | IN(LINES) | IN(KWIC) | IN(FILES),
    ONE = IN(ARTICLE) | IN(OPEN),
    SEARCHES = LISTS | IN(NEAR) | IN(COUNT) | IN(NOTHING) | IN(RELATED) | ONE,
    SAYS = SEARCHES & ~(IN(NOTHING) | IN(RELATED))
};

/* What each option has an effect on.  What is not here has one on all. */
static const struct {
    int key;
    unsigned outputs;
    unsigned formats;
} effects[] = {
    {'n', LISTS | IN(NEAR) | IN(RELATED), ALL},
    {KEY_OFFSET, LISTS | IN(RELATED), ALL},
    {KEY_SORT, LISTS | IN(RELATED) | ONE, ALL},
    {KEY_RECENT, LISTS | IN(RELATED) | ONE, ALL},
    {KEY_FORMAT_VERSION,
     IN(HITS) | IN(KWIC) | IN(NEAR) | IN(COUNT) | IN(ARTICLE),
     JSON | JSONL | TABLE},
    {KEY_FIELDS, IN(HITS) | IN(ARTICLE), TABLE},
    {KEY_FORMAT_STRING, IN(HITS) | IN(ARTICLE), TEXT},
    {KEY_FACET, IN(HITS) | IN(LINES) | IN(COUNT), TEXT | JSON | JSONL | TABLE},
    {KEY_FACET_LIMIT, IN(HITS) | IN(LINES) | IN(COUNT),
     TEXT | JSON | JSONL | TABLE},
    {KEY_COPIES, IN(HITS), TEXT | JSON},
    {KEY_LIKE, IN(HITS) | IN(LINES), ALL},
    {KEY_RECEIPT, IN(HITS) | IN(LINES) | IN(COUNT), TEXT | JSON | CITATION},
    {KEY_FIRST, LISTS | ONE, ALL},
    {KEY_LAST, LISTS | ONE, ALL},
    {KEY_BY, IN(TREND), ALL},
    {KEY_ONLY, SEARCHES | IN(TREND), ALL},
    {KEY_KWIC_SORT, IN(KWIC), TEXT | TABLE},
    {KEY_SNIPPET, IN(HITS), ALL & ~HTML},
    {KEY_EXPLAIN, SAYS, ALL},
    {KEY_EXPLAIN_SCORE, IN(HITS), TEXT | JSON | JSONL},
    {KEY_TIME_LIMIT, SEARCHES | IN(TREND), ALL},
    {KEY_EXHAUSTIVE, SEARCHES | IN(TREND), ALL},
    {KEY_NO_COMPOUNDS, SEARCHES | IN(TREND), ALL},
    {'e', SEARCHES | IN(SAVE) | IN(TREND), ALL},
    {'f', SEARCHES | IN(SAVE) | IN(TREND), ALL},
    {KEY_SAVED, SEARCHES | IN(SAVE) | IN(TREND), ALL},
    {KEY_NEW, IN(HITS) | IN(LINES), ALL},
    {KEY_SPOOL, IN(HITS) | IN(LINES), ALL},
    {KEY_WIDTH, IN(HITS) | IN(KWIC) | IN(ARTICLE) | IN(TREND), TEXT},
    {KEY_COLOR,
     IN(HITS) | IN(LINES) | IN(KWIC) | IN(ARTICLE) | IN(TREND) | IN(DIFF),
     TEXT},
    {KEY_HYPERLINK_FORMAT, IN(HITS) | IN(LINES), TEXT},
    {KEY_NO_LINKS, IN(HITS) | IN(LINES), TEXT},
    {KEY_NO_PAGER,
     LISTS | IN(NEAR) | IN(COUNT) | IN(ARTICLE) | IN(RELATED) | IN(VALUES) |
         IN(TREND) | IN(DIFF),
     ALL},
};

static unsigned
kind_of(const struct renderer *renderer)
{
    for (size_t i = 0; i < COUNT(formats); i++)
        if (strcmp(formats[i].name, renderer->name) == 0)
            return formats[i].kind;
    return ALL;
}

/* "--sort", or "-n" of an option that has a letter. */
static void
name_of(int key, char name[32])
{
    const struct option_row *row = nsearch_program.option;
    size_t size;

    if (key < OPTION_KEYS) {
        name[0] = '-';
        name[1] = (char)key;
        name[2] = '\0';
        return;
    }
    while (row->key != key)
        row++;
    size = strlen(row->name);
    memcpy(name, "--", 2);
    memcpy(name + 2, row->name, size < 29 ? size + 1 : 29);
    name[31] = '\0';
}

static bool
is_given(const bool *given, int key)
{
    for (size_t i = 0; i < nsearch_program.options; i++)
        if (nsearch_program.option[i].key == key)
            return given[i];
    return false;
}

static enum status
choose_output(struct options *options, const bool *given, struct error *err)
{
    for (int i = OUTPUT_LINES; i < OUTPUT_TOTAL; i++) {
        if (!is_given(given, outputs[i].key) &&
            !(i == OUTPUT_FILES && options->nul) &&
            !(i == OUTPUT_SAVED && options->list_saved))
            continue;
        if (options->output != OUTPUT_HITS)
            return error_set(err, STATUS_USAGE,
                             "%s and %s ask for two different things; leave "
                             "one of them out",
                             outputs[options->output].name, outputs[i].name);
        options->output = (enum output)i;
    }
    return STATUS_OK;
}

static enum status
has_no_effect(int key, const char *other, struct error *err)
{
    char name[32];

    name_of(key, name);
    return error_set(err, STATUS_USAGE,
                     "%s has no effect with %s; leave one of them out", name,
                     other);
}

static enum status
no_format(const struct options *options, int key, struct error *err)
{
    struct buf other = BUF_INIT;
    enum status status;

    buf_printf(&other, "--format %s", options->renderer->name);
    status = has_no_effect(key, other.data, err);
    buf_release(&other);
    return status;
}

/* Has an option that was given an effect here? */
static enum status
check_option(const struct options *options, size_t row, struct error *err)
{
    int key = effects[row].key;
    unsigned kind = kind_of(options->renderer);

    /* To be without colour, or to leave it to the terminal, is no wish that a
     * format could disregard. */
    if (key == KEY_COLOR && options->color != WHEN_ALWAYS)
        return STATUS_OK;
    if (!(effects[row].outputs & 1u << options->output))
        return has_no_effect(key, outputs[options->output].name, err);
    if (!(effects[row].formats & kind))
        return no_format(options, key, err);
    return STATUS_OK;
}

/* An article that is named by its key is not searched for. */
static enum status
check_key(const bool *given, struct error *err)
{
    static const int searching[] = {KEY_SORT,    KEY_RECENT,
                                    KEY_ONLY,    KEY_NO_COMPOUNDS,
                                    KEY_EXPLAIN, KEY_EXHAUSTIVE};

    for (size_t i = 0; i < COUNT(searching); i++)
        if (is_given(given, searching[i]))
            return has_no_effect(searching[i],
                                 "an article that is named by its key", err);
    return STATUS_OK;
}

/* What a template does not have. */
static const int shapes[] = {KEY_FACET,         KEY_WIDTH,
                             KEY_COLOR,         KEY_NO_LINKS,
                             KEY_EXPLAIN_SCORE, KEY_HYPERLINK_FORMAT};

static enum status
check_template(const struct options *options, const bool *given,
               struct error *err)
{
    for (size_t i = 0; i < COUNT(shapes); i++)
        if (is_given(given, shapes[i]) &&
            (shapes[i] != KEY_COLOR || options->color == WHEN_ALWAYS))
            return has_no_effect(shapes[i], "--format-string", err);
    return STATUS_OK;
}

/* All that is new is told, and only what the query of that name finds. */
static enum status
check_new(const struct options *options, const bool *given, struct error *err)
{
    static const int cutting[] = {
        'n', KEY_OFFSET, KEY_TIME_LIMIT, KEY_FIRST, KEY_LAST, KEY_FACET,
        'e', 'f',        KEY_EXPLAIN,    KEY_SAVED, KEY_ONLY, KEY_RECEIPT};
    const char *saved = is_given(given, KEY_NEW)
                            ? saved_find(&options->saved, options->watch)
                            : NULL;

    if (!saved)
        return is_given(given, KEY_SPOOL)
                   ? has_no_effect(KEY_SPOOL, "no --new", err)
                   : STATUS_OK;
    for (size_t i = 0; i < COUNT(cutting); i++)
        if (is_given(given, cutting[i]))
            return has_no_effect(cutting[i], "--new", err);
    if (options->query.size != strlen(saved) + 2)
        return error_set(err, STATUS_USAGE,
                         "--new %s has its query; further words have no "
                         "effect with it",
                         options->watch);
    return STATUS_OK;
}

/* What is like an article is not searched for by words. */
static enum status
check_like(const struct options *options, const bool *given, struct error *err)
{
    static const int searching[] = {'e',
                                    'f',
                                    KEY_SAVED,
                                    KEY_NEW,
                                    KEY_SORT,
                                    KEY_RECENT,
                                    KEY_FIRST,
                                    KEY_LAST,
                                    KEY_ONLY,
                                    KEY_FACET,
                                    KEY_RECEIPT,
                                    KEY_EXPLAIN,
                                    KEY_EXPLAIN_SCORE,
                                    KEY_EXHAUSTIVE,
                                    KEY_NO_COMPOUNDS};

    if (!options->like)
        return STATUS_OK;
    for (size_t i = 0; i < COUNT(searching); i++)
        if (is_given(given, searching[i]))
            return has_no_effect(searching[i], "--like", err);
    if (options->query.size)
        return error_set(err, STATUS_USAGE,
                         "--like names an article; words have no effect with "
                         "it");
    return STATUS_OK;
}

/* The first and the last mention have an order of their own. */
static enum status
check_mention(const bool *given, struct error *err)
{
    const bool first = is_given(given, KEY_FIRST);
    const bool last = is_given(given, KEY_LAST);

    if (first && last)
        return has_no_effect(KEY_FIRST, "--last", err);
    if ((first || last) && is_given(given, KEY_SORT))
        return has_no_effect(KEY_SORT, first ? "--first" : "--last", err);
    return STATUS_OK;
}

/* What depends on the values of options, too. */
static enum status
check_values(const struct options *options, const bool *given,
             struct error *err)
{
    bool ranked = options->request.sort == SORT_RANK;
    bool key = options->article && !options_rank(options);
    bool counts = options->request.facets &&
                  (kind_of(options->renderer) & (JSONL | TABLE));

    if (options->json && is_given(given, KEY_FORMAT) &&
        strcmp(options->renderer->name, "json") != 0)
        return no_format(options, KEY_JSON, err);
    if (!ranked && is_given(given, KEY_RECENT))
        return has_no_effect(KEY_RECENT, "another order than by rank", err);
    if (!ranked && is_given(given, KEY_EXPLAIN_SCORE))
        return has_no_effect(KEY_EXPLAIN_SCORE, "another order than by rank",
                             err);
    if (!options->request.facets && is_given(given, KEY_FACET_LIMIT))
        return has_no_effect(KEY_FACET_LIMIT, "no --facet", err);
    if (key)
        return check_key(given, err);
    if (options->template)
        return check_template(options, given, err);
    if (!counts)
        return STATUS_OK;
    /* In a table or in lines, the counts come instead of the hits. */
    for (size_t i = 0; i < COUNT(effects); i++) {
        int other = effects[i].key;

        if ((other == KEY_FIELDS || other == KEY_OFFSET || other == KEY_SORT ||
             other == KEY_SNIPPET || other == KEY_EXPLAIN_SCORE ||
             other == KEY_RECENT || (other == 'n' && options->request.limit)) &&
            is_given(given, other))
            return has_no_effect(other, "the counts of --facet in this format",
                                 err);
    }
    return STATUS_OK;
}

enum status
pairs_settle(struct options *options, const bool *given, struct error *err)
{
    enum status status = choose_output(options, given, err);
    bool asked = is_given(given, KEY_FORMAT) || is_given(given, KEY_JSON);

    if (status)
        return status;
    if (!(outputs[options->output].formats & kind_of(options->renderer))) {
        if (asked)
            return no_format(options, outputs[options->output].key, err);
        options->renderer = renderer_find("text");
    }
    for (size_t i = 0; !status && i < COUNT(effects); i++)
        if (is_given(given, effects[i].key))
            status = check_option(options, i, err);
    if (!status)
        status = check_new(options, given, err);
    if (!status)
        status = check_like(options, given, err);
    if (!status)
        status = check_mention(given, err);
    if (!status)
        status = check_values(options, given, err);
    if (!status && options->output == OUTPUT_VALUES && options->query.size)
        status = error_set(err, STATUS_USAGE,
                           "--values lists what the archive has; words to "
                           "search for have no effect with it");
    return status;
}
