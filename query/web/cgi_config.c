#include "query/web/cgi_config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "corpus/base/buf.h"
#include "corpus/base/count.h"
#include "corpus/base/mem.h"
#include "corpus/base/utf8.h"
#include "query/watch/saved.h"
#include "query/web/cgi_reply.h"
#include "query/web/words.h"

/* A settings file is a page, not a book. */
#define CONFIG_BYTES 65536

/* Nor is a style sheet or a logo. */
#define FILE_BYTES (512u << 10)

enum kind {
    KIND_TEXT,
    KIND_FOLDER,
    KIND_URL,
    KIND_ARCHIVE, /* one more */
    KIND_LINK,    /* one more */
    KIND_LANGUAGE,
    KIND_SAVED, /* the file is read, as that of the next ones */
    KIND_STYLE,
    KIND_LOGO,
    KIND_NUMBER,
    KIND_BOOL
};

struct setting {
    const char *name;
    enum kind kind;
    size_t offset;
    unsigned least, most; /* of a number */
};

#define AT(member) offsetof(struct cgi_config, member)

static const struct setting settings[] = {
    {"archive", KIND_ARCHIVE, AT(archives), 0, 0},
    {"base_url", KIND_URL, AT(base_url), 0, 0},
    {"cpu_seconds", KIND_NUMBER, AT(cpu_seconds), 1, 600},
    {"export", KIND_NUMBER, AT(export_hits), 1, 1000000},
    {"export_deadline", KIND_NUMBER, AT(export_deadline), 100, 600000},
    {"footer", KIND_TEXT, AT(footer), 0, 0},
    {"footer_link", KIND_LINK, AT(footer_link), 0, 0},
    {"hard_deadline", KIND_NUMBER, AT(hard_deadline), 100, 600000},
    {"hits", KIND_NUMBER, AT(hits), 1, 50},
    {"index", KIND_BOOL, AT(index), 0, 0},
    {"language", KIND_LANGUAGE, AT(language), 0, 0},
    {"log_queries", KIND_BOOL, AT(log_queries), 0, 0},
    {"logo", KIND_LOGO, AT(logo), 0, 0},
    {"memory", KIND_NUMBER, AT(memory), 32, 65536},
    {"pages", KIND_NUMBER, AT(pages), 1, 1000},
    {"query_bytes", KIND_NUMBER, AT(query_bytes), 16, 2048},
    {"query_depth", KIND_NUMBER, AT(query_depth), 1, 48},
    {"query_patterns", KIND_NUMBER, AT(query_patterns), 0, 32},
    {"query_words", KIND_NUMBER, AT(query_words), 1, 256},
    {"require_sandbox", KIND_BOOL, AT(require_sandbox), 0, 0},
    {"saved", KIND_SAVED, AT(saved), 0, 0},
    {"site_name", KIND_TEXT, AT(site_name), 0, 0},
    {"slot_folder", KIND_FOLDER, AT(slot_folder), 0, 0},
    {"slot_wait", KIND_NUMBER, AT(slot_wait), 0, 60000},
    {"slots", KIND_NUMBER, AT(slots), 0, 256},
    {"soft_deadline", KIND_NUMBER, AT(soft_deadline), 50, 600000},
    {"style", KIND_STYLE, AT(style), 0, 0},
    {"time_zone", KIND_TEXT, AT(time_zone), 0, 0},
    {"timing", KIND_BOOL, AT(timing), 0, 0},
    {"write_deadline", KIND_NUMBER, AT(write_deadline), 1000, 3600000},
};

void
cgi_config_init(struct cgi_config *config)
{
    *config = (struct cgi_config){
        .site_name = mem_string("News archive"),
        .style = BUF_INIT,
        .logo = BUF_INIT,
        .export_hits = 10000,
        .export_deadline = 30000,
        .write_deadline = 300000,
        .hits = 10,
        .pages = 50,
        .query_bytes = 256,
        .query_words = 12,
        .query_patterns = 3,
        .query_depth = 8,
        .soft_deadline = 1200,
        .hard_deadline = 1900,
        .cpu_seconds = 4,
        .memory = 256,
        .slots = 8,
        .slot_wait = 200,
    };
}

void
cgi_config_release(struct cgi_config *config)
{
    list_release(&config->archives);
    free(config->site_name);
    free(config->base_url);
    free(config->language);
    free(config->time_zone);
    free(config->footer);
    list_release(&config->footer_link);
    list_release(&config->saved);
    buf_release(&config->style);
    buf_release(&config->logo);
    free(config->slot_folder);
    *config = (struct cgi_config){0};
}

/* Is this an address that can stand in a link: http or https, and only the
 * characters that RFC 3986 lets stand there?  A query of its own it may not
 * have, since ours is put after it. */
