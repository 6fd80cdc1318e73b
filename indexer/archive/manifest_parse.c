/*
 * The text of a manifest, line by line.  It is read strictly: what is listed
 * here is opened, so a name must be a segment's name and nothing else, and
 * numbers must agree with each other.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <zlib.h>

#include "corpus/base/ascii.h"
#include "corpus/base/count.h"
#include "corpus/base/mem.h"
#include "indexer/analysis/analysis.h"
#include "indexer/archive/field.h"
#include "indexer/archive/manifest.h"
#include "indexer/archive/version.h"

struct parser {
    struct manifest *manifest;
    struct manifest_segment *segment; /* the latest; NULL before the first */
    const char *at;                   /* rest of the present line */
    unsigned line;
    bool started; /* generation, language and next have been read */
    bool older;   /* an earlier version will do */
    int64_t version;
    struct error *err;
};

static enum status
bad(struct parser *p, const char *what)
{
    return error_set(p->err, STATUS_DAMAGED, "line %u: %s", p->line, what);
}

/* Step over `word` and the blank behind it. */
static bool
skip_word(struct parser *p, const char *word)
{
    size_t size = strlen(word);

    if (strncmp(p->at, word, size) != 0)
        return false;
    if (p->at[size] == ' ')
        size++;
    else if (p->at[size] != '\0')
        return false;
    p->at += size;
    return true;
}

/* A number without sign games or leading blanks; a blank behind it goes. */
static bool
take_number(struct parser *p, int64_t least, int64_t *number)
{
    const char *digits = p->at + (*p->at == '-' && least < 0);
    char *end;
    long long got;

    if (!ascii_is_digit(*digits))
        return false;
    errno = 0;
    got = strtoll(p->at, &end, 10);
    if (errno || got < least)
        return false;
    if (*end == ' ')
        end++;
    p->at = end;
    *number = got;
    return true;
}

static bool
take_hex(struct parser *p, char *out, size_t digits)
{
    if (strspn(p->at, "0123456789abcdef") != digits)
        return false;
    memcpy(out, p->at, digits);
    out[digits] = '\0';
    p->at += digits;
    if (*p->at == ' ')
        p->at++;
    return true;
}

/* "seg-000001.db": six digits or more. */
static bool
take_name(struct parser *p, char *name, size_t room, int64_t *number)
{
    const char *start = p->at;
    size_t digits;

    if (strncmp(start, "seg-", 4) != 0)
        return false;
    digits = strspn(start + 4, "0123456789");
    if (digits < 6 || digits > 15 ||
        strncmp(start + 4 + digits, ".db ", 4) != 0)
        return false;
    p->at += 4;
    if (!take_number(p, 1, number))
        return false;
    snprintf(name, room, "%.*s", (int)(digits + 7), start);
    p->at = start + digits + 8;
    return true;
}

static enum status
parse_generation(struct parser *p)
{
    int64_t number;

    if (p->started || !take_number(p, 0, &number) || *p->at)
        return bad(p, "not a generation");
    p->manifest->generation = (uint64_t)number;
    return STATUS_OK;
}

static enum status
parse_language(struct parser *p)
{
    if (p->started ||
        (strcmp(p->at, "none") != 0 && !analysis_language_code(p->at)))
        return bad(p, "not a language");
    if (strlen(p->at) >= sizeof(p->manifest->language))
        return bad(p, "not a language");
    snprintf(p->manifest->language, sizeof(p->manifest->language), "%s", p->at);
    return STATUS_OK;
}

static enum status
parse_next(struct parser *p)
{
    int64_t number;

    if (p->started || !*p->manifest->language || !take_number(p, 1, &number) ||
        *p->at)
        return bad(p, "not a segment number");
    p->manifest->next_segment = (uint64_t)number;
    p->started = true;
    return STATUS_OK;
}

static enum status
parse_segment(struct parser *p)
{
    struct manifest_segment read = {.first = 1};
    int64_t number = 0;
    int64_t bytes;

    if (!p->started || !take_name(p, read.name, sizeof(read.name), &number) ||
        !skip_word(p, "bytes") || !take_number(p, 0, &bytes) ||
        !skip_word(p, "sha256") || !take_hex(p, read.sha256, 64) || *p->at)
        return bad(p, "not a segment");
    if ((uint64_t)number >= p->manifest->next_segment)
        return bad(p, "a segment newer than the manifest");
    if (manifest_find(p->manifest, read.name))
        return bad(p, "a segment listed twice");
    read.bytes = (uint64_t)bytes;
    p->segment = manifest_add(p->manifest);
    *p->segment = read;
    return STATUS_OK;
}

static enum status
parse_articles(struct parser *p)
{
    struct manifest_segment *s = p->segment;

    if (!s || s->ranges || !take_number(p, 0, &s->articles) ||
        !skip_word(p, "first") || !take_number(p, INT64_MIN, &s->first) ||
        !skip_word(p, "last") || !take_number(p, INT64_MIN, &s->last) || *p->at)
        return bad(p, "not a count of articles");
    return STATUS_OK;
}

static enum status
parse_lengths(struct parser *p)
{
    int64_t number;

    while (p->segment && p->version != SCHEMA_VERSION && *p->at)
        if (!take_number(p, 0, &number))
            return bad(p, "not the lengths of a segment");
    if (p->segment && p->version != SCHEMA_VERSION)
        return STATUS_OK;
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        if (!p->segment || !take_number(p, 0, &number))
            return bad(p, "not the lengths of a segment");
        p->segment->length[i] = (uint64_t)number;
    }
    return *p->at ? bad(p, "too many lengths") : STATUS_OK;
}

