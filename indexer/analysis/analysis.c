#include "indexer/analysis/analysis.h"

#include <string.h>

#include "indexer/analysis/analysis_parts.h"
#include "indexer/analysis/sqlite.h"

struct analyzer {
    int language;          /* row of the default, -1: no stemming */
    struct stems *stems[]; /* one for each row, made when needed */
};

struct analyzer *
analyzer_try(const char *language)
{
    size_t size = sizeof(struct analyzer) +
                  (size_t)stems_count() * sizeof(struct stems *);
    struct analyzer *analyzer = sqlite3_malloc64(size);

    if (!analyzer)
        return NULL;
    memset(analyzer, 0, size);
    analyzer->language = stems_find(language);
    return analyzer;
}

enum status
analyzer_new(struct analyzer **analyzer, const char *language,
             struct error *err)
{
    *analyzer = NULL;
    if (strcmp(language, "none") != 0 && stems_find(language) < 0)
        return error_set(err, STATUS_USAGE,
                         "no stemmer for the language \"%s\"; give an ISO "
                         "639-1 code such as \"en\", or \"none\"",
                         language);
    *analyzer = analyzer_try(language);
    if (!*analyzer)
        return error_set(err, STATUS_MEMORY, "no memory for the analysis");
    return STATUS_OK;
}

void
analyzer_free(struct analyzer *analyzer)
{
    if (!analyzer)
        return;
    for (int i = 0; i < stems_count(); i++)
        stems_free(analyzer->stems[i]);
    sqlite3_free(analyzer);
}

/* French, Italian and Catalan write an article and its noun as one. */
static bool
is_eliding(int language)
{
    const char *code = stems_code(language);

    return strcmp(code, "fr") == 0 || strcmp(code, "it") == 0 ||
           strcmp(code, "ca") == 0;
}

int
analyzer_run(struct analyzer *analyzer, const char *language, const char *text,
             size_t size, token_sink sink, void *context)
{
    struct scan scan;
    int row = analyzer->language;

    if (language && *language)
        row = stems_find(language);
    /* The pieces need no clearing: each is written before it is read. */
    memset(&scan, 0, offsetof(struct scan, link));
    scan.text = text;
    scan.size = size;
    scan.sink = sink;
    scan.context = context;
    if (row >= 0) {
        if (!analyzer->stems[row])
            analyzer->stems[row] = stems_new(row);
        if (!analyzer->stems[row])
            return ANALYSIS_NO_MEMORY;
        scan.stems = analyzer->stems[row];
        scan.elides = is_eliding(row);
    }
    scan_run(&scan);
    return scan.result;
}

size_t
analysis_mark(const char *text, size_t size, char language[16])
{
    const char *end;
    size_t length;

    language[0] = '\0';
    if (size < 2 || text[0] != '\x02')
        return 0;
    end = memchr(text + 1, '\x02', size - 1);
    if (!end)
        return 0;
    length = (size_t)(end - text - 1);
    if (length >= 16)
        return 0;
    memcpy(language, text + 1, length);
    language[length] = '\0';
    return length + 2;
}

int
analyzer_run_marked(struct analyzer *analyzer, const char *text, size_t size,
                    token_sink sink, void *context)
{
    char language[16];
    size_t mark = analysis_mark(text, size, language);

    return analyzer_run(analyzer, language, text + mark, size - mark, sink,
                        context);
}