static bool
is_base_url(const char *url)
{
    static const char allowed[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
        "-._~:/[]@!$()*+,;=%";
    const char *host = NULL;

    if (strncmp(url, "https://", 8) == 0)
        host = url + 8;
    else if (strncmp(url, "http://", 7) == 0)
        host = url + 7;
    return host && *host && *host != '/' && !host[strspn(host, allowed)];
}

static enum status
set_text(char **member, const char *value, struct error *err)
{
    if (!utf8_valid(value, strlen(value)))
        return error_set(err, STATUS_FORMAT, "the value is not UTF-8");
    for (const char *c = value; *c; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7f)
            return error_set(err, STATUS_FORMAT,
                             "the value holds a control character");
    free(*member);
    *member = mem_string(value);
    return STATUS_OK;
}

static enum status
set_number(unsigned *member, const struct setting *setting, const char *value,
           struct error *err)
{
    char *end = NULL;
    long long number = 0;

    errno = 0;
    number = strtoll(value, &end, 10);
    if (errno || end == value || *end || number < setting->least ||
        number > setting->most)
        return error_set(err, STATUS_FORMAT,
                         "%s must be a whole number from %u to %u",
                         setting->name, setting->least, setting->most);
    *member = (unsigned)number;
    return STATUS_OK;
}

static enum status
set_bool(bool *member, const struct setting *setting, const char *value,
         struct error *err)
{
    if (strcmp(value, "yes") != 0 && strcmp(value, "no") != 0)
        return error_set(err, STATUS_FORMAT, "%s must be yes or no",
                         setting->name);
    *member = value[0] == 'y';
    return STATUS_OK;
}

/* "https://a.example/imprint Imprint": an address, or one on this site that
 * begins with a slash, and what it is called. */
static enum status
add_link(struct list *links, const char *value, struct error *err)
{
    size_t size = strcspn(value, " \t");
    size_t blanks = strspn(value + size, " \t");
    char *address = mem_text(value, size);
    bool sound = (address[0] == '/' && address[1] != '/') ||
                 is_base_url(address) || strncmp(address, "mailto:", 7) == 0;
    struct buf link = BUF_INIT;
    enum status status = STATUS_OK;

    if (!sound || !value[size + blanks] || !utf8_valid(value, strlen(value)))
        status = error_set(err, STATUS_FORMAT,
                           "footer_link must be an address and a name: "
                           "footer_link /imprint.html Imprint");
    else
        buf_printf(&link, "%s %s", address, value + size + blanks);
    if (!status)
        list_add_text(links, link.data);
    buf_release(&link);
    free(address);
    return status;
}

static enum status
set_language(char **member, const char *value, struct error *err)
{
    struct buf all = BUF_INIT;
    enum status status = STATUS_OK;

    for (size_t i = 0; words_table(i); i++)
        buf_printf(&all, "%s%s", i ? ", " : "", words_table(i)->code);
    if (!words_find(value, strlen(value)))
        status =
            error_set(err, STATUS_FORMAT, "language is one of %s", all.data);
    buf_release(&all);
    return status ? status : set_text(member, value, err);
}

/* What a browser is told that a picture is. */
static const char *
type_of(const char *path)
{
    static const struct {
        const char *suffix;
        const char *type;
    } types[] = {
        {".svg", "image/svg+xml"}, {".png", "image/png"},
        {".jpg", "image/jpeg"},    {".jpeg", "image/jpeg"},
        {".gif", "image/gif"},     {".webp", "image/webp"},
    };
    size_t size = strlen(path);

    for (size_t i = 0; i < COUNT(types); i++) {
        size_t end = strlen(types[i].suffix);

        if (size > end && strcmp(path + size - end, types[i].suffix) == 0)
            return types[i].type;
    }
    return NULL;
}

static enum status
read_file(struct buf *out, size_t most, const char *path, struct error *err)
{
    FILE *file = fopen(path, "re");
    enum status status = STATUS_OK;
    char part[4096];
    size_t got = 0;

    if (!file)
        return error_set(err, status_of_errno(errno), "%s: %s", path,
                         strerror(errno));
    buf_clear(out);
    while (out->size <= most && (got = fread(part, 1, sizeof(part), file)) > 0)
        buf_add(out, part, got);
    if (ferror(file))
        status = error_set(err, STATUS_IO, "%s: %s", path, strerror(errno));
    else if (out->size > most)
        status =
            error_set(err, STATUS_LIMIT,
                      "%s: is larger than it can be (%zu bytes)", path, most);
    fclose(file);
    return status;
}

static enum status
set_file(struct cgi_config *config, enum kind kind, const char *value,
         struct error *err)
{
    struct buf *file = kind == KIND_LOGO ? &config->logo : &config->style;
    const char *type = kind == KIND_LOGO ? type_of(value) : "text/css";
    enum status status;

    if (!type)
        return error_set(err, STATUS_FORMAT,
                         "logo must end with .svg, .png, .jpg, .gif or .webp");
    status = read_file(file, FILE_BYTES, value, err);
    if (kind == KIND_LOGO) {
        config->logo_type = type;
        config->logo_tag = reply_tag(0, file->data, file->size);
    } else {
        config->style_tag = reply_tag(0, file->data, file->size);
    }
    /* That is no reason to look for other settings. */
    return status && err ? (err->status = STATUS_FORMAT) : status;
}

/* Saved searches, as nsearch --save keeps them. */
static enum status
set_saved(struct list *saved, const char *value, struct error *err)
{
    enum status status = STATUS_OK;

    list_clear(saved);
    if (access(value, R_OK) != 0)
        status =
            error_set(err, STATUS_FORMAT, "%s: %s", value, strerror(errno));
    else if (saved_read(value, saved, err))
        status = STATUS_FORMAT;
    return status && err ? (err->status = STATUS_FORMAT) : status;
}

static enum status
set(struct cgi_config *config, const struct setting *setting, const char *value,
    struct error *err)
{
    void *member = (char *)config + setting->offset;

    switch (setting->kind) {
    case KIND_NUMBER:
        return set_number(member, setting, value, err);
    case KIND_BOOL:
        return set_bool(member, setting, value, err);
    case KIND_ARCHIVE:
    case KIND_FOLDER:
        if (value[0] != '/')
            return error_set(err, STATUS_FORMAT,
                             "%s must be a path that begins with /",
                             setting->name);
        if (setting->kind == KIND_FOLDER)
            return set_text(member, value, err);
        list_add_text(member, value);
        return STATUS_OK;
    case KIND_URL:
        if (!is_base_url(value))
            return error_set(err, STATUS_FORMAT,
                             "%s must be an http or https address without "
                             "? and #",
                             setting->name);
        return set_text(member, value, err);
    case KIND_LINK:
        return add_link(member, value, err);
    case KIND_LANGUAGE:
        return set_language(member, value, err);
    case KIND_SAVED:
        return set_saved(member, value, err);
    case KIND_STYLE:
    case KIND_LOGO:
        return set_file(config, setting->kind, value, err);
    case KIND_TEXT:
        break;
    }
    return set_text(member, value, err);
}

/* One line without its end; it is cut at the end of the name. */
static enum status
parse_line(struct cgi_config *config, char *line, struct error *err)
{
    static const char blanks[] = " \t\r";
    size_t count = COUNT(settings);
    char *value = NULL;
    size_t size = 0;

    line += strspn(line, blanks);
    if (!*line || *line == '#')
        return STATUS_OK;
    size = strlen(line);
    while (strchr(blanks, line[size - 1]))
        line[--size] = '\0';
    value = line + strcspn(line, blanks);
    /* As it is in many other programs' settings. */
    if (line[strcspn(line, " \t\r=")] == '=' ||
        value[strspn(value, blanks)] == '=')
        return error_set(err, STATUS_FORMAT,
                         "\"%s\": a blank, and no \"=\", stands between a "
                         "setting and its value",
                         line);
    if (!*value)
        return error_set(err, STATUS_FORMAT, "\"%s\" has no value", line);
    *value++ = '\0';
    value += strspn(value, blanks);
    for (size_t i = 0; i < count; i++)
        if (strcmp(settings[i].name, line) == 0)
            return set(config, &settings[i], value, err);
    return error_set(err, STATUS_FORMAT, "there is no setting \"%s\"", line);
}

enum status
cgi_config_parse(struct cgi_config *config, const char *text, size_t size,
                 const char *path, struct error *err)
{
    char *copy = NULL;
    char *line = NULL;
    unsigned number = 0;
    enum status status = STATUS_OK;

    if (memchr(text, '\0', size))
        return error_set(err, STATUS_FORMAT, "%s: is not a text file", path);
    copy = mem_text(text, size);
    line = copy;
    while (line && !status) {
        char *end = strchr(line, '\n');

        if (end)
            *end = '\0';
        number++;
        status = parse_line(config, line, err);
        line = end ? end + 1 : NULL;
    }
    free(copy);
    if (!status && config->hard_deadline <= config->soft_deadline)
        return error_set(err, STATUS_FORMAT,
                         "%s: hard_deadline must be later than soft_deadline",
                         path);
    return status ? error_prefix(err, "%s:%u: ", path, number) : STATUS_OK;
}

enum status
cgi_config_read(struct cgi_config *config, const char *path, struct error *err)
{
    struct buf text = BUF_INIT;
    enum status status = read_file(&text, CONFIG_BYTES, path, err);

    if (!status)
        status = cgi_config_parse(config, text.data, text.size, path, err);
    buf_release(&text);
    return status;
}
