#include "query/nsearch/nsearch_options.h"

#include <errno.h>
#include <getopt.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "corpus/base/count.h"
#include "corpus/base/mem.h"
#include "corpus/date/calendar.h"
#include "query/nsearch/nsearch_pairs.h"
#include "query/nsearch/nsearch_settings.h"
#include "query/nsearch/nsearch_table.h"
#include "query/receipt/receipt.h"
#include "query/search/fields.h"
#include "query/watch/saved.h"

enum {
    HITS_MAX = 1000000,
    SNIPPET_MAX = 100000,
    WINDOW = 5,
    WINDOW_MAX = 100,
    WIDTH_MAX = 1000,
    KWIC_BYTES = 240, /* at each side: enough for any terminal and script */
    FACET_VALUES = 20,
    /* Matches of an operator.  Of more, a person who reads the first ten wants
     * to know no more than that. */
    COUNT_ENOUGH = 10000,
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
    list_release(&options->dirs);
    list_release(&options->usual);
    list_release(&options->saved);
    list_release(&options->parts);
    list_release(&options->then);
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

/* Each line of a file is an argument. */
static void
add_lines(struct options *options, const char *text)
{
    while (*text) {
        const size_t size = strcspn(text, "\r\n");

        if (size > strspn(text, " \t"))
            list_add(&options->parts, text, size);
        text += size + (text[size] != '\0');
    }
}

static enum status
read_query_file(struct options *options, const char *path, struct error *err)
{
    bool standard = strcmp(path, "-") == 0;
    FILE *file = standard ? stdin : fopen(path, "rb");
    const size_t before = options->query.size;
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
    for (size_t i = before; i < options->query.size; i++)
        if (options->query.data[i] == '\0')
            options->query.data[i] = ' ';
    add_lines(options, options->query.data + before);
    return status;
}

static void
join_query(struct options *options, const char *text)
{
    if (options->query.size)
        buf_add_byte(&options->query, ' ');
    buf_add_text(&options->query, text);
}

static void
add_query(struct options *options, const char *text)
{
    join_query(options, text);
    list_add_text(&options->parts, text);
}

/* A query of the settings, by its name; the last of that name counts. */
static enum status
add_saved(struct options *options, const char *name, struct error *err)
{
    const char *saved = saved_find(&options->saved, name);

    if (!saved)
        return error_set(err, STATUS_USAGE,
                         "there is no query of the name \"%s\"; give it to "
                         "one with nsearch --save %s WORDS, or put \"saved %s "
                         "WORDS\" into ~/.config/nsearch/config",
                         name, name, name);
    list_add_text(&options->parts, saved);
    join_query(options, "(");
    buf_add_text(&options->query, saved);
    buf_add_byte(&options->query, ')');
    return STATUS_OK;
}

/* --new, --save and --forget. */
static enum status
set_watch(struct options *options, int key, const char *name, struct error *err)
{
    if (!saved_name_is_sound(name))
        return error_set(err, STATUS_USAGE,
                         "a query's name has letters, digits and \"-_.\", and "
                         "begins with one of the first two: \"%s\" does not",
                         name);
    options->watch = name;
    return key == KEY_NEW ? add_saved(options, name, err) : STATUS_OK;
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
        {KEY_NO_COMPOUNDS, &options->request.compounds, false},
        {KEY_TIMING, &options->timing, true},
        {'0', &options->nul, true},
        {KEY_EXPLAIN, &options->request.explain, true},
        {KEY_EXPLAIN_SCORE, &options->request.explain_score, true},
        {KEY_NO_LINKS, &options->links, false},
        {KEY_NO_PAGER, &options->pager, false},
        {KEY_RECEIPT, &options->receipt, true},
        {KEY_FIRST, &options->first, true},
        {KEY_LAST, &options->first, true},
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
set_template(struct options *options, const char *text, struct error *err)
{
    const char *bad;
    size_t size;

    options->template = text;
    if (render_template_known(text, &bad, &size))
        return STATUS_OK;
    return error_set(err, STATUS_USAGE,
                     "--format-string has no \"{%.*s}\"; its names are those "
                     "of --fields",
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
    case KEY_COLLOCATES:
        return text ? read_number(key, text, WINDOW_MAX, &options->window, err)
                    : STATUS_OK;
    case KEY_FACET_LIMIT:
        return read_number(key, text, HITS_MAX, &options->facet_limit, err);
    case KEY_WIDTH:
        return read_number(key, text, WIDTH_MAX, &options->width, err);
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
        options->request.sort = search_sort_of(number);
        break;
    case KEY_KWIC_SORT:
        options->kwic = (enum render_kwic)number;
        break;
    case KEY_COLOR:
        options->color = (enum option_when)number;
        break;
    case KEY_COPIES:
        options->copies = (enum option_copies)number;
        break;
    case KEY_BY:
        options->by = (enum search_facet)(FACET_YEAR + number);
        break;
    case KEY_FACET:
        options->request.facets |= 1u << number;
        break;
    case KEY_VALUES:
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

/* --only: "source=The Herald". */
static enum status
set_only(struct options *options, const char *text, struct error *err)
{
    size_t size = strcspn(text, "=");

    for (int i = 0; text[size] && i < FACET_YEAR; i++) {
        const char *name = search_facet_name((enum search_facet)i);

        if (strlen(name) != size || memcmp(name, text, size) != 0)
            continue;
        options->request.only[i] = text + size + 1;
        return STATUS_OK;
    }
    return error_set(err, STATUS_USAGE,
                     "--only wants %s=VALUE, %s=VALUE or %s=VALUE, not \"%s\"",
                     search_facet_name(FACET_SOURCE),
                     search_facet_name(FACET_BYLINE),
                     search_facet_name(FACET_SECTION), text);
}

/* What a receipt says was asked, is asked. */
static enum status
take_receipt(struct options *options, const char *path, struct error *err)
{
    struct list *then = &options->then;

    if (!receipt_parse(options->query.data, then))
        return error_set(err, STATUS_USAGE,
                         "%s: has no receipt as nsearch --receipt prints it",
                         path);
    buf_set_text(&options->query, receipt_value(then, "query"));
    for (size_t i = 0; i + 1 < then->count; i += 2) {
        if (strcmp(then->item[i], "option") == 0)
            options->request.compounds = false;
        if (strcmp(then->item[i], "only") == 0 &&
            set_only(options, then->item[i + 1], err))
            return STATUS_USAGE;
    }
    return STATUS_OK;
}

static enum status
read_receipt(struct options *options, const char *path, struct error *err)
{
    enum status status;

    if (options->query.size)
        return error_set(err, STATUS_USAGE,
                         "--receipt-check has its query; words before it have "
                         "no effect");
    status = read_query_file(options, path, err);
    return status ? status : take_receipt(options, path, err);
}

static enum status
set_option(struct options *options, int key, const char *text,
           struct error *err)
{
    const struct option_row *row = row_of(key);

    /* What has no value is a switch, or says what is asked for, which
     * nsearch_pairs.c looks at. */
    if (set_switch(options, key) || (!row->value && key != KEY_JSON))
        return STATUS_OK;
    switch (key) {
    case 'd':
        /* A variable of a script that is empty is no folder. */
        if (*text)
            list_add_text(&options->dirs, text);
        return STATUS_OK;
    case 'e':
        add_query(options, text);
        return STATUS_OK;
    case 'f':
        return read_query_file(options, text, err);
    case KEY_JSON:
        options->json = true;
        options->renderer = renderer_find("json");
        return STATUS_OK;
    case KEY_SHOW:
    case KEY_OPEN:
        options->article = text;
        return STATUS_OK;
    case KEY_ONLY:
        return set_only(options, text, err);
    case KEY_SAVED:
        return add_saved(options, text, err);
    case KEY_SAVE:
    case KEY_FORGET:
    case KEY_NEW:
        return set_watch(options, key, text, err);
    case KEY_RECEIPT_CHECK:
        return read_receipt(options, text, err);
    case KEY_LIKE:
        options->like = text;
        return STATUS_OK;
    case KEY_SPOOL:
        options->spool = text;
        return STATUS_OK;
    case KEY_HYPERLINK_FORMAT:
        options->links = strcmp(text, "none") != 0;
        options->link = strcmp(text, "default") != 0 ? text : NULL;
        return STATUS_OK;
    case KEY_FORMAT_STRING:
        return set_template(options, text, err);
    case KEY_FIELDS:
        return set_fields(options, text, err);
    default:
        return row->kind == VALUE_CHOICE ? set_choice(options, key, text, err)
                                         : set_number(options, key, text, err);
    }
}

/* A word that begins with one hyphen and a letter, as one that is to be left
 * out of a search does. */
static bool
leaves_out(const char *word)
{
    return word[0] == '-' && word[1] != '-' && word[1] && word[2];
}

/* The word of the command line that getopt was reading: when it is done with
 * one, it has gone on to the next. */
static const char *
word_of(int argc, char **argv)
{
    const char *before = argv[optind - 1];

    if (optopt && optopt < OPTION_KEYS && optind < argc &&
        !(leaves_out(before) && before[strlen(before) - 1] == optopt) &&
        leaves_out(argv[optind]))
        return argv[optind];
    return before;
}

/* How to leave the word out that was read as options. */
static void
add_hint(const char *word, struct error *err)
{
    const size_t size = strlen(err->text);

    if (leaves_out(word))
        snprintf(err->text + size, sizeof(err->text) - size,
                 "; to leave a word out, put -- before the words: "
                 "nsearch -- WORDS %s",
                 word);
}

/* --- settings ------------------------------------------------------------- */

/* What is a matter of taste, or of the place. */
static bool
is_setting(int key)
{
    static const int settings[] = {
        'n',          KEY_SORT,       KEY_COLOR,       KEY_COPIES,
        KEY_WIDTH,    KEY_SNIPPET,    KEY_FACET_LIMIT, KEY_NO_LINKS,
        KEY_NO_PAGER, KEY_TIME_LIMIT,
    };

    for (size_t i = 0; i < COUNT(settings); i++)
        if (settings[i] == key)
            return true;
    return false;
}

/* A switch is set to yes or no; "no" is what it is anyway. */
static enum status
set_yes(struct options *options, const struct option_row *row,
        const char *value, struct error *err)
{
    if (strcmp(value, "yes") == 0)
        set_switch(options, row->key);
    else if (strcmp(value, "no") != 0)
        return error_set(err, STATUS_USAGE, "%s is yes or no", row->name);
    return STATUS_OK;
}

static enum status
set_setting(void *context, const char *name, const char *value,
            struct error *err)
{
    struct options *options = context;
    struct buf saved = BUF_INIT;

    if (strcmp(name, "archive") == 0) {
        list_add_text(&options->usual, value);
        return STATUS_OK;
    }
    if (strcmp(name, "saved") == 0) {
        size_t size = strcspn(value, " \t");

        buf_add(&saved, value, size);
        buf_printf(&saved, " %s", value + size + strspn(value + size, " \t"));
        list_add(&options->saved, saved.data, saved.size);
        buf_release(&saved);
        return value[size] ? STATUS_OK
                           : error_set(err, STATUS_USAGE,
                                       "saved wants a name and a query");
    }
    for (size_t i = 0; i < nsearch_program.options; i++) {
        const struct option_row *row = &nsearch_program.option[i];

        if (strcmp(row->name, name) == 0 && is_setting(row->key))
            return row->value ? set_option(options, row->key, value, err)
                              : set_yes(options, row, value, err);
    }
    return error_set(err, STATUS_USAGE,
                     "there is no setting \"%s\"; nsearch(1) lists them", name);
}

static enum options_result
bad_option(int key, int argc, char **argv, struct error *err)
{
    const char *word = word_of(argc, argv);

    if (key == ':')
        error_set(err, STATUS_USAGE, "%s wants a value; see nsearch --help",
                  word);
    else if (leaves_out(word))
        error_set(err, STATUS_USAGE,
                  "no such option: -%c in \"%s\"; see nsearch --help", optopt,
                  word);
    else
        error_set(err, STATUS_USAGE, "no such option: %s; see nsearch --help",
                  word);
    add_hint(word, err);
    return OPTIONS_BAD;
}

/* What follows from options together. */
static void
settle(struct options *options)
{
    struct search_request *request = &options->request;
    bool whole =
        options->output == OUTPUT_ARTICLE || options->output == OUTPUT_OPEN;
    size_t rank = options_rank(options);

    if (strcmp(options->renderer->name, "text") == 0 &&
        options->facet_limit == SIZE_MAX)
        options->facet_limit = FACET_VALUES;
    else if (options->facet_limit == SIZE_MAX)
        options->facet_limit = 0;
    request->advice = options->output != OUTPUT_NOTHING;
    if (options->output == OUTPUT_COUNT || options->output == OUTPUT_NOTHING)
        request->limit = 0;
    request->plain = options->output == OUTPUT_FILES;
    request->keywords = options->output == OUTPUT_KWIC;
    /* In the members of a hit it is the usual length. */
    if (request->keywords && !strstr(options->renderer->name, "json"))
        request->keyword_side = KWIC_BYTES;
    if (options->output == OUTPUT_HITS && !request->facets &&
        !options->receipt && strcmp(options->renderer->name, "text") == 0)
        request->enough = COUNT_ENOUGH;
    if (options->output != OUTPUT_HITS && !whole)
        request->snippet_width = 0;
    request->fold = options->output == OUTPUT_HITS &&
                    options->copies == COPIES_FOLD && !options->template &&
                    (strcmp(options->renderer->name, "text") == 0 ||
                     strcmp(options->renderer->name, "json") == 0);
    request->texts =
        whole || options->template || render_fields_want_texts(options->fields);
    if (whole && rank) {
        request->offset = rank - 1;
        request->limit = 1;
    }
}

size_t
options_rank(const struct options *options)
{
    const char *text = options->article;
    size_t digits = text ? strspn(text, "0123456789") : 0;

    if (!options->query.size || digits < 1 || digits > 6 || text[digits])
        return 0;
    return (size_t)strtoul(text, NULL, 10);
}

/* The options of the command line; `given` are the rows that were there. */
static enum options_result
read_options(struct options *options, int argc, char **argv, bool *given,
             struct error *err)
{
    struct option *longs =
        mem_zero(nsearch_program.options + 1, sizeof(*longs));
    char *shorts = mem_alloc(2 * nsearch_program.options + 2);
    enum options_result result = OPTIONS_RUN;
    int key;

    /* A colon first: tell a missing value from an unknown option. */
    shorts[0] = ':';
    options_for_getopt(&nsearch_program, longs, shorts + 1);
    opterr = 0;
    while (result == OPTIONS_RUN &&
           (key = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
        if (key == 'h') {
            result = OPTIONS_HELP;
        } else if (key == 'V') {
            result = OPTIONS_VERSION;
        } else if (key == ':' && optopt == KEY_SAVED) {
            options->list_saved = true;
        } else if (key == ':' || key == '?') {
            result = bad_option(key, argc, argv, err);
        } else if (set_option(options, key, optarg, err)) {
            add_hint(argv[optind - 1], err);
            result = OPTIONS_BAD;
        } else if (key == KEY_COMPLETION) {
            result = OPTIONS_COMPLETION;
        } else {
            given[row_of(key) - nsearch_program.option] = true;
            if (key == 'd' && leaves_out(argv[optind - 1]))
                options->joined = argv[optind - 1];
        }
    }
    free(longs);
    free(shorts);
    return result;
}

/* --first and --last: of the articles that have a date and all that is asked
 * for, in the order of time. */
static void
ask_for_mention(struct options *options, const bool *given)
{
    struct search_request *request = &options->request;

    request->sort = given[row_of(KEY_FIRST) - nsearch_program.option]
                        ? SORT_OLDEST
                        : SORT_NEWEST;
    if (!given[row_of('n') - nsearch_program.option])
        request->limit = 1;
    request->from_day = calendar_day(1, 1, 1);
    request->strict = true;
}

static enum options_result
read_all(struct options *options, int argc, char **argv, bool *given,
         struct error *err)
{
    enum options_result result = read_options(options, argc, argv, given, err);

    if (result != OPTIONS_RUN)
        return result;
    for (int i = optind; i < argc; i++)
        add_query(options, argv[i]);
    if (options->first)
        ask_for_mention(options, given);
    if (pairs_settle(options, given, err))
        return OPTIONS_BAD;
    settle(options);
    if (!options->query.size && !options->article && !options->like &&
        options->output != OUTPUT_VALUES && options->output != OUTPUT_FORGET &&
        options->output != OUTPUT_SAVED) {
        error_set(err, STATUS_USAGE,
                  "what should be searched for?  nsearch \"some words\"; see "
                  "nsearch --help");
        return OPTIONS_BAD;
    }
    return OPTIONS_RUN;
}

enum options_result
options_read(struct options *options, int argc, char **argv,
             const struct list *settings, const char *saved, struct error *err)
{
    const struct settings_reader reader = {set_setting, options};
    bool *given = mem_zero(nsearch_program.options, sizeof(*given));
    enum options_result result;

    *options = (struct options){
        .query = BUF_INIT,
        .request = SEARCH_REQUEST_INIT,
        .renderer = renderer_find("text"),
        .format_version = RENDER_VERSION,
        .facet_limit = SIZE_MAX,
        .by = FACET_COUNT,
        .window = WINDOW,
        .links = true,
        .pager = true,
    };
    for (size_t i = 0; i < settings->count; i++)
        if (settings_read(settings->item[i], &reader, err)) {
            free(given);
            return OPTIONS_BAD;
        }
    if (saved && saved_read(saved, &options->saved, err))
        result = OPTIONS_BAD;
    else
        result = read_all(options, argc, argv, given, err);
    free(given);
    return result;
}
