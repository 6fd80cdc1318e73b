#include "corpus/command/completion_parts.h"

/* What is typed behind an option, and behind none, as completion.bash calls
 * it. */
static const char *const kinds[] = {
    [VALUE_NONE] = "none",     [VALUE_OTHER] = "other",   [VALUE_FILE] = "file",
    [VALUE_FOLDER] = "folder", [VALUE_CHOICE] = "choice", [VALUE_LIST] = "list",
    [VALUE_QUERY] = "query",
};

static void
add_value(const struct option_row *option, struct buf *out)
{
    struct choices choices = CHOICES_INIT;

    if (!option->value)
        return;
    buf_add_text(out, "        ");
    if (option->key < OPTION_KEYS)
        buf_printf(out, "-%c | ", option->key);
    buf_printf(out, "--%s%s) kind='%s'", option->name,
               option_value_is_optional(option) ? "=" : "",
               kinds[option->kind]);
    if (option->kind == VALUE_CHOICE || option->kind == VALUE_LIST) {
        option->choices(&choices);
        buf_add_text(out, " choices=(");
        for (size_t i = 0; i < choices.count; i++) {
            buf_add_text(out, i ? " " : "");
            completion_quote(out, choices.item[i].name);
        }
        buf_add_byte(out, ')');
    }
    buf_add_text(out, " ;;\n");
    choices_release(&choices);
}

static void
add_name(const struct option_row *option, struct buf *out)
{
    struct choices choices = CHOICES_INIT;

    buf_printf(out, " --%s", option->name);
    if (!option_value_is_optional(option) || !option->choices)
        return;
    option->choices(&choices);
    for (size_t i = 0; i < choices.count; i++)
        buf_printf(out, " --%s=%s", option->name, choices.item[i].name);
    choices_release(&choices);
}

/* Choose the options of the command that is typed. */
static void
add_names(const struct program *program, struct buf *out)
{
    for (size_t i = 0; i < program->options; i++) {
        unsigned commands = program->option[i].commands;

        if (!completion_begins_group(program, i))
            continue;
        if (commands) {
            buf_add_text(out, "    case $command in\n        ");
            completion_commands(program, commands, " | ", out);
            buf_add_text(out, ") choices+=(");
        } else {
            buf_add_text(out, "    choices+=(");
        }
        for (size_t k = i; k < program->options; k++)
            if (program->option[k].commands == commands)
                add_name(&program->option[k], out);
        buf_add_text(out, commands ? " ) ;;\n    esac\n" : " )\n");
    }
}

/* What a command takes; before one is typed that may be one, too. */
static void
add_arguments(const struct program *program, struct buf *out)
{
    const struct command_row *command = program->command;

    if (!command->name) {
        buf_printf(out, "    kind='%s'\n", kinds[command->kind]);
        return;
    }
    buf_printf(out, "    case $command in\n        '') kind='%s' choices=(",
               kinds[command->kind]);
    for (size_t i = 0; i < program->commands; i++)
        buf_printf(out, " %s", command[i].name);
    buf_add_text(out, " ) ;;\n");
    for (size_t i = 0; i < program->commands; i++)
        buf_printf(out, "        %s) kind='%s' ;;\n", command[i].name,
                   kinds[command[i].kind]);
    buf_add_text(out, "    esac\n");
}

void
completion_bash(const struct program *program, struct buf *out)
{
    struct choices fields = CHOICES_INIT;

    buf_add_text(out, "\n_PROGRAM_value()\n{\n    case $1 in\n");
    for (size_t i = 0; i < program->options; i++)
        add_value(&program->option[i], out);
    buf_add_text(out, "    esac\n}\n\n_PROGRAM_options()\n{\n");
    add_names(program, out);
    buf_add_text(out, "}\n");
    completion_command_function(program, out);
    buf_add_text(out, "\n_PROGRAM_argument()\n{\n");
    add_arguments(program, out);
    buf_add_text(out, "}\n");
    completion_fields(program, &fields);
    if (fields.count) {
        buf_add_text(out, "\n_PROGRAM_fields()\n{\n");
        completion_facet_cases(&fields, out);
        buf_add_text(out, "    fields=(");
        for (size_t i = 0; i < fields.count; i++)
            if (!fields.item[i].other)
                buf_printf(out, " %s:", fields.item[i].name);
        buf_add_text(out, " )\n}\n");
    }
    choices_release(&fields);
}
