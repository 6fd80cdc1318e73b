#include "query/nsearch/nsearch_options.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

enum {
    HITS_MAX = 1000000,
    SNIPPET_MAX = 100000,
    QUERY_FILE_MAX = 1 << 20
};

/* What getopt returns for options without a letter. */
enum option_key {
    KEY_FIRST = 256,
    KEY_OFFSET,
    KEY_SORT,
    KEY_JSON,
    KEY_FORMAT,
    KEY_FORMAT_VERSION,
    KEY_FIELDS,
    KEY_FACET,
    KEY_KWIC,
    KEY_RECENT,
    KEY_EXPLAIN,
    KEY_EXPLAIN_SCORE,
    KEY_SNIPPET,
    KEY_TIME_LIMIT,
    KEY_COLOR,
    KEY_NO_LINKS,
    KEY_NO_PAGER,
    KEY_VALUES,
    KEY_EXHAUSTIVE,
    KEY_TIMING,
    KEY_HELP,
    KEY_VERSION
};

struct choice {
    int key;
    const char *name; /* NULL: a letter only */
    const char *argument;
    const char *about;
};

/* The options, in the order of the help. */
static const struct choice choices[] = {
    {'d', "archive", "DIR", "search the archive in DIR"},
    {'n', "limit", "N", "show at most N hits (10)"},
    {KEY_OFFSET, "offset", "N", "pass over the first N"},
    {KEY_SORT, "sort", "ORDER", "rank, date, -date or words"},
    {KEY_RECENT, "recent", NULL, "let newer articles weigh more"},
    {'c', "count", NULL, "print how many articles match"},
    {'1', "one-line", NULL, "one line for each hit"},
    {'l', "files", NULL, "print the files of the hits"},
    {'0', "null", NULL, "end file names with a NUL; implies -l"},
    {'q', "quiet", NULL, "print nothing; the exit status tells"},
    {KEY_FORMAT, "format", "NAME", "how to print hits; see below"},
    {KEY_JSON, "json", NULL, "the same as --format json"},
    {KEY_FORMAT_VERSION, "format-version", "N", "the version a program wants"},
    {KEY_FIELDS, "fields", "LIST", "columns of csv and tsv"},
    {KEY_FACET, "facet", "NAME", "count by source, byline, section, ..."},
    {KEY_KWIC, "kwic", NULL, "show every match in its line"},
    {KEY_SNIPPET, "snippet", "BYTES", "length of a passage (240); 0: none"},
    {KEY_EXPLAIN, "explain", NULL, "say how the query was understood"},
    {KEY_EXPLAIN_SCORE, "explain-score", NULL, "say what a score is made of"},
    {KEY_TIME_LIMIT, "time-limit", "MS", "stop after so many milliseconds"},
    {'e', "query", "QUERY", "one that may begin with '-'"},
    {'f', "query-file", "FILE", "read the query from FILE; -: from stdin"},
    {KEY_COLOR, "color", "WHEN", "auto, always or never"},
    {KEY_NO_LINKS, "no-links", NULL, "headlines are not links"},
    {KEY_NO_PAGER, "no-pager", NULL, "never use a pager"},
    {KEY_VALUES, "values", "FACET", "print the values that a facet has"},
    {KEY_EXHAUSTIVE, "exhaustive", NULL,
     "score every match, without short cuts"},
    {KEY_TIMING, "timing", NULL, "say how long each step took"},
    {'h', "help", NULL, "this text"},
    {'V', "version", NULL, "the version"},
};

#define CHOICES (sizeof(choices) / sizeof(choices[0]))

void
options_print_help(FILE *out)
{
    fputs("usage: nsearch [options] QUERY...\n\n"
          "Search the archive that nindex(1) has made.  nsearch-query(7) "
          "tells what can be asked.\n\n",
          out);
    for (size_t i = 0; i < CHOICES; i++) {
        char left[40];

        if (choices[i].key < KEY_FIRST)
            snprintf(left, sizeof(left), "-%c, --%s%s%s", (char)choices[i].key,
                     choices[i].name, choices[i].argument ? " " : "",
                     choices[i].argument ? choices[i].argument : "");
        else
            snprintf(left, sizeof(left), "    --%s%s%s", choices[i].name,
                     choices[i].argument ? " " : "",
                     choices[i].argument ? choices[i].argument : "");
        fprintf(out, "  %-26s %s\n", left, choices[i].about);
    }
    fputs("\nformats:", out);
    for (const struct renderer *row = renderers(); row->name; row++)
        fprintf(out, " %s", row->name);
    fputs("\n", out);
}

void
options_release(struct options *options)
{
    buf_release(&options->query);
}

