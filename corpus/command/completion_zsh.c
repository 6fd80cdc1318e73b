#include "corpus/command/completion_parts.h"

/* Bytes that mean something in a description of _arguments. */
#define SPECIAL "\\[]:"

/* ":NAME:what completes it", still without quotes; all of it goes into single
 * ones. */
static void
add_value(const char *name, enum value_kind kind, const struct choices *choices,
          struct buf *out)
{
    static const char *const actions[] = {
        [VALUE_NONE] = "",
        [VALUE_OTHER] = " ",
        [VALUE_FILE] = "_files",
        [VALUE_FOLDER] = "_files -/",
        [VALUE_CHOICE] = "((",
        [VALUE_LIST] = "_sequence compadd -",
        [VALUE_QUERY] = "_PROGRAM_query",
    };

    buf_add_byte(out, ':');
    completion_escape(out, name, SPECIAL);
    buf_printf(out, ":%s", actions[kind]);
    for (size_t i = 0; i < choices->count; i++) {
        buf_printf(out, " %s", choices->item[i].name);
        if (kind != VALUE_CHOICE || !*choices->item[i].about)
            continue;
        buf_add_text(out, "\\:\"");
        completion_escape(out, choices->item[i].about, ":\"\\$`");
        buf_add_byte(out, '"');
    }
    if (kind == VALUE_CHOICE)
        buf_add_text(out, "))");
}

/* A specification for _arguments: '(-n --limit)'{-n+,--limit=}'[...]:N: ' */
static void
add_option(const struct option_row *option, struct buf *out)
{
    bool optional = option_value_is_optional(option);
    struct choices choices = CHOICES_INIT;
    struct buf about = BUF_INIT;
    struct buf text = BUF_INIT;

    buf_add_text(out, "        ");
    if (option->repeated)
        buf_add_text(out, "\\*");
    else if (option->key < OPTION_KEYS)
        buf_printf(out, "'(-%c --%s)'", option->key, option->name);
    if (option->key < OPTION_KEYS)
        buf_printf(out, option->value ? "{-%c+,--%s=}" : "{-%c,--%s}",
                   option->key, option->name);
    else
        buf_printf(out, "--%s%s", option->name,
                   optional        ? "=-"
                   : option->value ? "="
                                   : "");
    option_print_about(option, &about);
    buf_add_byte(&text, '[');
    completion_escape(&text, about.data, SPECIAL);
    buf_add_byte(&text, ']');
    if (optional)
        buf_add_byte(&text, ':');
    if (option->kind == VALUE_CHOICE || option->kind == VALUE_LIST)
        option->choices(&choices);
    if (option->value)
        add_value(optional ? option->name : option->value, option->kind,
                  &choices, &text);
    completion_quote(out, text.data);
    buf_add_byte(out, '\n');
    choices_release(&choices);
    buf_release(&about);
    buf_release(&text);
}

static void
add_options(const struct program *program, struct buf *out)
{
    for (size_t i = 0; i < program->options; i++) {
        unsigned commands = program->option[i].commands;

        if (!completion_begins_group(program, i))
            continue;
        if (commands) {
            buf_add_text(out, "    case $command in\n    (");
            completion_commands(program, commands, "|", out);
            buf_add_text(out, ") ");
        } else {
            buf_add_text(out, "    ");
        }
        buf_add_text(out, "specs+=(\n");
        for (size_t k = i; k < program->options; k++)
            if (program->option[k].commands == commands)
                add_option(&program->option[k], out);
        buf_add_text(out, commands ? "    ) ;;\n    esac\n" : "    )\n");
    }
}

/* What a command takes, behind its own name.  Nothing is said of what nobody
 * can guess, for that would keep options from being completed. */
static void
add_arguments(const struct program *program, struct buf *out)
{
    const struct choices none = CHOICES_INIT;

    if (!program->command->name) {
        buf_add_text(out, "    specs+=('*");
        add_value(program->command->value, program->command->kind, &none, out);
        buf_add_text(out, "')\n");
        return;
    }
    buf_add_text(out, "    case $command in\n"
                      "    ('') specs+=('*: :_PROGRAM_first') ;;\n");
    for (size_t i = 0; i < program->commands; i++) {
        const struct command_row *command = &program->command[i];

        buf_printf(out, "    (%s) specs+=(%s", command->name,
                   i ? "'1: :()'" : "");
        if (command->kind == VALUE_OTHER)
            buf_printf(out, " '*:%s:()'", command->value);
        if (command->kind == VALUE_FILE) {
            buf_add_text(out, i ? " '*" : "'*");
            add_value(command->value, command->kind, &none, out);
            buf_add_byte(out, '\'');
        }
        buf_add_text(out, ") ;;\n");
    }
    buf_add_text(out, "    esac\n");
}

/* "name:about" in quotes, for _describe. */
static void
add_described(const char *name, const char *about, struct buf *out)
{
    struct buf text = BUF_INIT;

    buf_printf(&text, "%s:%s", name, about);
    buf_add_text(out, "        ");
    completion_quote(out, text.data);
    buf_add_byte(out, '\n');
    buf_release(&text);
}

/* What may stand first: a command, or what the one needs that is not named. */
static void
add_first(const struct program *program, struct buf *out)
{
    const struct choices none = CHOICES_INIT;

    buf_add_text(out, "\n_PROGRAM_commands() {\n"
                      "    local -a commands=(\n");
    for (size_t i = 0; i < program->commands; i++)
        add_described(program->command[i].name, program->command[i].about, out);
    buf_add_text(out, "    )\n"
                      "    _describe command commands\n"
                      "}\n"
                      "\n_PROGRAM_first() {\n"
                      "    _alternative 'commands:command:_PROGRAM_commands' "
                      "'arguments");
    add_value(program->command->value, program->command->kind, &none, out);
    buf_add_text(out, "'\n}\n");
}

void
completion_zsh(const struct program *program, struct buf *out)
{
    struct choices fields = CHOICES_INIT;

    buf_add_text(out, "\n_PROGRAM_valued=(");
    for (size_t i = 0; i < program->options; i++) {
        const struct option_row *option = &program->option[i];

        if (!option->value || option_value_is_optional(option))
            continue;
        if (option->key < OPTION_KEYS)
            buf_printf(out, " -%c", option->key);
        buf_printf(out, " --%s", option->name);
    }
    buf_add_text(out, " )\n");
    completion_command_function(program, out);
    if (program->command->name)
        add_first(program, out);
    buf_add_text(out, "\n_PROGRAM_specs() {\n");
    add_options(program, out);
    add_arguments(program, out);
    buf_add_text(out, "}\n");
    completion_fields(program, &fields);
    if (fields.count) {
        buf_add_text(out, "\n_PROGRAM_fields() {\n");
        completion_facet_cases(&fields, out);
        buf_add_text(out, "    fields=(\n");
        for (size_t i = 0; i < fields.count; i++)
            if (!fields.item[i].other)
                add_described(fields.item[i].name, fields.item[i].about, out);
        buf_add_text(out, "    )\n}\n");
    }
    choices_release(&fields);
}
