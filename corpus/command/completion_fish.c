#include "corpus/command/completion_parts.h"

/* A text in single quotes. */
static void
add_quoted(struct buf *out, const char *text)
{
    buf_add_byte(out, '\'');
    completion_escape(out, text, "\\'");
    buf_add_byte(out, '\'');
}

/* A list of name, tab, description, as -a takes it. */
static void
add_choices(const struct choices *choices, struct buf *out)
{
    struct buf list = BUF_INIT;

    for (size_t i = 0; i < choices->count; i++) {
        buf_printf(&list, "%s%s", i ? " " : "", choices->item[i].name);
        if (!*choices->item[i].about)
            continue;
        buf_add_text(&list, "\\t\"");
        completion_escape(&list, choices->item[i].about, "\"\\$");
        buf_add_byte(&list, '"');
    }
    add_quoted(out, list.data);
    buf_release(&list);
}

static void
add_value(const struct option_row *option, struct buf *out)
{
    struct choices choices = CHOICES_INIT;

    switch (option->kind) {
    case VALUE_OTHER:
        buf_add_text(out, " -x");
        break;
    case VALUE_FILE:
        buf_add_text(out, " -r -F");
        break;
    case VALUE_FOLDER:
        buf_add_text(out, " -x -a '(__fish_complete_directories)'");
        break;
    case VALUE_CHOICE:
        option->choices(&choices);
        buf_printf(out, " %s -a ",
                   option_value_is_optional(option) ? "-f" : "-x");
        add_choices(&choices, out);
        break;
    case VALUE_LIST:
        option->choices(&choices);
        buf_add_text(out, " -x -a '(__fish_append , ");
        choices_print(&choices, " ", " ", out);
        buf_add_text(out, ")'");
        break;
    case VALUE_QUERY:
        buf_add_text(out, " -x -a '(__PROGRAM_query)'");
        break;
    case VALUE_NONE:
    default:
        break;
    }
    choices_release(&choices);
}

static void
add_option(const struct program *program, const struct option_row *option,
           struct buf *out)
{
    struct buf about = BUF_INIT;

    buf_add_text(out, "complete -c PROGRAM");
    if (option->commands) {
        buf_add_text(out, " -n \"__PROGRAM_for ");
        completion_commands(program, option->commands, " ", out);
        buf_add_byte(out, '"');
    }
    if (option->key < OPTION_KEYS)
        buf_printf(out, " -s %c", option->key);
    buf_printf(out, " -l %s", option->name);
    add_value(option, out);
    option_print_about(option, &about);
    buf_add_text(out, " -d ");
    add_quoted(out, about.data);
    buf_add_byte(out, '\n');
    buf_release(&about);
}

/* What stands without an option; before a command is typed that may be one. */
static void
add_arguments(const struct program *program, struct buf *out)
{
    struct choices commands = CHOICES_INIT;

    for (size_t i = 0; i < program->commands; i++) {
        const struct command_row *command = &program->command[i];

        if (command->name)
            choices_add(&commands, command->name, command->about);
        if (command->kind == VALUE_QUERY)
            buf_add_text(out, "complete -c PROGRAM -a '(__PROGRAM_query)'\n");
        if (command->kind != VALUE_FILE)
            continue;
        buf_printf(out, "complete -c PROGRAM -n \"__PROGRAM_for %s%s\" -F\n",
                   i ? "" : "'' ", command->name);
    }
    if (commands.count) {
        buf_add_text(out, "complete -c PROGRAM -n \"__PROGRAM_for ''\" -a ");
        add_choices(&commands, out);
        buf_add_byte(out, '\n');
    }
    choices_release(&commands);
}

/* Which word is a command, and which options have a value behind them. */
static void
add_words(const struct program *program, struct buf *out)
{
    buf_add_text(out, "\nset -g __PROGRAM_valued");
    for (size_t i = 0; i < program->options; i++) {
        const struct option_row *option = &program->option[i];

        if (!option->value || option_value_is_optional(option))
            continue;
        if (option->key < OPTION_KEYS)
            buf_printf(out, " -%c", option->key);
        buf_printf(out, " --%s", option->name);
    }
    buf_add_text(out, "\n\nfunction __PROGRAM_command\n");
    if (program->command->name) {
        buf_add_text(out, "    switch $argv[1]\n        case");
        for (size_t i = 1; i < program->commands; i++)
            buf_printf(out, " %s", program->command[i].name);
        buf_printf(out,
                   "\n            echo $argv[1]\n"
                   "        case '*'\n"
                   "            echo %s\n    end\n",
                   program->command->name);
    }
    buf_add_text(out, "end\n");
}

static void
add_fields(const struct choices *fields, struct buf *out)
{
    struct buf names = BUF_INIT;

    buf_add_text(out, "\nfunction __PROGRAM_facet\n    switch $argv[1]\n");
    for (size_t i = 0; i < fields->count;) {
        const char *values = fields->item[i].values;

        buf_clear(&names);
        i = completion_spellings(fields, i, " ", &names);
        if (values)
            buf_printf(out, "        case %s\n            echo %s\n",
                       names.data, values);
    }
    buf_add_text(out, "    end\nend\n\nfunction __PROGRAM_fields\n");
    for (size_t i = 0; i < fields->count; i++) {
        if (fields->item[i].other)
            continue;
        buf_printf(out, "    printf '%%s\\t%%s\\n' %s: ", fields->item[i].name);
        add_quoted(out, fields->item[i].about);
        buf_add_byte(out, '\n');
    }
    buf_add_text(out, "end\n");
    buf_release(&names);
}

void
completion_fish(const struct program *program, struct buf *out)
{
    struct choices fields = CHOICES_INIT;

    completion_fields(program, &fields);
    add_words(program, out);
    if (fields.count)
        add_fields(&fields, out);
    buf_add_text(out, "\ncomplete -c PROGRAM -f\n");
    add_arguments(program, out);
    for (size_t i = 0; i < program->options; i++)
        add_option(program, &program->option[i], out);
    choices_release(&fields);
}
