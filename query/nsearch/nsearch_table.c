#include "query/nsearch/nsearch_table.h"

#include "corpus/base/count.h"
#include "corpus/command/completion.h"
#include "query/render/render.h"
#include "query/search/fields.h"

/* Those of the search page, and what they were called here. */
static void
add_sorts(struct choices *choices)
{
    const char *name;

    for (size_t i = 0; (name = search_sort_name(i)); i++)
        choices_add(choices, name, search_sort_title(search_sort_of(i)));
}

/* In the order of enum option_when. */
static void
add_whens(struct choices *choices)
{
    choices_add(choices, "auto", "on a terminal");
    choices_add(choices, "always", "");
    choices_add(choices, "never", "");
}

/* In the order of enum option_copies. */
static void
add_copies(struct choices *choices)
{
    choices_add(choices, "fold", "the first hit tells of the others");
    choices_add(choices, "show", "each is a hit like others");
}

/* In the order of enum render_kwic. */
static void
add_kwic_orders(struct choices *choices)
{
    choices_add(choices, "rank", "as the hits are");
    choices_add(choices, "left", "the words before");
    choices_add(choices, "right", "the words after");
    choices_add(choices, "date", "oldest first");
}

static void
add_formats(struct choices *choices)
{
    for (const struct renderer *row = renderers(); row->name; row++)
        choices_add(choices, row->name, row->about);
}

static void
add_columns(struct choices *choices)
{
    const char *name;

    for (size_t i = 0; (name = render_field(i)); i++)
        choices_add(choices, name, "");
}

static void
add_facets(struct choices *choices)
{
    for (int i = 0; i < FACET_COUNT; i++)
        choices_add(choices, search_facet_name((enum search_facet)i), "");
}

/* The facets that are dates, in their order. */
static void
add_units(struct choices *choices)
{
    for (int i = FACET_YEAR; i < FACET_COUNT; i++)
        choices_add(choices, search_facet_name((enum search_facet)i), "");
}

static void
add_fields(struct choices *choices)
{
    struct search_field field;

    for (int i = 0; search_field(i, &field); i++) {
        struct choice choice = {.about = field.about};

        if (field.facet != FACET_COUNT)
            choice.values = search_facet_name(field.facet);
        for (size_t k = 0; field.spelling[k]; k++) {
            choice.name = field.spelling[k];
            choice.other = k > 0;
            choices_add_field(choices, &choice);
        }
    }
}

