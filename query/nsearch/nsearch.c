/*
 * nsearch - search the archive from a terminal; nsearch(1).
 */
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "corpus/base/utf8.h"
#include "corpus/command/completion.h"
#include "indexer/archive/folder.h"
#include "query/nsearch/nsearch_options.h"
#include "query/nsearch/nsearch_put.h"
#include "query/nsearch/nsearch_read.h"
#include "query/nsearch/nsearch_settings.h"
#include "query/nsearch/nsearch_table.h"
#include "query/nsearch/nsearch_watch.h"
#include "query/receipt/receipt.h"
#include "query/render/render.h"
#include "query/render/render_diff.h"
#include "query/search/related.h"
#include "query/search/search.h"
#include "query/search/timing.h"
#include "query/trend/trend.h"

static bool
wants_color(enum option_when when)
{
    const char *term = getenv("TERM");

    if (when != WHEN_AUTO)
        return when == WHEN_ALWAYS;
    return isatty(STDOUT_FILENO) && !getenv("NO_COLOR") &&
           !(term && strcmp(term, "dumb") == 0);
}

/* -l and -0: the files, once for hits of one that follow each other. */
static void
list_paths(struct buf *out, const struct search_result *result, char end)
{
    const struct buf *last = NULL;

    for (size_t i = 0; i < result->hits; i++) {
        const struct buf *path = &result->hit[i].path;

        if (last && buf_equal(last, path))
            continue;
        /* A program is told the bytes, whatever they are. */
        if (end == '\n' && isatty(STDOUT_FILENO))
            utf8_plain(out, path->data, path->size);
        else
            buf_add(out, path->data, path->size);
        buf_add_byte(out, end);
        last = path;
    }
}

/* A command for the shell that searches for it. */
static void
add_command(struct buf *out, const char *query)
{
    buf_add_text(out, *query == '-' ? "nsearch -e '" : "nsearch '");
    for (const char *c = query; *c; c++)
        if (*c == '\'')
            buf_add_text(out, "'\\''");
        else
            buf_add_byte(out, *c);
    buf_add_byte(out, '\'');
}

static void
print_suggestions(const struct search_result *result)
{
    struct buf line = BUF_INIT;

    for (size_t i = 0; i < result->suggestions; i++) {
        buf_clear(&line);
        buf_printf(&line, "Did you mean \"%s\"?  ",
                   result->suggestion[i].better);
        add_command(&line, result->suggestion[i].query);
        put_note(line.data);
    }
    buf_release(&line);
}

/* What asking for less would find. */
static void
print_ways(const struct search_result *result)
{
    struct buf line = BUF_INIT;

    for (size_t i = 0; i < result->ways; i++) {
        const struct way *way = &result->way[i];

        buf_clear(&line);
        if (*way->part && *way->instead)
            buf_printf(&line, "With %s instead of %s", way->instead, way->part);
        else if (*way->part)
            buf_printf(&line, "Without %s", way->part);
        else
            buf_printf(&line, "With %s alone", way->instead);
        buf_printf(&line, ": %" PRIu64 " article%s.  ", way->total,
                   way->total == 1 ? "" : "s");
        add_command(&line, way->query);
        put_note(line.data);
    }
    buf_release(&line);
}

/* How many there are, for whoever reads a list of them. */
static void
print_count(const struct search_result *result, const struct options *options)
{
    const char *articles = result->total == 1 ? "article" : "articles";

    if (!result->total)
        fprintf(stderr, "nsearch: nothing found in %" PRIu64 " article%s\n",
                result->articles, result->articles == 1 ? "" : "s");
    else if (result->hits < result->total && result->hits)
        fprintf(stderr,
                "nsearch: %zu-%zu of %s%" PRIu64 " matching articles, of "
                "%" PRIu64 "%s\n",
                options->request.offset + 1,
                options->request.offset + result->hits,
                result->more ? "more than " : "", result->total,
                result->articles, result->more ? " (-c counts them all)" : "");
    else if (!result->hits)
        fprintf(stderr, "nsearch: %" PRIu64 " matching %s, of %" PRIu64 "\n",
                result->total, articles, result->articles);
}