static enum status
read_number(const char *text, const char *name, size_t most, size_t *out,
            struct error *err)
{
    char *end;
    long long value;

    errno = 0;
    value = strtoll(text, &end, 10);
    if (errno || end == text || *end || value < 0 ||
        (unsigned long long)value > most)
        return error_set(err, STATUS_USAGE,
                         "--%s wants a number from 0 to %zu, not \"%s\"", name,
                         most, text);
    *out = (size_t)value;
    return STATUS_OK;
}

/* The number of `text` in a list of names; an error lists them. */
static enum status
read_name(const char *text, const char *option, const char *const *names,
          size_t *out, struct error *err)
{
    struct buf all = BUF_INIT;
    enum status status;

    for (size_t i = 0; names[i]; i++) {
        if (strcmp(text, names[i]) == 0) {
            *out = i;
            buf_release(&all);
            return STATUS_OK;
        }
        buf_printf(&all, "%s%s", i ? ", " : "", names[i]);
    }
    status = error_set(err, STATUS_USAGE, "--%s is one of %s, not \"%s\"",
                       option, all.data, text);
    buf_release(&all);
    return status;
}

static enum status
read_facet(const char *text, const char *option, size_t *out, struct error *err)
{
    const char *names[FACET_COUNT + 1] = {NULL};

    for (int i = 0; i < FACET_COUNT; i++)
        names[i] = search_facet_name((enum search_facet)i);
    return read_name(text, option, names, out, err);
}

static enum status
read_query_file(struct options *options, const char *path, struct error *err)
{
    bool standard = strcmp(path, "-") == 0;
    FILE *file = standard ? stdin : fopen(path, "rb");
    char bytes[4096];
    size_t got;
    enum status status = STATUS_OK;

    if (!file)
        return error_set(err, STATUS_IO, "%s: %s", path, strerror(errno));
    while (options->query.size < QUERY_FILE_MAX &&
           (got = fread(bytes, 1, sizeof(bytes), file)) > 0)
        buf_add(&options->query, bytes, got);
    if (ferror(file))
        status = error_set(err, STATUS_IO, "%s: %s", path, strerror(errno));
    if (!standard)
        fclose(file);
    /* A NUL would end the query unseen. */
    for (size_t i = 0; i < options->query.size; i++)
        if (options->query.data[i] == '\0')
            options->query.data[i] = ' ';
    return status;
}

static void
add_query(struct options *options, const char *text)
{
    if (options->query.size)
        buf_add_byte(&options->query, ' ');
    buf_add_text(&options->query, text);
}

static enum status
set_format(struct options *options, const char *name, struct error *err)
{
    struct buf all = BUF_INIT;

    options->renderer = renderer_find(name);
    if (options->renderer)
        return STATUS_OK;
    for (const struct renderer *row = renderers(); row->name; row++)
        buf_printf(&all, "%s%s", all.size ? ", " : "", row->name);
    error_set(err, STATUS_USAGE, "--format is one of %s, not \"%s\"", all.data,
              name);
    buf_release(&all);
    return STATUS_USAGE;
}

/* Options that only switch something on or off. */
static bool
set_switch(struct options *options, int key)
{
    const struct {
        int key;
        bool *member;
        bool value;
    } switches[] = {
        {KEY_RECENT, &options->request.recent, true},
        {KEY_EXHAUSTIVE, &options->request.exhaustive, true},
        {KEY_TIMING, &options->timing, true},
        {'c', &options->count, true},
        {'1', &options->one_line, true},
        {'l', &options->paths, true},
        {'0', &options->nul, true},
        {'q', &options->quiet, true},
        {KEY_KWIC, &options->request.keywords, true},
        {KEY_EXPLAIN, &options->request.explain, true},
        {KEY_EXPLAIN_SCORE, &options->request.explain_score, true},
        {KEY_NO_LINKS, &options->links, false},
        {KEY_NO_PAGER, &options->pager, false},
    };

    for (size_t i = 0; i < sizeof(switches) / sizeof(switches[0]); i++)
        if (switches[i].key == key) {
            *switches[i].member = switches[i].value;
            return true;
        }
    return false;
}

static enum status
set_sort(struct options *options, const char *text, struct error *err)
{
    static const char *const names[] = {"rank", "date", "-date", "words", NULL};
    size_t number = 0;
    enum status status = read_name(text, "sort", names, &number, err);

    if (!status)
        options->request.sort = (enum search_sort)number;
    return status;
}

static enum status
set_color(struct options *options, const char *text, struct error *err)
{
    static const char *const names[] = {"auto", "always", "never", NULL};
    size_t number = 0;
    enum status status = read_name(text, "color", names, &number, err);

    if (!status)
        options->color = (enum option_when)number;
    return status;
}

