/* The command line of nindex(1). */
#include "indexer/nindex/nindex.h"

#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

#include "corpus/base/ascii.h"
#include "corpus/base/count.h"
#include "corpus/base/mem.h"
#include "corpus/command/completion.h"
#include "corpus/formats/reader.h"
#include "corpus/input/charset_labels.h"
#include "indexer/analysis/analysis.h"
#include "indexer/archive/folder.h"
#include "indexer/nindex/nindex_table.h"

static int (*const runs[COMMAND_COUNT])(const struct nindex *nindex) = {
    [COMMAND_ADD] = nindex_add,       [COMMAND_AUDIT] = nindex_audit,
    [COMMAND_CHECK] = nindex_check,   [COMMAND_DELETE] = nindex_delete,
    [COMMAND_DUMP] = nindex_dump,     [COMMAND_EXPORT] = nindex_export,
    [COMMAND_INFO] = nindex_info,     [COMMAND_OPTIMIZE] = nindex_optimize,
    [COMMAND_REPAIR] = nindex_repair, [COMMAND_UPGRADE] = nindex_upgrade,
};

/* --- options --- */

/* "delete KEY|URL...", and "[add] PATH...", which need not be named. */
static void
add_usage(struct buf *out, enum nindex_command number)
{
    const struct command_row *command = &nindex_program.command[number];

    buf_printf(out, number ? "%s" : "[%s]", command->name);
    if (command->value)
        buf_printf(out, command->single ? " %s" : " %s...", command->value);
}

static void
print_usage(FILE *out)
{
    struct buf usage = BUF_INIT;

    fputs("usage: nindex [-d DIR] [options] PATH...\n", out);
    for (int i = 1; i < COMMAND_COUNT; i++) {
        buf_clear(&usage);
        add_usage(&usage, (enum nindex_command)i);
        fprintf(out, "       nindex [-d DIR] %s\n", usage.data);
    }
    buf_release(&usage);
}

