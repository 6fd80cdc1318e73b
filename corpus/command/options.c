#include "corpus/command/options.h"

#include <getopt.h>

bool
option_value_is_optional(const struct option_row *option)
{
    return option->value && *option->value == '[';
}

bool
command_takes(const struct command_row *command, size_t words)
{
    if (!command->value)
        return words == 0;
    if (command->single && words > 1)
        return false;
    return words > 0 || *command->value == '[';
}

bool
option_is_for(const struct option_row *option, size_t command)
{
    return !option->commands || (option->commands & 1u << command) != 0;
}

void
options_for_getopt(const struct program *program, struct option *longs,
                   char *shorts)
{
    for (size_t i = 0; i < program->options; i++) {
        const struct option_row *row = &program->option[i];

        longs[i] = (struct option){
            .name = row->name,
            .has_arg = !row->value                     ? no_argument
                       : option_value_is_optional(row) ? optional_argument
                                                       : required_argument,
            .val = row->key,
        };
        if (row->key >= OPTION_KEYS)
            continue;
        *shorts++ = (char)row->key;
        if (row->value)
            *shorts++ = ':';
    }
    longs[program->options] = (struct option){0};
    *shorts = '\0';
}

void
option_print_about(const struct option_row *option, struct buf *out)
{
    struct choices choices = CHOICES_INIT;

    if (option->about) {
        buf_add_text(out, option->about);
        return;
    }
    option->choices(&choices);
    choices_print(&choices, ", ", " or ", out);
    choices_release(&choices);
}

void
options_print_lines(const struct program *program, int column, struct buf *out)
{
    struct buf left = BUF_INIT;

    for (size_t i = 0; i < program->options; i++) {
        const struct option_row *row = &program->option[i];

        buf_clear(&left);
        if (row->key < OPTION_KEYS)
            buf_printf(&left, "-%c, ", row->key);
        else
            buf_add_text(&left, "    ");
        buf_printf(&left, "--%s", row->name);
        if (row->value && !option_value_is_optional(row))
            buf_add_byte(&left, ' ');
        if (row->value)
            buf_add_text(&left, row->value);
        buf_printf(out, "  %-*s ", column - 3, left.data);
        option_print_about(row, out);
        buf_add_byte(out, '\n');
    }
    buf_release(&left);
}
