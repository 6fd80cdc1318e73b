/*
 * indexer/nindex/nindex_table.h - the commands and options of nindex(1), each
 * once.
 *
 * getopt's lists, --help and the completions are made from these tables; a
 * test holds nindex.1 against them.
 */
#ifndef INDEXER_NINDEX_TABLE_H
#define INDEXER_NINDEX_TABLE_H

#include "corpus/command/options.h"

/* The numbers of the commands. */
enum nindex_command {
    COMMAND_ADD,
    COMMAND_AUDIT,
    COMMAND_CHECK,
    COMMAND_DELETE,
    COMMAND_DUMP,
    COMMAND_EXPORT,
    COMMAND_INFO,
    COMMAND_OPTIMIZE,
    COMMAND_REPAIR,
    COMMAND_UPGRADE,
    COMMAND_COUNT
};

/* What getopt returns for options without a letter. */
enum nindex_key {
    KEY_AGAIN = OPTION_KEYS,
    KEY_ALL_PAGES,
    KEY_CHARSET,
    KEY_COMMIT_EVERY,
    KEY_COMPLETION,
    KEY_CRON,
    KEY_DRY_RUN,
    KEY_EXPLAIN,
    KEY_FAILURES,
    KEY_FILE_MEMORY,
    KEY_FILE_TIME,
    KEY_FORMAT,
    KEY_FORMATS,
    KEY_FULL,
    KEY_JSON,
    KEY_LANGUAGE,
    KEY_LANGUAGES,
    KEY_MAP,
    KEY_MEMORY,
    KEY_PATIENCE,
    KEY_PRUNE,
    KEY_QUICK,
    KEY_REASON,
    KEY_REBUILD_RANKED,
    KEY_REMOVE_DAMAGED,
    KEY_REPORT,
    KEY_REQUIRE_SANDBOX,
    KEY_SINCE_LAST,
    KEY_STRICT,
    KEY_SVG,
    KEY_THREADS,
    KEY_UNDELETE,
    KEY_VERSION,
    KEY_WORKERS
};

extern const struct program nindex_program;

#endif
