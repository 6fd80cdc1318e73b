/*
 * tests/support/manual.h - what a manual page in mdoc(7) names.
 */
#ifndef TESTS_MANUAL_H
#define TESTS_MANUAL_H

#include <stdio.h>
#include <string.h>

#include "corpus/base/buf.h"
#include "corpus/base/list.h"
#include "corpus/command/options.h"

/* Read a page; `path` is from the top folder. */
static inline void
manual_read(const char *path, struct buf *text)
{
    struct buf full = BUF_INIT;
    char bytes[4096];
    size_t got;
    FILE *file;

    buf_printf(&full, "%s/../../%s", TEST_DATA, path);
    file = fopen(full.data, "r");
    if (!file)
        fail_msg("there is no %s", full.data);
    while ((got = fread(bytes, 1, sizeof(bytes), file)) > 0)
        buf_add(text, bytes, got);
    fclose(file);
    buf_release(&full);
}

static inline bool
manual_is_macro(const char *word, size_t size)
{
    return size == 2 && word[0] >= 'A' && word[0] <= 'Z' && word[1] >= 'a' &&
           word[1] <= 'z';
}

/* Add the arguments that a macro has anywhere in [text, end): of "Cm",
 * "rank" and "date" in ".Cm rank , date ." */
static inline void
manual_words(const char *text, const char *end, const char *macro,
             struct list *words)
{
    while (text < end) {
        size_t line = strcspn(text, "\n");
        bool wanted = false;

        for (size_t at = *text == '.'; *text == '.' && at < line;) {
            const char *word = text + at;
            size_t size = strcspn(word, " \n");

            if (manual_is_macro(word, size))
                wanted = memcmp(word, macro, size) == 0;
            else if (wanted && size > 0 &&
                     (size > 1 || !strchr(",.;:|", *word)))
                list_add(words, word, size);
            at += size + 1;
        }
        text += line + (text[line] == '\n');
    }
}

/* Find an item by its head, ".It Fl -sort": what is from there to the next item
 * or the end of the list.  False if there is none. */
static inline bool
manual_item(const struct buf *page, const char *head, const char **text,
            const char **end)
{
    size_t size = strlen(head);

    for (const char *at = page->data; (at = strstr(at, ".It ")) != NULL; at++) {
        size_t line = strcspn(at, "\n");
        const char *found = at;

        while ((found = strstr(found, head)) != NULL && found < at + line &&
               !strchr(" \n", found[size]))
            found++;
        if (!found || found >= at + line)
            continue;
        *text = at;
        for (*end = at + line; **end && strncmp(*end, "\n.It ", 5) != 0 &&
                               strncmp(*end, "\n.El", 4) != 0;
             (*end)++)
            ;
        return true;
    }
    return false;
}

/* Both have the same words, in whatever order and however often. */
static inline void
manual_same(const char *where, const struct list *page,
            const struct list *table)
{
    for (size_t i = 0; i < page->count; i++)
        if (!list_has(table, page->item[i]))
            fail_msg("%s: the page has \"%s\", the table has not", where,
                     page->item[i]);
    for (size_t i = 0; i < table->count; i++)
        if (!list_has(page, table->item[i]))
            fail_msg("%s: the page has no \"%s\"", where, table->item[i]);
}

/* Is the option described with the one command that it is for? */
static inline bool
manual_is_with_command(const struct program *program,
                       const struct option_row *option, const struct buf *page)
{
    struct list named = LIST_INIT;
    struct buf word = BUF_INIT;
    bool found = false;

    for (size_t i = 0; i < program->commands; i++) {
        const char *text = NULL;
        const char *end = NULL;

        if (option->commands != 1u << i)
            continue;
        buf_printf(&word, "Cm %s", program->command[i].name);
        if (manual_item(page, word.data, &text, &end))
            manual_words(text, end, "Fl", &named);
        buf_clear(&word);
        buf_printf(&word, "-%s", option->name);
        found = list_has(&named, word.data);
    }
    list_release(&named);
    buf_release(&word);
    return found;
}

/* Every option has an item, which says whether it has a value, or is described
 * with its command; and every option that is named anywhere on the page is
 * one. */
static inline void
manual_check_options(const struct program *program, const struct buf *page)
{
    struct list named = LIST_INIT;
    struct list known = LIST_INIT;
    struct buf head = BUF_INIT;

    manual_words(page->data, page->data + page->size, "Fl", &named);
    for (size_t i = 0; i < program->options; i++) {
        const struct option_row *option = &program->option[i];
        char letter = (char)option->key;
        const char *text = NULL;
        const char *end = NULL;

        buf_clear(&head);
        buf_printf(&head, "Fl -%s%s", option->name,
                   option_value_is_optional(option) ? " Ns"
                   : option->value                  ? " Ar"
                                                    : "");
        if (!manual_item(page, head.data, &text, &end) &&
            !manual_is_with_command(program, option, page))
            fail_msg("%s: the page has no item \"%s\"", program->name,
                     head.data);
        buf_clear(&head);
        buf_printf(&head, "-%s", option->name);
        list_add_text(&known, head.data);
        if (option->key < OPTION_KEYS)
            list_add(&known, &letter, 1);
    }
    manual_same(program->name, &named, &known);
    list_release(&named);
    list_release(&known);
    buf_release(&head);
}

/* The item of an option lists its choices and no others. */
static inline void
manual_check_choices(const struct option_row *option, const struct buf *page)
{
    struct choices choices = CHOICES_INIT;
    struct list named = LIST_INIT;
    struct list known = LIST_INIT;
    struct buf head = BUF_INIT;
    const char *text = NULL;
    const char *end = NULL;

    buf_printf(&head, "Fl -%s", option->name);
    assert_true(manual_item(page, head.data, &text, &end));
    manual_words(text, end, "Cm", &named);
    option->choices(&choices);
    for (size_t i = 0; i < choices.count; i++)
        list_add_text(&known, choices.item[i].name);
    manual_same(option->name, &named, &known);
    choices_release(&choices);
    list_release(&named);
    list_release(&known);
    buf_release(&head);
}

#endif
