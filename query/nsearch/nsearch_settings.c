#include "query/nsearch/nsearch_settings.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "corpus/base/buf.h"

#ifndef NSEARCH_CONFIG
#define NSEARCH_CONFIG "/etc/nsearch.conf"
#endif

static const char blanks[] = " \t\r\n";

/* One line; it is cut at the end of the name. */
static enum status
read_line(char *line, const struct settings_reader *reader, struct error *err)
{
    size_t size;
    char *value;

    line += strspn(line, blanks);
    if (!*line || *line == '#')
        return STATUS_OK;
    size = strlen(line);
    while (size && strchr(blanks, line[size - 1]))
        line[--size] = '\0';
    value = line + strcspn(line, blanks);
    if (line[strcspn(line, " \t\r\n=")] == '=' ||
        value[strspn(value, blanks)] == '=')
        return error_set(err, STATUS_USAGE,
                         "\"%s\": a blank, and no \"=\", stands between a "
                         "setting and its value",
                         line);
    if (!*value)
        return error_set(err, STATUS_USAGE, "\"%s\" has no value", line);
    *value++ = '\0';
    value += strspn(value, blanks);
    return reader->set(reader->context, line, value, err);
}

enum status
settings_read(const char *path, const struct settings_reader *reader,
              struct error *err)
{
    FILE *file = fopen(path, "re");
    char line[4096];
    unsigned number = 0;
    enum status status = STATUS_OK;

    /* Of somebody else's home, as after su, nothing can be read. */
    if (!file && (errno == ENOENT || errno == ENOTDIR || errno == EACCES))
        return STATUS_OK;
    if (!file)
        return error_set(err, STATUS_USAGE, "%s: %s", path, strerror(errno));
    while (!status && fgets(line, sizeof(line), file)) {
        number++;
        if (!strchr(line, '\n') && strlen(line) + 1 == sizeof(line))
            status = error_set(err, STATUS_USAGE, "the line is too long");
        else
            status = read_line(line, reader, err);
    }
    fclose(file);
    return status ? error_prefix(err, "%s:%u: ", path, number) : STATUS_OK;
}

void
settings_paths(const char *xdg_config_home, const char *home,
               struct list *paths)
{
    struct buf path = BUF_INIT;

    list_add_text(paths, NSEARCH_CONFIG);
    if (xdg_config_home && *xdg_config_home)
        buf_printf(&path, "%s/nsearch/config", xdg_config_home);
    else if (home && *home)
        buf_printf(&path, "%s/.config/nsearch/config", home);
    if (path.size)
        list_add_text(paths, path.data);
    buf_release(&path);
}