static void
print_summary(const struct search_result *result, const struct options *options)
{
    for (size_t i = 0; i < result->notes.count; i++)
        put_note(result->notes.item[i]);
    print_suggestions(result);
    if (result->cut_short)
        fprintf(stderr,
                "nsearch: not finished: the time limit struck; at least "
                "%" PRIu64 " article%s, of %" PRIu64 "\n",
                result->total, result->total == 1 ? " matches" : "s match",
                result->articles);
    else if (strcmp(options->renderer->name, "text") == 0 &&
             options->output != OUTPUT_COUNT &&
             options->output != OUTPUT_ARTICLE)
        print_count(result, options);
    print_ways(result);
}

static void
print_explanation(const struct search_result *result)
{
    struct buf plain = BUF_INIT;

    for (const char *line = result->explanation.data; *line;) {
        size_t size = strcspn(line, "\n");

        utf8_plain(&plain, line, size);
        buf_add_byte(&plain, '\n');
        line += size;
        line += *line == '\n';
    }
    fputs(plain.data, stderr);
    buf_release(&plain);
}

/* The result in the form that was asked for; `*lines`: those of the terminal.
 */
static void
render(struct buf *out, const struct search_result *result,
       const struct options *options, size_t *lines)
{
    char host[256] = "";
    struct render_options form = {
        .query = options->query.data,
        .template = options->template,
        .link = options->link,
        .host = host,
        .fields = options->fields,
        .now = (int64_t)time(NULL),
        .offset = options->request.offset,
        .one_line = options->output == OUTPUT_LINES,
        .keywords = options->request.keywords,
        .near = options->output == OUTPUT_NEAR,
        .kwic = options->kwic,
        .counts = options->request.facets != 0,
        .facet_limit = options->facet_limit,
        .whole = options->output == OUTPUT_ARTICLE,
        .color = wants_color(options->color),
    };

    if (gethostname(host, sizeof(host) - 1) != 0)
        host[0] = '\0';
    put_terminal_size(&form.width, lines);
    form.links = form.color && form.width && options->links;
    if (options->width)
        form.width = options->width;
    options->renderer->render(out, result, &form);
}

/* Everything for stdout. */
static int
show(const struct search_result *result, const struct options *options)
{
    bool text = strcmp(options->renderer->name, "text") == 0;
    struct buf out = BUF_INIT;
    size_t lines = 0;
    int code;

    if (options->output == OUTPUT_COUNT && text)
        buf_printf(&out, "%" PRIu64 "\n", result->total);
    if (options->output == OUTPUT_FILES)
        list_paths(&out, result, options->nul ? '\0' : '\n');
    else
        render(&out, result, options, &lines);
    if (options->receipt && text)
        receipt_print(&result->receipt, &out);
    if (options->request.explain)
        print_explanation(result);
    code = put_out(&out, options->pager ? lines : 0);
    buf_release(&out);
    return code;
}

/* What is new, as it is told. */
static void
render_new(struct buf *out, const struct search_result *result,
           const struct options *options)
{
    struct options plain = *options;
    size_t lines;

    if (options->spool)
        plain.color = WHEN_NEVER;
    render(out, result, &plain, &lines);
}

static void
print_timing(const struct options *options, const struct timing *timing)
{
    struct buf lines = BUF_INIT;

    if (!options->timing)
        return;
    timing_print_lines(timing, "nsearch: ", &lines);
    fputs(lines.data, stderr);
    buf_release(&lines);
}

/* Those of the command line, else of the environment, else of the settings,
 * else the usual one. */
static enum status
choose_archives(const struct options *options, struct list *dirs,
                struct error *err)
{
    const char *named = getenv("NSEARCH_ARCHIVE");
    struct buf dir = BUF_INIT;
    enum status status = STATUS_OK;

    if (options->dirs.count) {
        list_copy(dirs, &options->dirs);
    } else if ((!named || !*named) && options->usual.count) {
        list_copy(dirs, &options->usual);
    } else {
        status = folder_choose(&dir, NULL, named, getenv("XDG_DATA_HOME"),
                               getenv("HOME"), err);
        list_add_text(dirs, dir.data);
    }
    buf_release(&dir);
    return status;
}

