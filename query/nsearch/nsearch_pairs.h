/*
 * query/nsearch/nsearch_pairs.h - which options of nsearch(1) go together.
 *
 * A command line asks for one output in one format, and every other option
 * has an effect on some of these or it is refused: none is passed over in
 * silence.  The table is printed in nsearch(1), too.
 */
#ifndef QUERY_NSEARCH_PAIRS_H
#define QUERY_NSEARCH_PAIRS_H

#include "corpus/base/error.h"
#include "query/nsearch/nsearch_options.h"

/*
 * Set options->output from what was given: `given` has one for each row of
 * nsearch_program.  STATUS_USAGE: two options that do not go together; the
 * sentence names both.
 */
enum status pairs_settle(struct options *options, const bool *given,
                         struct error *err);

#endif