static enum status
set_fields(struct options *options, const char *text, struct error *err)
{
    const char *bad;
    size_t size;

    options->fields = text;
    if (render_fields_known(text, &bad, &size))
        return STATUS_OK;
    return error_set(err, STATUS_USAGE,
                     "--fields has no \"%.*s\"; nsearch(1) lists what there is",
                     (int)size, bad);
}

static enum status
set_number(struct options *options, int key, const char *text,
           struct error *err)
{
    size_t number = 0;
    enum status status;

    switch (key) {
    case 'n':
        return read_number(text, "limit", HITS_MAX, &options->request.limit,
                           err);
    case KEY_OFFSET:
        return read_number(text, "offset", HITS_MAX, &options->request.offset,
                           err);
    case KEY_SNIPPET:
        return read_number(text, "snippet", SNIPPET_MAX,
                           &options->request.snippet_width, err);
    case KEY_TIME_LIMIT:
        status = read_number(text, "time-limit", 3600000, &number, err);
        options->request.time_limit = (unsigned)number;
        return status;
    default:
        status = read_number(text, "format-version", 1000, &number, err);
        options->format_version = (int)number;
        return status;
    }
}

static enum status
set_option(struct options *options, int key, const char *text,
           struct error *err)
{
    size_t number = 0;
    enum status status;

    if (set_switch(options, key))
        return STATUS_OK;
    switch (key) {
    case 'd':
        options->dir = text;
        return STATUS_OK;
    case 'e':
        add_query(options, text);
        return STATUS_OK;
    case 'f':
        return read_query_file(options, text, err);
    case KEY_SORT:
        return set_sort(options, text, err);
    case KEY_JSON:
        return set_format(options, "json", err);
    case KEY_FORMAT:
        return set_format(options, text, err);
    case KEY_FIELDS:
        return set_fields(options, text, err);
    case KEY_COLOR:
        return set_color(options, text, err);
    case KEY_FACET:
        status = read_facet(text, "facet", &number, err);
        options->request.facets |= 1u << number;
        return status;
    case KEY_VALUES:
        options->show_values = true;
        status = read_facet(text, "values", &number, err);
        options->values = (enum search_facet)number;
        return status;
    default:
        return set_number(options, key, text, err);
    }
}

/* getopt's two lists, out of the one above. */
static void
make_lists(struct option *longs, char *shorts)
{
    *shorts++ = ':';
    for (size_t i = 0; i < CHOICES; i++) {
        longs[i] = (struct option){choices[i].name,
                                   choices[i].argument ? required_argument
                                                       : no_argument,
                                   NULL, choices[i].key};
        if (choices[i].key >= KEY_FIRST)
            continue;
        *shorts++ = (char)choices[i].key;
        if (choices[i].argument)
            *shorts++ = ':';
    }
    *shorts = '\0';
    longs[CHOICES] = (struct option){0};
}

static enum options_result
bad_option(int key, const char *word, struct error *err)
{
    if (key == ':')
        error_set(err, STATUS_USAGE, "%s wants a value; see nsearch --help",
                  word);
    else
        error_set(err, STATUS_USAGE, "no such option: %s; see nsearch --help",
                  word);
    return OPTIONS_BAD;
}

/* What follows from options together. */
static void
settle(struct options *options)
{
    if (options->nul)
        options->paths = true;
    options->request.advice = !options->quiet;
    if (options->count || options->quiet)
        options->request.limit = 0;
    options->request.plain = options->paths;
    if (options->paths || options->one_line || options->request.keywords)
        options->request.snippet_width = 0;
}

enum options_result
options_read(struct options *options, int argc, char **argv, struct error *err)
{
    struct option longs[CHOICES + 1];
    char shorts[2 * CHOICES + 2];
    int key;

    *options = (struct options){
        .query = BUF_INIT,
        .request = SEARCH_REQUEST_INIT,
        .renderer = renderer_find("text"),
        .format_version = RENDER_VERSION,
        .links = true,
        .pager = true,
    };
    make_lists(longs, shorts);
    opterr = 0;
    while ((key = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
        if (key == 'h')
            return OPTIONS_HELP;
        if (key == 'V')
            return OPTIONS_VERSION;
        if (key == ':' || key == '?')
            return bad_option(key, argv[optind - 1], err);
        if (set_option(options, key, optarg, err))
            return OPTIONS_BAD;
    }
    for (int i = optind; i < argc; i++)
        add_query(options, argv[i]);
    settle(options);
    if (!options->query.size && !options->show_values) {
        error_set(err, STATUS_USAGE,
                  "what should be searched for?  nsearch \"some words\"; see "
                  "nsearch --help");
        return OPTIONS_BAD;
    }
    return OPTIONS_RUN;
}