/* Put the receipt into the result. */
static enum status
add_receipt(struct search *search, const struct options *options,
            struct search_result *result, struct error *err)
{
    struct receipt receipt = {.query = options->query.data,
                              .now = (int64_t)time(NULL),
                              .keys = true,
                              .program = "nsearch " NSEARCH_VERSION};
    enum status status = choose_archives(options, &receipt.dirs, err);

    if (!status)
        status = receipt_make(search, &receipt, &options->request, result, err);
    list_release(&receipt.dirs);
    return status;
}

/* --receipt-check: is all as it was? */
static int
check_receipt(struct search *search, struct options *options, struct error *err)
{
    struct search_result result = SEARCH_RESULT_INIT;
    struct list differences = LIST_INIT;
    struct buf out = BUF_INIT;
    enum status status;
    int code;

    options->request.text = options->query.data;
    options->request.limit = 0;
    status = search_run(search, &options->request, &result, err);
    if (!status)
        status = add_receipt(search, options, &result, err);
    if (status) {
        code = put_trouble(err->text);
    } else {
        receipt_compare(&options->then, &result.receipt, &differences);
        for (size_t i = 0; i < differences.count; i++)
            buf_printf(&out, "%s\n", differences.item[i]);
        if (!differences.count)
            buf_printf(&out, "the same %s articles\n",
                       receipt_value(&result.receipt, "found"));
        code = put_out(&out, 0);
        if (code == EXIT_FOUND && differences.count)
            code = EXIT_NOTHING;
    }
    buf_release(&out);
    list_release(&differences);
    search_result_release(&result);
    return code;
}

static int
search_and_show(struct search *search, struct options *options,
                struct error *err)
{
    bool whole =
        options->output == OUTPUT_ARTICLE || options->output == OUTPUT_OPEN;
    struct search_result result = SEARCH_RESULT_INIT;
    int code = EXIT_FOUND;
    enum status status;

    options->request.text = options->query.data;
    if (options->like)
        status =
            search_like(search, options->like, &options->request, &result, err);
    else if (options->output == OUTPUT_NEAR)
        status = search_near(search, &options->request,
                             (unsigned)options->window, &result, err);
    else
        status = whole ? read_article(search, options, &result, err)
                       : search_run(search, &options->request, &result, err);
    if (!status && options->receipt)
        status = add_receipt(search, options, &result, err);
    if (!status && options->output == OUTPUT_OPEN)
        status = open_article(&result.hit[0], err);
    if (status) {
        put_trouble(err->text);
        code = status == STATUS_ABSENT ? EXIT_NOTHING : EXIT_TROUBLE;
    } else if (options->output != OUTPUT_NOTHING &&
               options->output != OUTPUT_OPEN) {
        code = show(&result, options);
        print_summary(&result, options);
    }
    if (code == EXIT_FOUND && result.cut_short)
        code = EXIT_UNFINISHED;
    if (code == EXIT_FOUND && !result.total)
        code = EXIT_NOTHING;
    search_result_release(&result);
    return code;
}

/* --values: one value a line, for completions. */
static int
show_values(struct search *search, const struct options *options,
            struct error *err)
{
    struct facet facet = {0};
    struct buf out = BUF_INIT;
    int code;

    if (search_values(search, options->values, &facet, err))
        return put_trouble(err->text);
    for (size_t i = 0; i < facet.values; i++) {
        utf8_plain(&out, facet.value[i].name, strlen(facet.value[i].name));
        buf_add_byte(&out, '\n');
    }
    code = put_out(&out, 0);
    if (code == EXIT_FOUND && !facet.values)
        code = EXIT_NOTHING;
    facet_release(&facet);
    buf_release(&out);
    return code;
}

/* --trend: each argument is a search. */
static int
show_trend(struct search *search, const struct options *options,
           struct error *err)
{
    const char *format = options->renderer->name;
    const bool color = wants_color(options->color);
    struct trend trend = TREND_INIT;
    struct buf out = BUF_INIT;
    size_t width;
    size_t lines;
    int code;

