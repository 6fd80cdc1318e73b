/*
 * corpus/command/options.h - what can be said on the command line of a program.
 *
 * Each program has one table of its options and one of its commands.  What
 * getopt wants, what --help says and what a shell completes (completion.h) are
 * made from them; unit tests hold the manual pages against them.
 */
#ifndef CORPUS_OPTIONS_H
#define CORPUS_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "corpus/base/buf.h"
#include "corpus/command/choices.h"

struct option;

/* What follows an option or a command, for those who help to type it. */
enum value_kind {
    VALUE_NONE,
    VALUE_OTHER, /* nobody can guess it: a number, a reason */
    VALUE_FILE,
    VALUE_FOLDER,
    VALUE_CHOICE, /* one of the choices */
    VALUE_LIST,   /* some of them, with commas between */
    VALUE_QUERY   /* words to search for; the choices are fields */
};

/* Keys of options without a letter begin here. */
#define OPTION_KEYS 256

struct option_row {
    int key;           /* the letter, or a number from OPTION_KEYS on */
    const char *name;  /* what follows "--" */
    const char *value; /* what help calls it: "DIR"; "[=all]" can be left
                          out; NULL: there is none */
    enum value_kind kind;
    void (*choices)(struct choices *choices); /* adds what there is */
    bool repeated;                            /* again means more of it */
    unsigned commands; /* bits 1u << number: which take it; 0: all */
    const char *about; /* a line of help; NULL: the choices are listed */
};

struct command_row {
    const char *name;  /* NULL: the only one, and never named */
    const char *value; /* one or more of these are wanted: "PATH", or as many
                          as one likes: "[KEY]"; or NULL */
    enum value_kind kind;
    void (*choices)(struct choices *choices);
    bool single; /* one is all that it takes */
    const char *about;
};

struct program {
    const char *name;
    const struct option_row *option;
    size_t options;
    const struct command_row *command; /* the first need not be named */
    size_t commands;
};

/* Can the value be left out? */
bool option_value_is_optional(const struct option_row *option);

/* May this many words follow the command? */
bool command_takes(const struct command_row *command, size_t words);

/* Does the program's command of that number take the option? */
bool option_is_for(const struct option_row *option, size_t command);

/* Fill getopt_long's two lists: `longs` has room for program->options + 1,
 * `shorts` for two bytes an option and a NUL. */
void options_for_getopt(const struct program *program, struct option *longs,
                        char *shorts);

/* Append what an option is for: its line of help, without the end. */
void option_print_about(const struct option_row *option, struct buf *out);

/* Append a line of help for each option, its text behind `column` bytes. */
void options_print_lines(const struct program *program, int column,
                         struct buf *out);

#endif
