/* The command line of nindex(1). */
#include "indexer/nindex/nindex.h"

#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

#include "corpus/formats/reader.h"
#include "corpus/input/charset_labels.h"
#include "indexer/analysis/analysis.h"
#include "indexer/archive/folder.h"

/* Which sub-commands take an option. */
enum {
    FOR_ADD = 1,
    FOR_CHECK = 2,
    FOR_DELETE = 4,
    FOR_DUMP = 8,
    FOR_INFO = 16,
    FOR_OPTIMIZE = 32,
    FOR_REPAIR = 64,
    FOR_ALL = 127,
    FOR_WRITING = FOR_ADD | FOR_DELETE | FOR_OPTIMIZE | FOR_REPAIR
};

static const struct command {
    const char *name;
    int bit;
    int (*run)(const struct nindex *nindex);
    size_t least; /* arguments */
    size_t most;
    const char *usage;
    const char *about;
} commands[] = {
    {"add", FOR_ADD, nindex_add, 1, SIZE_MAX, "[add] PATH...",
     "bring the archive up to date with files and folders"},
    {"check", FOR_CHECK, nindex_check, 0, 0, "check", "is the archive sound?"},
    {"delete", FOR_DELETE, nindex_delete, 1, SIZE_MAX, "delete KEY|URL...",
     "take articles down for good"},
    {"dump", FOR_DUMP, nindex_dump, 0, 0, "dump",
     "print all articles as JSON Lines"},
    {"info", FOR_INFO, nindex_info, 0, 0, "info", "what is in the archive"},
    {"optimize", FOR_OPTIMIZE, nindex_optimize, 0, 0, "optimize",
     "merge all segments into one"},
    {"repair", FOR_REPAIR, nindex_repair, 0, 0, "repair",
     "rescue what is left of damaged segments"},
};

enum option_key {
    KEY_AGAIN = 256,
    KEY_ALL_PAGES,
    KEY_CHARSET,
    KEY_CRON,
    KEY_DRY_RUN,
    KEY_EXPLAIN,
    KEY_FAILURES,
    KEY_FORMAT,
    KEY_FORMATS,
    KEY_FULL,
    KEY_HELP,
    KEY_LANGUAGE,
    KEY_LANGUAGES,
    KEY_MEMORY,
    KEY_PRUNE,
    KEY_QUICK,
    KEY_REASON,
    KEY_REBUILD_RANKED,
    KEY_REMOVE_DAMAGED,
    KEY_REPORT,
    KEY_SINCE_LAST,
    KEY_STRICT,
    KEY_THREADS,
    KEY_UNDELETE,
    KEY_VERSION,
    KEY_WORKERS
};

static const struct choice {
    const char *name;
    int key;
    const char *value; /* its name in the help; "[=X]" may be left out */
    int commands;
    const char *about;
} choices[] = {
    {"archive", 'd', "DIR", FOR_ALL, "the archive's folder"},
    {"language", KEY_LANGUAGE, "LANG", FOR_ADD,
     "of a new archive: \"en\", \"french\", ... or \"none\""},
    {"prune", KEY_PRUNE, "[=all]", FOR_ADD,
     "drop articles whose files are gone from these folders"},
    {"again", KEY_AGAIN, NULL, FOR_ADD, "read unchanged files, too"},
    {"all-pages", KEY_ALL_PAGES, NULL, FOR_ADD,
     "index listings, players and stubs, too"},
    {"format", KEY_FORMAT, "NAME", FOR_ADD, "do not guess the format"},
    {"charset", KEY_CHARSET, "NAME", FOR_ADD, "do not believe the files"},
    {"dry-run", KEY_DRY_RUN, NULL, FOR_ADD,
     "read, say what was found by which rule, and change nothing"},
    {"report", KEY_REPORT, "FILE", FOR_ADD,
     "write what was read from where in each file"},
    {"explain", KEY_EXPLAIN, "FILE", FOR_ADD,
     "show what is read from a file, and from where in it"},
    {"strict", KEY_STRICT, NULL, FOR_ADD, "exit with 1 if a file failed"},
    {"cron", KEY_CRON, NULL, FOR_ADD, "say nothing unless something is wrong"},
    {"workers", KEY_WORKERS, "N", FOR_ADD,
     "processes that parse (default: one per core)"},
    {"threads", KEY_THREADS, "N", FOR_ADD,
     "threads that index (default: one per core)"},
    {"memory", KEY_MEMORY, "MB", FOR_WRITING,
     "for each of these threads (default: 256)"},
    {"quick", KEY_QUICK, NULL, FOR_CHECK, "only names and sizes"},
    {"full", KEY_FULL, NULL, FOR_CHECK, "what the bytes mean, too"},
    {"reason", KEY_REASON, "TEXT", FOR_DELETE, "is kept with the deletion"},
    {"rebuild-ranked", KEY_REBUILD_RANKED, NULL, FOR_OPTIMIZE,
     "merge nothing, make the ranked indexes again"},
    {"remove-damaged", KEY_REMOVE_DAMAGED, NULL, FOR_DELETE,
     "remove what repair has kept, too"},
    {"undelete", KEY_UNDELETE, NULL, FOR_DELETE, "let them come back"},
    {"failures", KEY_FAILURES, NULL, FOR_INFO,
     "list the files that failed, and why"},
    {"since-last", KEY_SINCE_LAST, NULL, FOR_INFO,
     "list the files that the last run has read"},
    {"quiet", 'q', NULL, FOR_ALL, "no summary and no progress"},
    {"formats", KEY_FORMATS, NULL, FOR_ALL, "list the formats"},
    {"languages", KEY_LANGUAGES, NULL, FOR_ALL, "list the languages"},
    {"help", 'h', NULL, FOR_ALL, "this text"},
    {"version", KEY_VERSION, NULL, FOR_ALL, "the program's version"},
};