    if (trend_run(search, &options->parts, &options->request, options->by,
                  &trend, err)) {
        trend_release(&trend);
        return put_trouble(err->text);
    }
    put_terminal_size(&width, &lines);
    if (strcmp(format, "json") == 0)
        trend_print_json(&trend, &out);
    else if (strcmp(format, "text") != 0)
        trend_print_table(&trend, *format == 'c' ? ',' : '\t', &out);
    else
        trend_print_text(&trend, options->width ? options->width : width, color,
                         &out);
    code = put_out(&out, options->pager ? lines : 0);
    if (options->parts.count > TREND_LINES)
        put_note("only the first twelve searches are drawn");
    for (size_t i = 0; i < trend.notes.count; i++)
        put_note(trend.notes.item[i]);
    if (code == EXIT_FOUND && trend.cut_short)
        code = EXIT_UNFINISHED;
    if (code == EXIT_FOUND && !trend.points)
        code = EXIT_NOTHING;
    buf_release(&out);
    trend_release(&trend);
    return code;
}

static enum status
fetch(struct search *search, const char *key,
      const struct search_request *request, struct hit *hit, struct error *err)
{
    struct error why = {0};
    enum status status = search_fetch(search, key, request, hit, &why);

    return status ? error_set(err, status, "%s: %s", key, why.text) : STATUS_OK;
}

/* --diff: the arguments are two keys. */
static int
show_diff(struct search *search, const struct options *options,
          struct error *err)
{
    const struct list *keys = &options->parts;
    struct search_request request = options->request;
    struct buf out = BUF_INIT;
    struct hit hit[2];
    size_t width;
    size_t lines;
    bool same;
    int code;

    if (keys->count != 2)
        return put_trouble("--diff wants the keys of two articles");
    request.text = "";
    request.texts = true;
    hit_init(&hit[0]);
    hit_init(&hit[1]);
    if (fetch(search, keys->item[0], &request, &hit[0], err) ||
        fetch(search, keys->item[1], &request, &hit[1], err)) {
        code = put_trouble(err->text);
    } else {
        put_terminal_size(&width, &lines);
        render_diff(&out, &hit[0], &hit[1], wants_color(options->color), &same);
        code = put_out(&out, options->pager ? lines : 0);
        if (same)
            put_note("both have the same text");
    }
    hit_release(&hit[0]);
    hit_release(&hit[1]);
    buf_release(&out);
    return code;
}

/* --related: a word a line, and in how many of the articles it stands. */
static int
show_related(struct search *search, struct options *options, struct error *err)
{
    struct related related = RELATED_INIT;
    struct buf out = BUF_INIT;
    int code;

    options->request.text = options->query.data;
    if (search_related(search, &options->request, &related, err)) {
        related_release(&related);
        return put_trouble(err->text);
    }
    for (size_t i = 0; i < related.words; i++) {
        utf8_plain(&out, related.word[i].word, strlen(related.word[i].word));
        buf_printf(&out, "\t%" PRIu64 "\n", related.word[i].articles);
    }
    code = put_out(&out, 0);
    for (size_t i = 0; i < related.notes.count; i++)
        put_note(related.notes.item[i]);
    buf_clear(&out);
    buf_printf(&out, "words of %" PRIu64 " articles, of %" PRIu64 " that match",
               related.looked, related.total);
    put_note(out.data);
    if (code == EXIT_FOUND && related.cut_short)
        code = EXIT_UNFINISHED;
    if (code == EXIT_FOUND && !related.words)
        code = EXIT_NOTHING;
    related_release(&related);
    buf_release(&out);
    return code;
}

/* Saved searches: what knows no archive, or need not. */
static bool
is_about_saved(const struct options *options)
{
    return options->output == OUTPUT_SAVE || options->output == OUTPUT_FORGET ||
           options->output == OUTPUT_SAVED ||
           (options->watch && options->output <= OUTPUT_LINES);
}

