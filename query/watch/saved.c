#include "query/watch/saved.h"

#include <stdio.h>
#include <string.h>

#include "corpus/base/ascii.h"
#include "corpus/base/utf8.h"
#include "indexer/archive/folder.h"

enum {
    NAME_BYTES = 64,
    FILE_BYTES = 4 << 20
};

static const char blanks[] = " \t\r";

bool
saved_name_is_sound(const char *name)
{
    const size_t size = strlen(name);

    if (!size || size > NAME_BYTES || strchr("-.", name[0]) ||
        !utf8_valid(name, size))
        return false;
    for (const char *c = name; *c; c++)
        if (!ascii_is_word_byte(*c) && !strchr("-_.", *c))
            return false;
    return true;
}

/* A line of the file: where its name and its query begin and end.  False for
 * one that says nothing. */
struct saved_line {
    const char *name;
    size_t name_size;
    const char *query;
    size_t query_size;
};

static bool
take_line(const char *line, size_t size, struct saved_line *out)
{
    const char *end = line + size;

    while (line < end && strchr(blanks, *line))
        line++;
    while (end > line && strchr(blanks, end[-1]))
        end--;
    out->name = line;
    while (line < end && !strchr(blanks, *line))
        line++;
    out->name_size = (size_t)(line - out->name);
    while (line < end && strchr(blanks, *line))
        line++;
    out->query = line;
    out->query_size = (size_t)(end - line);
    return out->name_size && *out->name != '#';
}

static enum status
parse(const char *text, struct list *saved, struct error *err)
{
    struct buf item = BUF_INIT;
    enum status status = STATUS_OK;
    unsigned number = 0;

    while (!status && *text) {
        const size_t size = strcspn(text, "\n");
        struct saved_line line;

        number++;
        if (take_line(text, size, &line)) {
            if (!line.query_size)
                status = error_set(err, STATUS_USAGE,
                                   "%u: a line is a name and a query", number);
            buf_set(&item, line.name, line.name_size);
            buf_add_byte(&item, ' ');
            buf_add(&item, line.query, line.query_size);
            if (!status)
                list_add(saved, item.data, item.size);
        }
        text += size + (text[size] == '\n');
    }
    buf_release(&item);
    return status;
}

/* Of somebody else's home, as after su, nothing can be read; so of a file that
 * cannot be, nothing is said. */
static enum status
read_text(const char *path, struct buf *text, struct error *err)
{
    FILE *file = fopen(path, "re");
    char part[4096];
    size_t got;

    if (!file)
        return STATUS_OK;
    while (text->size <= FILE_BYTES &&
           (got = fread(part, 1, sizeof(part), file)) > 0)
        buf_add(text, part, got);
    fclose(file);
    if (text->size > FILE_BYTES || strlen(text->data) != text->size)
        return error_set(err, STATUS_USAGE, "%s: is no list of searches", path);
    return STATUS_OK;
}

enum status
saved_read(const char *path, struct list *saved, struct error *err)
{
    struct buf text = BUF_INIT;
    enum status status = read_text(path, &text, err);

    if (!status) {
        status = parse(text.data, saved, err);
        if (status)
            error_prefix(err, "%s:", path);
    }
    buf_release(&text);
    return status;
}

const char *
saved_find(const struct list *saved, const char *name)
{
    const size_t size = strlen(name);

    for (size_t i = saved->count; i-- > 0;)
        if (strncmp(saved->item[i], name, size) == 0 &&
            saved->item[i][size] == ' ')
            return saved->item[i] + size + 1;
    return NULL;
}

void
saved_flatten(const char *query, struct buf *out)
{
    while (*query) {
        const size_t size = strcspn(query, "\r\n");

        buf_add(out, query, size);
        if (query[size])
            buf_add_byte(out, ' ');
        query += size + (query[size] != '\0');
    }
}

/* The text without the lines of that name. */
static void
leave_out(const char *text, const char *name, struct buf *out)
{
    while (*text) {
        const size_t size = strcspn(text, "\n");
        struct saved_line line;

        if (!take_line(text, size, &line) || line.name_size != strlen(name) ||
            memcmp(line.name, name, line.name_size) != 0) {
            buf_add(out, text, size);
            buf_add_byte(out, '\n');
        }
        text += size + (text[size] == '\n');
    }
}

enum status
saved_put(const char *dir, const char *file, const char *name,
          const char *query, struct error *err)
{
    struct buf path = BUF_INIT;
    struct buf text = BUF_INIT;
    struct buf changed = BUF_INIT;
    enum status status = folder_make(dir, err);

    buf_printf(&path, "%s/%s", dir, file);
    if (!status)
        status = read_text(path.data, &text, err);
    if (!status) {
        leave_out(text.data, name, &changed);
        if (query)
            buf_printf(&changed, "%s  ", name);
        if (query) {
            saved_flatten(query, &changed);
            buf_add_byte(&changed, '\n');
        }
        status = folder_write(dir, file, &changed, err);
    }
    buf_release(&changed);
    buf_release(&text);
    buf_release(&path);
    return status;
}