#define CHOICES (sizeof(choices) / sizeof(*choices))
#define COMMANDS (sizeof(commands) / sizeof(*commands))

/* --- options --- */

static void
print_usage(FILE *out)
{
    fputs("usage: nindex [-d DIR] [options] PATH...\n", out);
    for (size_t i = 1; i < COMMANDS; i++)
        fprintf(out, "       nindex [-d DIR] %s\n", commands[i].usage);
}

static void
print_option(const struct choice *choice)
{
    char left[40];
    const char *value = choice->value ? choice->value : "";

    snprintf(left, sizeof(left), "%s--%s%s%s",
             choice->key == 'd'   ? "-d, "
             : choice->key == 'q' ? "-q, "
             : choice->key == 'h' ? "-h, "
                                  : "    ",
             choice->name, *value && *value != '[' ? " " : "", value);
    printf("  %-24s %s\n", left, choice->about);
}

static void
print_help(void)
{
    print_usage(stdout);
    fputs("\nMake an archive of news articles searchable with nsearch.\n"
          "\ncommands:\n",
          stdout);
    for (size_t i = 0; i < COMMANDS; i++)
        printf("  %-24s %s\n", commands[i].usage, commands[i].about);
    fputs("\noptions:\n", stdout);
    for (size_t i = 0; i < CHOICES; i++)
        print_option(&choices[i]);
    fputs("\nThe archive is the folder named by -d, else by $NSEARCH_ARCHIVE,\n"
          "else ~/.local/share/nsearch. The manual: nindex(1).\n",
          stdout);
}

static void
print_formats(void)
{
    const struct format *const *format = reader_formats();

    for (; *format; format++)
        printf("%-12s %s\n", (*format)->name, (*format)->about);
}

static void
print_languages(void)
{
    const char *const *language = analysis_languages();

    for (; *language; language++) {
        const char *code = analysis_language_code(*language);

        printf("%-4s %s\n", code ? code : "", *language);
    }
}

/* Print what was asked for and end.  False if nothing was. */
static bool
is_question(int key)
{
    switch (key) {
    case 'h':
        print_help();
        return true;
    case KEY_VERSION:
        printf("nindex %s\n", NSEARCH_VERSION);
        return true;
    case KEY_FORMATS:
        print_formats();
        return true;
    case KEY_LANGUAGES:
        print_languages();
        return true;
    default:
        return false;
    }
}

static enum status
take_number(const char *text, uint64_t least, uint64_t most, uint64_t *number,
            struct error *err)
{
    char *end;

    *number = strtoull(text, &end, 10);
    if (*text < '0' || *text > '9' || *end || *number < least || *number > most)
        return error_set(err, STATUS_USAGE,
                         "\"%s\" is not a number from %llu to %llu", text,
                         (unsigned long long)least, (unsigned long long)most);
    return STATUS_OK;
}

static enum status
take_value(struct nindex *nindex, int key, const char *value, struct error *err)
{
    uint64_t number = 0;
    enum status status = STATUS_OK;
    const struct format *format;

    switch (key) {
    case KEY_FORMAT:
        return reader_format_named(&format, value, err);
    case KEY_CHARSET:
        if (!charset_name(value))
            status =
                error_set(err, STATUS_USAGE,
                          "\"%s\" is not a charset that is read here", value);
        break;
    case KEY_PRUNE:
        nindex->prune = true;
        nindex->prune_all = value && strcmp(value, "all") == 0;
        if (value && !nindex->prune_all)
            status = error_set(err, STATUS_USAGE,
                               "--prune=%s: only \"all\" "
                               "can follow",
                               value);
        break;
    case KEY_WORKERS:
        status = take_number(value, 0, 256, &number, err);
        nindex->workers = (unsigned)number;
        break;
    case KEY_THREADS:
        status = take_number(value, 1, 256, &number, err);
        nindex->threads = (unsigned)number;
        break;
    case KEY_MEMORY:
        status = take_number(value, 4, 1 << 20, &number, err);
        nindex->memory = number << 20;
        break;
    default:
        break;
    }
    return status;
}

