/*
 * corpus/command/completion.h - what makes a shell complete a command line.
 *
 *     nsearch --completion zsh > /usr/share/zsh/vendor-completions/_nsearch
 *
 * A script is the table of a program, as the shell wants it, and code that is
 * the same for all programs: completion.SHELL, and completion_query.SHELL if
 * something that is typed is a query.  These are shell code as it is, but for
 * the name of the program, which they call PROGRAM, and the lines TABLES and
 * QUERY, which say where the rest goes.
 *
 * What a program has to understand for this is -d and --archive, and, if it
 * takes queries, --values.
 */
#ifndef CORPUS_COMPLETION_H
#define CORPUS_COMPLETION_H

#include <stddef.h>

#include "corpus/base/buf.h"
#include "corpus/command/choices.h"
#include "corpus/command/options.h"

/* Add the shells there are scripts for; their numbers are from 0. */
void completion_shells(struct choices *choices);

/* Append the script for a shell. */
void completion_print(const struct program *program, size_t shell,
                      struct buf *out);

#endif