static void
print_help(void)
{
    struct buf usage = BUF_INIT;
    struct buf lines = BUF_INIT;

    print_usage(stdout);
    fputs("\nMake an archive of news articles searchable with nsearch.\n"
          "\ncommands:\n",
          stdout);
    for (int i = 0; i < COMMAND_COUNT; i++) {
        buf_clear(&usage);
        add_usage(&usage, (enum nindex_command)i);
        printf("  %-24s %s\n", usage.data, nindex_program.command[i].about);
    }
    options_print_lines(&nindex_program, 27, &lines);
    printf("\noptions:\n%s"
           "\nThe archive is the folder named by -d, else by "
           "$NSEARCH_ARCHIVE,\n"
           "else ~/.local/share/nsearch. The manual: nindex(1).\n",
           lines.data);
    buf_release(&usage);
    buf_release(&lines);
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

static int
print_completion(const char *shell)
{
    struct choices shells = CHOICES_INIT;
    struct buf text = BUF_INIT;
    struct error err = {0};
    size_t number;
    int code = EXIT_GOOD;

    completion_shells(&shells);
    number = choices_find(&shells, shell);
    if (number < shells.count) {
        completion_print(&nindex_program, number, &text);
        fputs(text.data, stdout);
        code = nindex_flush();
    } else {
        choices_print(&shells, ", ", ", ", &text);
        error_set(&err, STATUS_USAGE, "--completion is one of %s, not \"%s\"",
                  text.data, shell);
        code = nindex_failed(&err);
    }
    choices_release(&shells);
    buf_release(&text);
    return code;
}

static enum status
take_number(const char *text, uint64_t least, uint64_t most, uint64_t *number,
            struct error *err)
{
    char *end;

    *number = strtoull(text, &end, 10);
    if (!ascii_is_digit(*text) || *end || *number < least || *number > most)
        return error_set(err, STATUS_USAGE,
                         "\"%s\" is not a number from %llu to %llu", text,
                         (unsigned long long)least, (unsigned long long)most);
    return STATUS_OK;
}

/* The options whose value is a number. */
static enum status
take_amount(struct nindex *nindex, int key, const char *value,
            struct error *err)
{
    uint64_t number = 0;
    enum status status = STATUS_OK;

    switch (key) {
    case KEY_WORKERS:
        status = take_number(value, 0, 256, &number, err);
        nindex->workers = (unsigned)number;
        break;
    case KEY_THREADS:
        status = take_number(value, 1, 256, &number, err);
        nindex->threads = (unsigned)number;
        break;
    case KEY_COMMIT_EVERY:
        status = take_number(value, 0, 1000000, &number, err);
        nindex->commit_every = (unsigned)number;
        break;
    case KEY_FILE_TIME:
        status = take_number(value, 1, 1000000, &number, err);
        nindex->file_time = (unsigned)number;
        break;
    case KEY_PATIENCE:
        status = take_number(value, 0, 1000000, &number, err);
        nindex->patience = (unsigned)number;
        break;
    case KEY_FILE_MEMORY:
        status = take_number(value, 64, 1 << 20, &number, err);
        nindex->file_memory = number << 20;
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

static enum status
take_value(struct nindex *nindex, int key, const char *value, struct error *err)
{
    enum status status = STATUS_OK;
    const struct format *format;

    switch (key) {
    case KEY_FORMAT:
        return reader_format_named(&format, value, err);
    case KEY_MAP:
        if (!strchr(value, '='))
            status = error_set(err, STATUS_USAGE,
                               "--map wants column=name, and \"%s\" has no "
                               "equals sign",
                               value);
        break;
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
    default:
        return take_amount(nindex, key, value, err);
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
        {KEY_JSON, &nindex->json, NULL},
        {KEY_QUICK, &nindex->quick, NULL},
        {KEY_SVG, &nindex->svg, NULL},
        {KEY_REBUILD_RANKED, &nindex->rebuild_ranked, NULL},
        {KEY_REMOVE_DAMAGED, &nindex->remove_damaged, NULL},
        {KEY_REQUIRE_SANDBOX, &nindex->require_sandbox, NULL},
        {KEY_SINCE_LAST, &nindex->since_last, NULL},
        {KEY_STRICT, &nindex->strict, NULL},
        {KEY_UNDELETE, &nindex->undelete, NULL},
        {'q', &nindex->quiet, NULL},
        {KEY_CHARSET, NULL, &nindex->charset},
        {KEY_EXPLAIN, NULL, &nindex->explain},
        {KEY_FORMAT, NULL, &nindex->format},
        {KEY_LANGUAGE, NULL, &nindex->language},
        {KEY_MAP, NULL, &nindex->map},
        {KEY_REASON, NULL, &nindex->reason},
        {KEY_REPORT, NULL, &nindex->report},
    };

    for (size_t i = 0; i < COUNT(members); i++) {
        if (members[i].key != key)
            continue;
        if (members[i].flag)
            *members[i].flag = true;
        else if (members[i].text)
            *members[i].text = value;
    }
}

/* Reads all of the command line.  `given` are the options that were used, by
 * their numbers in the table.  Returns -1 to go on, else an exit code. */
static int
read_options(struct nindex *nindex, int argc, char **argv, const char **dir,
             bool *given)
{
    const struct program *program = &nindex_program;
    struct option *longs = mem_zero(program->options + 1, sizeof(*longs));
    char *shorts = mem_alloc(2 * program->options + 1);
    struct error err = {0};
    int code = -1;
    int key;

    options_for_getopt(program, longs, shorts);
    while (code < 0 &&
           (key = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
        if (key == '?') {
            print_usage(stderr);
            code = EXIT_WRONG_USE;
            break;
        }
        if (is_question(key)) {
            code = nindex_flush();
            break;
        }
        if (key == KEY_COMPLETION) {
            code = print_completion(optarg);
            break;
        }
        for (size_t i = 0; i < program->options; i++)
            given[i] = given[i] || program->option[i].key == key;
        if (key == 'd')
            *dir = optarg;
        set_member(nindex, key, optarg);
        if (take_value(nindex, key, optarg, &err))
            code = nindex_failed(&err);
    }
    for (; optind < argc; optind++)
        list_add_text(&nindex->args, argv[optind]);
    free(longs);
    free(shorts);
    return code;
}

/* The command that the first argument names; "add" if it names none. */
static enum nindex_command
choose_command(struct list *args)
{
    for (int i = 0; args->count > 0 && i < COMMAND_COUNT; i++) {
        if (strcmp(args->item[0], nindex_program.command[i].name) != 0)
            continue;
        free(args->item[0]);
        memmove(args->item, args->item + 1,
                --args->count * sizeof(*args->item));
        return (enum nindex_command)i;
    }
    return COMMAND_ADD;
}

static int
run_command(const struct nindex *nindex, enum nindex_command number,
            const bool *given)
{
    const struct command_row *command = &nindex_program.command[number];
    struct error err = {0};

    for (size_t i = 0; i < nindex_program.options; i++) {
        const struct option_row *option = &nindex_program.option[i];

        if (!given[i] || option_is_for(option, number))
            continue;
        error_set(&err, STATUS_USAGE, "--%s means nothing to \"%s\"",
                  option->name, command->name);
        return nindex_failed(&err);
    }
    if (nindex->require_sandbox &&
        (nindex->workers == 0 || list_has(&nindex->args, "-"))) {
        error_set(&err, STATUS_USAGE,
                  "--require-sandbox: nindex itself, which reads %s, is in "
                  "none",
                  nindex->workers ? "the standard input"
                                  : "everything with --workers 0");
        return nindex_failed(&err);
    }
    if (nindex->explain)
        return nindex_explain(nindex);
    if (!command_takes(command, nindex->args.count)) {
        print_usage(stderr);
        return EXIT_WRONG_USE;
    }
    return runs[number](nindex);
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
    bool *given = mem_zero(nindex_program.options, sizeof(*given));
    enum nindex_command command;
    const char *dir = NULL;
    struct error err = {0};
    int code;

    /* Both then come as errors of the write that failed. */
    signal(SIGXFSZ, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
    /* Or nobody would learn what a worker died of. */
    signal(SIGCHLD, SIG_DFL);
    /* Nobody asks how much memory SQLite has, and counting it makes all
     * threads wait for one another at every allocation. */
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    nindex.workers = cores();
    nindex.threads = cores();
    nindex.file_time = 5;
    nindex.file_memory = UINT64_C(1) << 30;
    nindex.patience = 30;
    nindex.commit_every = 300;
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
    free(given);
    return code;
}
