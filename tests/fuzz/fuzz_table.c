/* Any bytes as every text of a result, in the formats that are no markup:
 * each has the rows, columns and fields that it should, and no more. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "corpus/base/count.h"
#include "corpus/base/utf8.h"
#include "query/render/render.h"
#include "tests/fuzz/fuzz_result.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char fields[] = "headline,section,url,key,snippet";

enum {
    COLUMNS = 5
};

/* No control character but the ends of lines. */
static void
check_bytes(const struct buf *out)
{
    assert(utf8_valid(out->data, out->size));
    for (size_t i = 0; i < out->size; i++) {
        unsigned char byte = (unsigned char)out->data[i];

        assert(byte >= 0x20 || byte == '\n' || byte == '\r' || byte == '\t');
        assert(byte != 0x7f);
        assert(byte != 0xc2 || (unsigned char)out->data[i + 1] >= 0xa0);
    }
}

/* One field of CSV and what stands behind it; returns that byte's place. */
static const char *
check_field(const char *at)
{
    if (*at == '"') {
        at++;
        while (*at != '"' || at[1] == '"') {
            assert(*at && *at != '\n' && *at != '\r');
            at += *at == '"' ? 2 : 1;
        }
        return at + 1;
    }
    /* What a spreadsheet would compute is quoted, but for numbers. */
    if (*at == '-')
        assert(at[1 + strspn(at + 1, "0123456789.")] == ',' ||
               at[1 + strspn(at + 1, "0123456789.")] == '\r');
    assert(!*at || !strchr("=+@", *at));
    return at + strcspn(at, ",\"\r\n");
}

static void
check_csv(const struct buf *out)
{
    const char *at = out->data;

    for (int row = 0; row <= FUZZ_HITS; row++) {
        for (int column = 1; column < COLUMNS; column++) {
            at = check_field(at);
            assert(*at == ',');
            at++;
        }
        at = check_field(at);
        assert(strncmp(at, "\r\n", 2) == 0);
        at += 2;
    }
    assert(!*at);
}

static void
check_tsv(const struct buf *out)
{
    int tabs = 0;
    int lines = 0;

    for (size_t i = 0; i < out->size; i++) {
        tabs += out->data[i] == '\t';
        lines += out->data[i] == '\n';
        assert(out->data[i] != '\r');
    }
    assert(lines == 1 + FUZZ_HITS && tabs == lines * (COLUMNS - 1));
}

static void
check_json(const struct buf *out)
{
    json_t *all = json_loadb(out->data, out->size,
                             JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);

    assert(json_is_object(all));
    assert(json_array_size(json_object_get(all, "hits")) == FUZZ_HITS);
    json_decref(all);
}

static void
check_jsonl(const struct buf *out)
{
    const char *at = out->data;

    for (int i = 0; i < FUZZ_HITS; i++) {
        size_t size = strcspn(at, "\n");
        json_t *line =
            json_loadb(at, size, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);

        assert(json_is_object(line) && at[size]);
        json_decref(line);
        at += size + 1;
    }
    assert(!*at);
}

/* Lines of a tag and a value, or empty. */
static void
check_ris(const struct buf *out)
{
    const char *at = out->data;

    while (*at) {
        size_t size = strcspn(at, "\r\n");

        assert(!size || (size >= 6 && memcmp(at + 2, "  - ", 4) == 0));
        assert(strncmp(at + size, "\r\n", 2) == 0);
        at += size + 2;
    }
}

/* BibTeX counts braces, also those behind a backslash. */
static void
check_bibtex(const struct buf *out)
{
    int depth = 0;
    int entries = 0;

    for (size_t i = 0; i < out->size; i++) {
        if (depth == 0 && out->data[i] == '@')
            entries++;
        depth += out->data[i] == '{';
        depth -= out->data[i] == '}';
        assert(depth >= 0);
    }
    assert(depth == 0 && entries == FUZZ_HITS);
}

static void
check_text(const struct buf *out)
{
    assert(!memchr(out->data, '\t', out->size));
    assert(!memchr(out->data, '\r', out->size));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct {
        const char *name;
        void (*check)(const struct buf *out);
    } formats[] = {
        {"csv", check_csv},     {"tsv", check_tsv}, {"json", check_json},
        {"jsonl", check_jsonl}, {"ris", check_ris}, {"bibtex", check_bibtex},
        {"text", check_text},
    };
    struct fuzz_texts texts = {.all = (const char *)data, .size = size};
    struct render_options options = {.fields = fields, .width = 60};
    struct search_result result;
    struct buf out = BUF_INIT;
    char *query = fuzz_string(&texts);

    fuzz_result(&texts, &result);
    options.query = query;
    for (size_t i = 0; i < COUNT(formats); i++) {
        buf_clear(&out);
        renderer_find(formats[i].name)->render(&out, &result, &options);
        check_bytes(&out);
        formats[i].check(&out);
    }
    search_result_release(&result);
    buf_release(&out);
    free(query);
    return 0;
}