static int
run_saved(struct options *options, struct error *err)
{
    struct watching watching = {.options = options, .render = render_new};
    enum status status = STATUS_OK;
    int code;

    if (options->output == OUTPUT_SAVE || options->output <= OUTPUT_LINES)
        status = choose_archives(options, &watching.dirs, err);
    code = status ? put_trouble(err->text) : watching_run(&watching, err);
    list_release(&watching.dirs);
    return code;
}

static int
run(struct options *options, struct timing *timing, struct error *err)
{
    struct search *search = NULL;
    struct list dirs = LIST_INIT;
    enum status status;
    int code;

    if (is_about_saved(options))
        return run_saved(options, err);
    status = choose_archives(options, &dirs, err);
    if (!status)
        status = search_open_all(&search, &dirs, err);
    list_release(&dirs);
    if (status == STATUS_ABSENT && options->joined)
        error_set(err, status,
                  "\"%s\" was read as the option -d; to leave a word out, put "
                  "-- before the words: nsearch -- WORDS %s",
                  options->joined, options->joined);
    if (status)
        return put_trouble(err->text);
    timing_end(timing, STAGE_OPEN);
    options->request.timing = timing;
    if (options->output == OUTPUT_VALUES)
        code = show_values(search, options, err);
    else if (options->output == OUTPUT_TREND)
        code = show_trend(search, options, err);
    else if (options->output == OUTPUT_DIFF)
        code = show_diff(search, options, err);
    else if (options->output == OUTPUT_CHECK)
        code = check_receipt(search, options, err);
    else if (options->output == OUTPUT_RELATED)
        code = show_related(search, options, err);
    else
        code = search_and_show(search, options, err);
    timing_end(timing, STAGE_RENDER);
    print_timing(options, timing);
    search_close(search);
    return code;
}

static int
print_completion(size_t shell)
{
    struct buf script = BUF_INIT;

    completion_print(&nsearch_program, shell, &script);
    fputs(script.data, stdout);
    buf_release(&script);
    return fflush(stdout) ? put_write_failed() : EXIT_FOUND;
}

static int
check_version(const struct options *options)
{
    if (options->format_version > RENDER_VERSION) {
        fprintf(stderr,
                "nsearch: format version %d is newer than this program; it "
                "writes version %d\n",
                options->format_version, RENDER_VERSION);
        return EXIT_VERSION_NEW;
    }
    if (options->format_version < RENDER_VERSION) {
        fprintf(stderr,
                "nsearch: format version %d is not written any more; this "
                "program writes version %d\n",
                options->format_version, RENDER_VERSION);
        return EXIT_VERSION_OLD;
    }
    return EXIT_FOUND;
}

int
main(int argc, char **argv)
{
    struct options options;
    struct list settings = LIST_INIT;
    struct buf saved = BUF_INIT;
    struct timing timing;
    struct error err = {0};
    int code;

    timing_begin(&timing);
    settings_paths(getenv("XDG_CONFIG_HOME"), getenv("HOME"), &settings);
    watching_saved_path(&saved);

    /* A reader of ours that leaves early is no trouble. */
    signal(SIGPIPE, SIG_IGN);
    switch (options_read(&options, argc, argv, &settings, saved.data, &err)) {
    case OPTIONS_HELP:
        options_print_help(stdout);
        code = fflush(stdout) ? put_write_failed() : EXIT_FOUND;
        break;
    case OPTIONS_VERSION:
        printf("nsearch %s\n", NSEARCH_VERSION);
        code = fflush(stdout) ? put_write_failed() : EXIT_FOUND;
        break;
    case OPTIONS_COMPLETION:
        code = print_completion(options.shell);
        break;
    case OPTIONS_BAD:
        code = put_trouble(err.text);
        break;
    case OPTIONS_RUN:
    default:
        options.request.now = search_clock((int64_t)time(NULL));
        code = check_version(&options);
        if (code == EXIT_FOUND)
            code = run(&options, &timing, &err);
        break;
    }
    options_release(&options);
    list_release(&settings);
    buf_release(&saved);
    return code;
}