static enum status
parse_languages(struct parser *p)
{
    if (p->segment && p->segment->languages.count)
        return bad(p, "languages a second time");
    while (p->segment && *p->at) {
        size_t size = strcspn(p->at, " ");

        if (size == 0)
            return bad(p, "not a list of languages");
        list_add(&p->segment->languages, p->at, size);
        p->at += size + (p->at[size] == ' ');
    }
    return p->segment ? STATUS_OK : bad(p, "languages of no segment");
}

static enum status
parse_ranked(struct parser *p)
{
    int64_t bytes;

    if (!p->segment || p->segment->ranked_bytes || !skip_word(p, "bytes") ||
        !take_number(p, 1, &bytes) || !skip_word(p, "sha256") ||
        !take_hex(p, p->segment->ranked_sha256, 64) || *p->at)
        return bad(p, "not a ranked index");
    p->segment->ranked_bytes = (uint64_t)bytes;
    return STATUS_OK;
}

static enum status
parse_dead(struct parser *p)
{
    struct manifest_segment *s = p->segment;
    int64_t last = 0;

    if (s && s->ranges)
        return bad(p, "dead articles a second time");
    while (s && *p->at) {
        struct dead_range range;

        if (!take_number(p, last + 1, &range.first))
            return bad(p, "not a list of article numbers");
        range.last = range.first;
        if (*p->at == '-' &&
            (p->at++, !take_number(p, range.first + 1, &range.last)))
            return bad(p, "not a range of article numbers");
        if (range.last > s->articles)
            return bad(p, "a dead article that the segment does not have");
        last = range.last;
        s->range =
            mem_grow(s->range, s->ranges, &s->range_room, sizeof(*s->range));
        s->range[s->ranges++] = range;
        s->dead += range.last - range.first + 1;
    }
    return s ? STATUS_OK : bad(p, "dead articles of no segment");
}

static enum status
parse_deleted(struct parser *p)
{
    char sha256[65];

    if (!p->started || !take_hex(p, sha256, 64) ||
        manifest_deletion(p->manifest, sha256))
        return bad(p, "not a deleted article");
    manifest_add_deletion(p->manifest, sha256, p->at);
    return STATUS_OK;
}

static const struct {
    const char *word;
    enum status (*parse)(struct parser *p);
} line_kinds[] = {
    {"generation", parse_generation},
    {"language", parse_language},
    {"next", parse_next},
    {"segment", parse_segment},
    {"articles", parse_articles},
    {"lengths", parse_lengths},
    {"languages", parse_languages},
    {"ranked", parse_ranked},
    {"dead", parse_dead},
    {"deleted", parse_deleted},
};

static enum status
parse_line(struct parser *p)
{
    for (size_t i = 0; i < COUNT(line_kinds); i++)
        if (skip_word(p, line_kinds[i].word))
            return line_kinds[i].parse(p);
    return bad(p, "a line of unknown kind");
}

/* The first line says whether the others can be understood. */
static enum status
parse_version(struct parser *p)
{
    int64_t version;

    if (!skip_word(p, "nsearch") || !skip_word(p, "archive") ||
        !take_number(p, 0, &version) || *p->at)
        return error_set(p->err, STATUS_DAMAGED,
                         "this is not the manifest of a news archive");
    p->version = version;
    if (p->older && version >= 1 && version < SCHEMA_VERSION)
        return STATUS_OK;
    if (version != SCHEMA_VERSION)
        return version_refuse("archive format", version, SCHEMA_VERSION,
                              p->err);
    return STATUS_OK;
}

static enum status
check_end(struct parser *p, const char *text, size_t lines_size)
{
    char given[9];
    char counted[9];

    snprintf(counted, sizeof(counted), "%08lx",
             (unsigned long)crc32_z(0, (const Bytef *)text, lines_size));
    if (!take_hex(p, given, 8) || *p->at || strcmp(given, counted) != 0)
        return error_set(p->err, STATUS_DAMAGED, "the checksum does not fit");
    if (!p->started)
        return bad(p, "the end comes too early");
    return STATUS_OK;
}

static enum status
parse_text(struct parser *p, const char *text, size_t size)
{
    struct buf line = BUF_INIT;
    enum status status = STATUS_OK;
    bool ended = false;
    size_t at = 0;

    while (!status && !ended && at < size) {
        const char *newline = memchr(text + at, '\n', size - at);
        size_t length = newline ? (size_t)(newline - text) - at : size - at;

        buf_set(&line, text + at, length);
        p->at = line.data;
        p->line++;
        if (!newline || strlen(line.data) != length)
            status = bad(p, "cut off, or not text");
        else if (p->line == 1)
            status = parse_version(p);
        else if (skip_word(p, "end")) {
            status = check_end(p, text, at);
            ended = true;
        } else {
            status = parse_line(p);
        }
        at += length + 1;
    }
    if (!status && (!ended || at != size))
        status = error_set(p->err, STATUS_DAMAGED,
                           ended ? "something stands behind its end"
                                 : "it is cut off");
    buf_release(&line);
    return status;
}

enum status
manifest_parse(struct manifest *manifest, const char *text, size_t size,
               struct error *err)
{
    struct parser parser = {.manifest = manifest, .err = err};

    return parse_text(&parser, text, size);
}

enum status
manifest_parse_older(struct manifest *manifest, const char *text, size_t size,
                     int64_t *version, struct error *err)
{
    struct parser parser = {.manifest = manifest, .older = true, .err = err};
    enum status status = parse_text(&parser, text, size);

    *version = parser.version;
    return status;
}