/* The options that only set a member. */
static void
set_member(struct nindex *nindex, int key, const char *value)
{
    const struct {
        int key;
        bool *flag;
        const char **text;
    } members[] = {
        {KEY_AGAIN, &nindex->again, NULL},
        {KEY_ALL_PAGES, &nindex->all_pages, NULL},
        {KEY_CRON, &nindex->cron, NULL},
        {KEY_DRY_RUN, &nindex->dry_run, NULL},
        {KEY_FAILURES, &nindex->failures, NULL},
        {KEY_FULL, &nindex->full, NULL},
        {KEY_QUICK, &nindex->quick, NULL},
        {KEY_REBUILD_RANKED, &nindex->rebuild_ranked, NULL},
        {KEY_REMOVE_DAMAGED, &nindex->remove_damaged, NULL},
        {KEY_SINCE_LAST, &nindex->since_last, NULL},
        {KEY_STRICT, &nindex->strict, NULL},
        {KEY_UNDELETE, &nindex->undelete, NULL},
        {'q', &nindex->quiet, NULL},
        {KEY_CHARSET, NULL, &nindex->charset},
        {KEY_EXPLAIN, NULL, &nindex->explain},
        {KEY_FORMAT, NULL, &nindex->format},
        {KEY_LANGUAGE, NULL, &nindex->language},
        {KEY_REASON, NULL, &nindex->reason},
        {KEY_REPORT, NULL, &nindex->report},
    };

    for (size_t i = 0; i < sizeof(members) / sizeof(*members); i++) {
        if (members[i].key != key)
            continue;
        if (members[i].flag)
            *members[i].flag = true;
        else if (members[i].text)
            *members[i].text = value;
    }
}

static void
make_long_options(struct option options[CHOICES + 1])
{
    memset(options, 0, (CHOICES + 1) * sizeof(*options));
    for (size_t i = 0; i < CHOICES; i++) {
        options[i].name = choices[i].name;
        options[i].val = choices[i].key;
        options[i].has_arg = !choices[i].value          ? no_argument
                             : *choices[i].value == '[' ? optional_argument
                                                        : required_argument;
    }
}

/* Reads all of the command line.  `*given` are the options that were used,
 * as bits of the table.  Returns -1 to go on, else an exit code. */
static int
read_options(struct nindex *nindex, int argc, char **argv, const char **dir,
             bool given[CHOICES])
{
    struct option options[CHOICES + 1];
    struct error err = {0};
    int key;

    make_long_options(options);
    while ((key = getopt_long(argc, argv, "d:qh", options, NULL)) != -1) {
        if (key == '?') {
            print_usage(stderr);
            return EXIT_WRONG_USE;
        }
        if (is_question(key))
            return nindex_flush();
        for (size_t i = 0; i < CHOICES; i++)
            given[i] = given[i] || choices[i].key == key;
        if (key == 'd')
            *dir = optarg;
        set_member(nindex, key, optarg);
        if (take_value(nindex, key, optarg, &err))
            return nindex_failed(&err);
    }
    for (; optind < argc; optind++)
        list_add_text(&nindex->args, argv[optind]);
    return -1;
}

/* The sub-command that the first argument names; "add" if it names none. */
static const struct command *
choose_command(struct list *args)
{
    for (size_t i = 0; args->count > 0 && i < COMMANDS; i++) {
        if (strcmp(args->item[0], commands[i].name) != 0)
            continue;
        free(args->item[0]);
        memmove(args->item, args->item + 1,
                --args->count * sizeof(*args->item));
        return &commands[i];
    }
    return &commands[0];
}

static int
run_command(const struct nindex *nindex, const struct command *command,
            const bool given[CHOICES])
{
    struct error err = {0};

    for (size_t i = 0; i < CHOICES; i++) {
        if (!given[i] || choices[i].commands & command->bit)
            continue;
        error_set(&err, STATUS_USAGE, "--%s means nothing to \"%s\"",
                  choices[i].name, command->name);
        return nindex_failed(&err);
    }
    if (nindex->explain)
        return nindex_explain(nindex);
    if (nindex->args.count < command->least ||
        nindex->args.count > command->most) {
        print_usage(stderr);
        return EXIT_WRONG_USE;
    }
    return command->run(nindex);
}

static unsigned
cores(void)
{
    long count = sysconf(_SC_NPROCESSORS_ONLN);

    return count < 1 ? 1 : count > 64 ? 64 : (unsigned)count;
}

int
main(int argc, char **argv)
{
    struct nindex nindex = {.dir = BUF_INIT};
    bool given[CHOICES] = {false};
    const struct command *command;
    const char *dir = NULL;
    struct error err = {0};
    int code;

    /* Both then come as errors of the write that failed. */
    signal(SIGXFSZ, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
    /* Nobody asks how much memory SQLite has, and counting it makes all
     * threads wait for one another at every allocation. */
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    nindex.workers = cores();
    nindex.threads = cores();
    code = read_options(&nindex, argc, argv, &dir, given);
    if (code < 0) {
        command = choose_command(&nindex.args);
        if (folder_choose(&nindex.dir, dir, getenv("NSEARCH_ARCHIVE"),
                          getenv("XDG_DATA_HOME"), getenv("HOME"), &err))
            code = nindex_failed(&err);
        else
            code = run_command(&nindex, command, given);
    }
    list_release(&nindex.args);
    buf_release(&nindex.dir);
    return code;
}
