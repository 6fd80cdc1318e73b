#include "query/nsearch/nsearch_options.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "corpus/base/count.h"
#include "corpus/base/mem.h"
#include "query/nsearch/nsearch_table.h"

enum {
    HITS_MAX = 1000000,
    SNIPPET_MAX = 100000,
    QUERY_FILE_MAX = 1 << 20
};

void
options_print_help(FILE *out)
{
    struct buf lines = BUF_INIT;

    options_print_lines(&nsearch_program, 29, &lines);
    fputs("usage: nsearch [options] QUERY...\n\n"
          "Search the archive that nindex(1) has made.  nsearch-query(7) "
          "tells what can be asked.\n\n",
          out);
    fputs(lines.data, out);
    fputs("\nformats:", out);
    for (const struct renderer *row = renderers(); row->name; row++)
        fprintf(out, " %s", row->name);
    fputs("\n", out);
    buf_release(&lines);
}

void
options_release(struct options *options)
{
    buf_release(&options->query);
}

static const struct option_row *
row_of(int key)
{
    const struct option_row *row = nsearch_program.option;

    while (row->key != key)
        row++;
    return row;
}

static enum status
read_number(int key, const char *text, size_t most, size_t *out,
            struct error *err)
{
    char *end;
    long long value;

    errno = 0;
    value = strtoll(text, &end, 10);
    if (errno || end == text || *end || value < 0 ||
        (unsigned long long)value > most)
        return error_set(err, STATUS_USAGE,
                         "--%s wants a number from 0 to %zu, not \"%s\"",
                         row_of(key)->name, most, text);
    *out = (size_t)value;
    return STATUS_OK;
}

/* The number of `text` among the choices; an error lists them. */
static enum status
read_choice(int key, const char *text, size_t *out, struct error *err)
{
    const struct option_row *row = row_of(key);
    struct choices choices = CHOICES_INIT;
    struct buf all = BUF_INIT;
    enum status status = STATUS_OK;

    row->choices(&choices);
    *out = choices_find(&choices, text);
    if (*out == choices.count) {
        choices_print(&choices, ", ", ", ", &all);
        status = error_set(err, STATUS_USAGE, "--%s is one of %s, not \"%s\"",
                           row->name, all.data, text);
    }
    choices_release(&choices);
    buf_release(&all);
    return status;
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

    for (size_t i = 0; i < COUNT(switches); i++)
        if (switches[i].key == key) {
            *switches[i].member = switches[i].value;
            return true;
        }
    return false;
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
        return read_number(key, text, HITS_MAX, &options->request.limit, err);
    case KEY_OFFSET:
        return read_number(key, text, HITS_MAX, &options->request.offset, err);
    case KEY_SNIPPET:
        return read_number(key, text, SNIPPET_MAX,
                           &options->request.snippet_width, err);
    case KEY_TIME_LIMIT:
        status = read_number(key, text, 3600000, &number, err);
        options->request.time_limit = (unsigned)number;
        return status;
    default:
        status = read_number(key, text, 1000, &number, err);
        options->format_version = (int)number;
        return status;
    }
}

static enum status
set_choice(struct options *options, int key, const char *text,
           struct error *err)
{
    size_t number = 0;
    enum status status = read_choice(key, text, &number, err);

    if (status)
        return status;
    switch (key) {
    case KEY_SORT:
        options->request.sort = (enum search_sort)number;
        break;
    case KEY_COLOR:
        options->color = (enum option_when)number;
        break;
    case KEY_FACET:
        options->request.facets |= 1u << number;
        break;
    case KEY_VALUES:
        options->show_values = true;
        options->values = (enum search_facet)number;
        break;
    case KEY_COMPLETION:
        options->shell = number;
        break;
    default:
        options->renderer = renderer_find(text);
        break;
    }
    return STATUS_OK;
}

static enum status
set_option(struct options *options, int key, const char *text,
           struct error *err)
{
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
    case KEY_JSON:
        options->renderer = renderer_find("json");
        return STATUS_OK;
    case KEY_FIELDS:
        return set_fields(options, text, err);
    default:
        return row_of(key)->kind == VALUE_CHOICE
                   ? set_choice(options, key, text, err)
                   : set_number(options, key, text, err);
    }
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

static enum options_result
read_all(struct options *options, int argc, char **argv,
         const struct option *longs, const char *shorts, struct error *err)
{
    int key;

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
        if (key == KEY_COMPLETION)
            return OPTIONS_COMPLETION;
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

enum options_result
options_read(struct options *options, int argc, char **argv, struct error *err)
{
    struct option *longs =
        mem_zero(nsearch_program.options + 1, sizeof(*longs));
    char *shorts = mem_alloc(2 * nsearch_program.options + 2);
    enum options_result result;

    *options = (struct options){
        .query = BUF_INIT,
        .request = SEARCH_REQUEST_INIT,
        .renderer = renderer_find("text"),
        .format_version = RENDER_VERSION,
        .links = true,
        .pager = true,
    };
    /* A colon first: tell a missing value from an unknown option. */
    shorts[0] = ':';
    options_for_getopt(&nsearch_program, longs, shorts + 1);
    result = read_all(options, argc, argv, longs, shorts, err);
    free(longs);
    free(shorts);
    return result;
}