/* In the order of the help. */
static const struct option_row options[] = {
    {'d', "archive", "DIR", VALUE_FOLDER,
     .about = "search the archive in DIR; several are one"},
    {'n', "limit", "N", VALUE_OTHER, .about = "show at most N hits (10)"},
    {KEY_OFFSET, "offset", "N", VALUE_OTHER, .about = "pass over the first N"},
    {KEY_SORT, "sort", "ORDER", VALUE_CHOICE, .choices = add_sorts},
    {KEY_RECENT, "recent", .about = "let newer articles weigh more"},
    {KEY_NO_COMPOUNDS, "no-compounds",
     .about = "a word is not found as part of another"},
    {KEY_COPIES, "copies", "HOW", VALUE_CHOICE, .choices = add_copies,
     .about = "what happens to hits that tell the same story (fold)"},
    {KEY_FIRST, "first", .about = "the first mention: the oldest hit"},
    {KEY_LAST, "last", .about = "the latest mention"},
    {'c', "count", .about = "print how many articles match"},
    {'1', "one-line", .about = "one line for each hit"},
    {'l', "files", .about = "print the files of the hits"},
    {'0', "null", .about = "end file names with a NUL; implies -l"},
    {KEY_SHOW, "show", "KEY|N", VALUE_OTHER,
     .about = "read one article, by its key or as the Nth hit"},
    {KEY_OPEN, "open", "KEY|N", VALUE_OTHER,
     .about = "open its address or file in the browser"},
    {KEY_LIKE, "like", "KEY", VALUE_OTHER,
     .about = "what is like an article: other reports, not copies"},
    {'q', "quiet", .about = "print nothing; the exit status tells"},
    {KEY_FORMAT, "format", "NAME", VALUE_CHOICE, .choices = add_formats,
     .about = "how to print hits; see below"},
    {KEY_JSON, "json", .about = "the same as --format json"},
    {KEY_FORMAT_VERSION, "format-version", "N", VALUE_OTHER,
     .about = "the version a program wants"},
    {KEY_FIELDS, "fields", "LIST", VALUE_LIST, .choices = add_columns,
     .about = "columns of csv and tsv"},
    {KEY_FORMAT_STRING, "format-string", "TEXT", VALUE_OTHER,
     .about = "print hits as \"{date} {headline}\\n\" has them"},
    {KEY_FACET, "facet", "NAME", VALUE_CHOICE, .choices = add_facets,
     .repeated = true, .about = "count by source, byline, section, ..."},
    {KEY_FACET_LIMIT, "facet-limit", "N", VALUE_OTHER,
     .about = "values of a facet that are shown (20 in text); 0: all"},
    {KEY_ONLY, "only", "FACET=VALUE", VALUE_OTHER, .repeated = true,
     .about = "articles that have this whole value"},
    {KEY_DIFF, "diff",
     .about = "the arguments are two keys: what the second says otherwise"},
    {KEY_TREND, "trend",
     .about = "each argument is a search: draw them over time"},
    {KEY_BY, "by", "UNIT", VALUE_CHOICE, .choices = add_units,
     .about = "of time in --trend; what suits if it is not given"},
    {KEY_KWIC, "kwic", .about = "show every match in its line"},
    {KEY_KWIC_SORT, "kwic-sort", "ORDER", VALUE_CHOICE,
     .choices = add_kwic_orders, .about = "what lines of --kwic are sorted by"},
    {KEY_COLLOCATES, "collocates", "[=N]", VALUE_OTHER,
     .about = "count the words within N (5) of those of the query"},
    {KEY_RELATED, "related",
     .about = "print the words that keep company with the query's"},
    {KEY_SNIPPET, "snippet", "BYTES", VALUE_OTHER,
     .about = "length of a passage (240); 0: none"},
    {KEY_EXPLAIN, "explain", .about = "say how the query was understood"},
    {KEY_EXPLAIN_SCORE, "explain-score",
     .about = "say what a score is made of"},
    {KEY_RECEIPT, "receipt",
     .about = "add what was searched, to be cited and done again"},
    {KEY_RECEIPT_CHECK, "receipt-check", "FILE", VALUE_FILE,
     .about = "search again, and say what has changed since"},
    {KEY_TIME_LIMIT, "time-limit", "MS", VALUE_OTHER,
     .about = "stop after so many milliseconds"},
    {'e', "query", "QUERY", VALUE_QUERY, .choices = add_fields,
     .repeated = true, .about = "one that may begin with '-'"},
    {KEY_SAVED, "saved", "NAME", VALUE_OTHER, .repeated = true,
     .about = "a query that has this name; without one: list them"},
    {KEY_SAVE, "save", "NAME", VALUE_OTHER,
     .about = "give the query a name, and count its hits as known"},
    {KEY_FORGET, "forget", "NAME", VALUE_OTHER,
     .about = "take the name from a query again"},
    {KEY_NEW, "new", "NAME", VALUE_OTHER,
     .about = "print what a saved query finds that is not known"},
    {KEY_SPOOL, "spool", "DIR", VALUE_FOLDER,
     .about = "put what is new into a file of DIR"},
    {'f', "query-file", "FILE", VALUE_FILE,
     .about = "read the query from FILE; -: from stdin"},
    {KEY_WIDTH, "width", "N", VALUE_OTHER,
     .about = "columns to fill (those of the terminal)"},
    {KEY_COLOR, "color", "WHEN", VALUE_CHOICE, .choices = add_whens},
    {KEY_HYPERLINK_FORMAT, "hyperlink-format", "FORM", VALUE_OTHER,
     .about = "of links: none, or with {url} {path} {host} {key}"},
    {KEY_NO_LINKS, "no-links", .about = "headlines are not links"},
    {KEY_NO_PAGER, "no-pager", .about = "never use a pager"},
    {KEY_VALUES, "values", "FACET", VALUE_CHOICE, .choices = add_facets,
     .about = "print the values that a facet has"},
    {KEY_EXHAUSTIVE, "exhaustive",
     .about = "score every match, without short cuts"},
    {KEY_TIMING, "timing", .about = "say how long each step took"},
    {KEY_COMPLETION, "completion", "SHELL", VALUE_CHOICE,
     .choices = completion_shells},
    {'h', "help", .about = "this text"},
    {'V', "version", .about = "the version"},
};

static const struct command_row commands[] = {
    {.value = "QUERY", .kind = VALUE_QUERY, .choices = add_fields},
};

const struct program nsearch_program = {
    .name = "nsearch",
    .option = options,
    .options = COUNT(options),
    .command = commands,
    .commands = 1,
};
