#include "corpus/command/completion.h"

#include <string.h>

#include "corpus/base/count.h"
#include "corpus/command/completion_parts.h"

static const struct {
    const char *name;
    const char *const *lines;
    const char *const *query_lines;
    void (*tables)(const struct program *program, struct buf *out);
} shells[] = {
    {"bash", completion_bash_lines, completion_query_bash_lines,
     completion_bash},
    {"zsh", completion_zsh_lines, completion_query_zsh_lines, completion_zsh},
    {"fish", completion_fish_lines, completion_query_fish_lines,
     completion_fish},
};

void
completion_shells(struct choices *choices)
{
    for (size_t i = 0; i < COUNT(shells); i++)
        choices_add(choices, shells[i].name, "");
}

void
completion_escape(struct buf *out, const char *text, const char *special)
{
    for (; *text; text++) {
        if (strchr(special, *text))
            buf_add_byte(out, '\\');
        buf_add_byte(out, *text);
    }
}

void
completion_quote(struct buf *out, const char *text)
{
    buf_add_byte(out, '\'');
    for (; *text; text++)
        if (*text == '\'')
            buf_add_text(out, "'\\''");
        else
            buf_add_byte(out, *text);
    buf_add_byte(out, '\'');
}

void
completion_commands(const struct program *program, unsigned commands,
                    const char *between, struct buf *out)
{
    buf_add_text(out, "''");
    for (size_t i = 0; i < program->commands; i++)
        if (commands & 1u << i)
            buf_printf(out, "%s%s", between, program->command[i].name);
}

bool
completion_begins_group(const struct program *program, size_t option)
{
    for (size_t i = 0; i < option; i++)
        if (program->option[i].commands == program->option[option].commands)
            return false;
    return true;
}

void
completion_fields(const struct program *program, struct choices *fields)
{
    for (size_t i = 0; i < program->commands; i++)
        if (program->command[i].kind == VALUE_QUERY)
            program->command[i].choices(fields);
}

size_t
completion_spellings(const struct choices *fields, size_t number,
                     const char *between, struct buf *out)
{
    buf_add_text(out, fields->item[number++].name);
    for (; number < fields->count && fields->item[number].other; number++)
        buf_printf(out, "%s%s", between, fields->item[number].name);
    return number;
}

void
completion_command_function(const struct program *program, struct buf *out)
{
    const struct command_row *command = program->command;

    buf_add_text(out, "\n_PROGRAM_command()\n{\n");
    if (!command->name) {
        buf_add_text(out, "    :\n}\n");
        return;
    }
    buf_add_text(out, "    case $1 in\n        ");
    for (size_t i = 1; i < program->commands; i++)
        buf_printf(out, "%s%s", i > 1 ? " | " : "", command[i].name);
    buf_printf(out,
               ") command=$1 ;;\n"
               "        *) command=%s ;;\n"
               "    esac\n}\n",
               command->name);
}

void
completion_facet_cases(const struct choices *fields, struct buf *out)
{
    struct buf names = BUF_INIT;

    buf_add_text(out, "    case $1 in\n");
    for (size_t i = 0; i < fields->count;) {
        const char *values = fields->item[i].values;

        buf_clear(&names);
        i = completion_spellings(fields, i, " | ", &names);
        if (values)
            buf_printf(out, "        %s) facet=%s ;;\n", names.data, values);
    }
    buf_add_text(out, "    esac\n");
    buf_release(&names);
}

/* Append a script, with the program's name where it says PROGRAM. */
static void
add_named(struct buf *out, const char *script, const char *name)
{
    const char *at;

    while ((at = strstr(script, "PROGRAM")) != NULL) {
        buf_add(out, script, (size_t)(at - script));
        buf_add_text(out, name);
        script = at + strlen("PROGRAM");
    }
    buf_add_text(out, script);
}

static void
add_lines(struct buf *out, const char *const *line)
{
    for (; *line; line++)
        buf_printf(out, "%s\n", *line);
}

void
completion_print(const struct program *program, size_t shell, struct buf *out)
{
    struct choices fields = CHOICES_INIT;
    struct buf script = BUF_INIT;

    completion_fields(program, &fields);
    for (const char *const *line = shells[shell].lines; *line; line++) {
        if (strcmp(*line, "TABLES") == 0)
            shells[shell].tables(program, &script);
        else if (strcmp(*line, "QUERY") != 0)
            buf_printf(&script, "%s\n", *line);
        else if (fields.count)
            add_lines(&script, shells[shell].query_lines);
    }
    add_named(out, script.data, program->name);
    buf_release(&script);
    choices_release(&fields);
}
