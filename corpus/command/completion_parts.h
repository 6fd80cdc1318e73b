/*
 * corpus/command/completion_parts.h - what the files of completion.h share;
 * nobody else includes it.
 *
 *     completion.c        the scripts, put together
 *     completion_SHELL.c  a program's table, as the shell wants it
 */
#ifndef CORPUS_COMPLETION_PARTS_H
#define CORPUS_COMPLETION_PARTS_H

#include <stdbool.h>

#include "corpus/command/completion.h"

/* The lines of completion.SHELL and completion_query.SHELL, ended by NULL;
 * made from these files when the program is built. */
extern const char *const completion_bash_lines[];
extern const char *const completion_fish_lines[];
extern const char *const completion_zsh_lines[];
extern const char *const completion_query_bash_lines[];
extern const char *const completion_query_fish_lines[];
extern const char *const completion_query_zsh_lines[];

void completion_bash(const struct program *program, struct buf *out);
void completion_fish(const struct program *program, struct buf *out);
void completion_zsh(const struct program *program, struct buf *out);

/* Append a text, with a backslash before each byte that is in `special`. */
void completion_escape(struct buf *out, const char *text, const char *special);

/* Append a text in single quotes, as bash and zsh have them. */
void completion_quote(struct buf *out, const char *text);

/* Append "'' | add | delete": the commands that a set of bits stands for, and
 * that there is none yet; with `between` between them. */
void completion_commands(const struct program *program, unsigned commands,
                         const char *between, struct buf *out);

/* Is this the first option that belongs to just these commands? */
bool completion_begins_group(const struct program *program, size_t option);

/* The fields of the program's queries; none if it has no queries. */
void completion_fields(const struct program *program, struct choices *fields);

/* Append the spellings of the field with that number, and return the number of
 * the next field. */
size_t completion_spellings(const struct choices *fields, size_t number,
                            const char *between, struct buf *out);

/* Append functions that bash and zsh read alike: which word is a command, and
 * which field has which values. */
void completion_command_function(const struct program *program,
                                 struct buf *out);
void completion_facet_cases(const struct choices *fields, struct buf *out);

#endif
