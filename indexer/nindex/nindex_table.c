#include "indexer/nindex/nindex_table.h"

#include "corpus/base/count.h"
#include "corpus/command/completion.h"
#include "corpus/formats/reader.h"
#include "corpus/input/charset_labels.h"
#include "indexer/analysis/analysis.h"

static void
add_formats(struct choices *choices)
{
    const struct format *const *format = reader_formats();

    for (; *format; format++)
        choices_add(choices, (*format)->name, (*format)->about);
}

static void
add_languages(struct choices *choices)
{
    const char *const *language = analysis_languages();

    for (; *language; language++) {
        const char *code = analysis_language_code(*language);

        choices_add(choices, code ? code : *language, *language);
    }
    choices_add(choices, "none", "no stems");
}

static void
add_charsets(struct choices *choices)
{
    const char *name;

    for (size_t i = 0; (name = charset_listed(i)); i++)
        choices_add(choices, name, "");
}

static void
add_all(struct choices *choices)
{
    choices_add(choices, "all", "");
}

enum {
    ADD = 1u << COMMAND_ADD,
    AUDIT = 1u << COMMAND_AUDIT,
    CHECK = 1u << COMMAND_CHECK,
    DELETE = 1u << COMMAND_DELETE,
    INFO = 1u << COMMAND_INFO,
    OPTIMIZE = 1u << COMMAND_OPTIMIZE,
    WRITING =
        ADD | DELETE | OPTIMIZE | 1u << COMMAND_REPAIR | 1u << COMMAND_UPGRADE
};

