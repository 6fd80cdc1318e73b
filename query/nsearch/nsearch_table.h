/*
 * query/nsearch/nsearch_table.h - the options of nsearch(1), each once.
 *
 * getopt's lists, --help and the completions are made from this table; a test
 * holds nsearch.1 against it.
 */
#ifndef QUERY_NSEARCH_TABLE_H
#define QUERY_NSEARCH_TABLE_H

#include "corpus/command/options.h"

/* What getopt returns for options without a letter. */
enum nsearch_key {
    KEY_OFFSET = OPTION_KEYS,
    KEY_SORT,
    KEY_JSON,
    KEY_FORMAT,
    KEY_FORMAT_VERSION,
    KEY_FIELDS,
    KEY_FACET,
    KEY_KWIC,
    KEY_RELATED,
    KEY_RECENT,
    KEY_EXPLAIN,
    KEY_EXPLAIN_SCORE,
    KEY_SNIPPET,
    KEY_TIME_LIMIT,
    KEY_COLLOCATES,
    KEY_COLOR,
    KEY_NO_LINKS,
    KEY_NO_PAGER,
    KEY_VALUES,
    KEY_EXHAUSTIVE,
    KEY_NO_COMPOUNDS,
    KEY_COPIES,
    KEY_TIMING,
    KEY_SHOW,
    KEY_OPEN,
    KEY_WIDTH,
    KEY_FACET_LIMIT,
    KEY_ONLY,
    KEY_SAVED,
    KEY_SAVE,
    KEY_FORGET,
    KEY_NEW,
    KEY_SPOOL,
    KEY_TREND,
    KEY_DIFF,
    KEY_BY,
    KEY_LIKE,
    KEY_RECEIPT,
    KEY_RECEIPT_CHECK,
    KEY_FIRST,
    KEY_LAST,
    KEY_KWIC_SORT,
    KEY_FORMAT_STRING,
    KEY_HYPERLINK_FORMAT,
    KEY_COMPLETION
};

extern const struct program nsearch_program;

#endif