/* In the order of the help. */
static const struct option_row options[] = {
    {'d', "archive", "DIR", VALUE_FOLDER, .about = "the archive's folder"},
    {KEY_LANGUAGE, "language", "LANG", VALUE_CHOICE, .choices = add_languages,
     .commands = ADD,
     .about = "of a new archive: \"en\", \"french\", ... or \"none\""},
    {KEY_PRUNE, "prune", "[=all]", VALUE_CHOICE, .choices = add_all,
     .commands = ADD,
     .about = "drop articles whose files are gone from these folders"},
    {KEY_AGAIN, "again", .commands = ADD, .about = "read unchanged files, too"},
    {KEY_ALL_PAGES, "all-pages", .commands = ADD,
     .about = "index listings, players and stubs, too"},
    {KEY_FORMAT, "format", "NAME", VALUE_CHOICE, .choices = add_formats,
     .commands = ADD, .about = "do not guess the format"},
    {KEY_CHARSET, "charset", "NAME", VALUE_CHOICE, .choices = add_charsets,
     .commands = ADD, .about = "do not believe the files"},
    {KEY_MAP, "map", "COLUMN=NAME,...", VALUE_OTHER, .commands = ADD,
     .about = "what the columns of a table are"},
    {KEY_DRY_RUN, "dry-run", .commands = ADD,
     .about = "read, say what was found by which rule, and change nothing"},
    {KEY_REPORT, "report", "FILE", VALUE_FILE, .commands = ADD,
     .about = "write what was read from where in each file"},
    {KEY_EXPLAIN, "explain", "FILE", VALUE_FILE, .commands = ADD,
     .about = "show what is read from a file, and from where in it"},
    {KEY_STRICT, "strict", .commands = ADD,
     .about = "exit with 1 if a file failed"},
    {KEY_CRON, "cron", .commands = ADD,
     .about = "say nothing unless something is wrong"},
    {KEY_WORKERS, "workers", "N", VALUE_OTHER, .commands = ADD,
     .about = "processes that parse (default: one per core)"},
    {KEY_REQUIRE_SANDBOX, "require-sandbox", .commands = ADD,
     .about = "rather read nothing than without a whole one"},
    {KEY_THREADS, "threads", "N", VALUE_OTHER, .commands = ADD,
     .about = "threads that index (default: one per core)"},
    {KEY_MEMORY, "memory", "MB", VALUE_OTHER, .commands = WRITING,
     .about = "for each of these threads (default: 256)"},
    {KEY_COMMIT_EVERY, "commit-every", "SECONDS", VALUE_OTHER, .commands = ADD,
     .about = "keep what was read so far (default: 300; 0: never)"},
    {KEY_FILE_TIME, "file-time", "SECONDS", VALUE_OTHER, .commands = ADD,
     .about = "of CPU to parse a file, and 1 a MB (default: 5)"},
    {KEY_PATIENCE, "patience", "SECONDS", VALUE_OTHER, .commands = ADD,
     .about = "for all files that take too long (default: 30)"},
    {KEY_FILE_MEMORY, "file-memory", "MB", VALUE_OTHER, .commands = ADD,
     .about = "for a process that parses (default: 1024)"},
    {KEY_QUICK, "quick", .commands = CHECK, .about = "only names and sizes"},
    {KEY_FULL, "full", .commands = CHECK, .about = "what the bytes mean, too"},
    {KEY_REASON, "reason", "TEXT", VALUE_OTHER, .commands = DELETE,
     .about = "is kept with the deletion"},
    {KEY_REBUILD_RANKED, "rebuild-ranked", .commands = OPTIMIZE,
     .about = "merge nothing, make the ranked indexes again"},
    {KEY_REMOVE_DAMAGED, "remove-damaged", .commands = DELETE,
     .about = "remove what repair has kept, too"},
    {KEY_UNDELETE, "undelete", .commands = DELETE,
     .about = "let them come back"},
    {KEY_FAILURES, "failures", .commands = INFO,
     .about = "list the files that failed, and why"},
    {KEY_JSON, "json", .commands = AUDIT | INFO, .about = "for programs"},
    {KEY_SINCE_LAST, "since-last", .commands = INFO,
     .about = "list the files that the last run has read"},
    {KEY_SVG, "svg", .commands = AUDIT,
     .about = "a calendar of the days, as a picture"},
    {'q', "quiet", .about = "no summary and no progress"},
    {KEY_FORMATS, "formats", .about = "list the formats"},
    {KEY_LANGUAGES, "languages", .about = "list the languages"},
    {KEY_COMPLETION, "completion", "SHELL", VALUE_CHOICE,
     .choices = completion_shells},
    {'h', "help", .about = "this text"},
    {KEY_VERSION, "version", .about = "the program's version"},
};

static const struct command_row commands[COMMAND_COUNT] = {
    [COMMAND_ADD] = {"add", "PATH", VALUE_FILE,
                     .about = "bring the archive up to date with files and "
                              "folders"},
    [COMMAND_AUDIT] = {"audit", .about = "what does the archive lack, by its "
                                         "own rhythm?"},
    [COMMAND_CHECK] = {"check", .about = "is the archive sound?"},
    [COMMAND_DELETE] = {"delete", "KEY|URL", VALUE_OTHER,
                        .about = "take articles down for good"},
    [COMMAND_DUMP] = {"dump", "[KEY|URL]", VALUE_OTHER,
                      .about = "print these or all articles as JSON Lines"},
    [COMMAND_EXPORT] = {"export", "FILE.db", VALUE_FILE, .single = true,
                        .about = "write one database for SQL and Datasette"},
    [COMMAND_INFO] = {"info", .about = "what is in the archive"},
    [COMMAND_OPTIMIZE] = {"optimize", .about = "merge all segments into one"},
    [COMMAND_REPAIR] = {"repair",
                        .about = "rescue what is left of damaged segments"},
    [COMMAND_UPGRADE] = {"upgrade",
                         .about = "bring an archive of earlier programs up to "
                                  "date"},
};

const struct program nindex_program = {
    .name = "nindex",
    .option = options,
    .options = COUNT(options),
    .command = commands,
    .commands = COMMAND_COUNT,
};
