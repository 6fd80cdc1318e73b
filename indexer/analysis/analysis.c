#include "indexer/analysis/analysis.h"

#include <string.h>

#include "indexer/analysis/analysis_parts.h"
#include "indexer/bits/sqlite.h"

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

/* Is it one of these, two letters each? */
static bool
is_one_of(int language, const char *codes)
{
    const char *code = stems_code(language);

    for (; *codes; codes += 2)
        if (memcmp(codes, code, 2) == 0)
            return true;
    return false;
}

/* The stemmer of a language, made when it is first needed; NULL: no memory. */
static struct stems *
stems_of(struct analyzer *analyzer, int language)
{
    if (!analyzer->stems[language])
        analyzer->stems[language] = stems_new(language);
    return analyzer->stems[language];
}

int
analyzer_elsewhere(struct analyzer *analyzer, const struct token *token,
                   token_sink sink, void *context)
{
    struct token other = *token;
    const char *word = token->accented_size ? token->accented : token->folded;
    size_t size =
        token->accented_size ? token->accented_size : token->folded_size;
    char first[TERM_SIZE_MAX];
    int result;

    /* A stemmer may overwrite it. */
    memcpy(first, token->term, token->term_size);
    other.kind = TOKEN_PLAIN;
    other.term = token->folded;
    other.term_size = token->folded_size;
    result = sink(context, &other);
    for (int i = 0; !result && i < stems_count(); i++) {
        struct stems *stems = stems_of(analyzer, i);

        if (!stems)
            return ANALYSIS_NO_MEMORY;
        other.term =
            stems_get(stems, word, size, &other.term_size, &other.notes);
        if (!other.term)
            return ANALYSIS_NO_MEMORY;
        if (other.term_size != token->term_size ||
            memcmp(other.term, first, other.term_size) != 0)
            result = sink(context, &other);
    }
    return result;
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
        scan.stems = stems_of(analyzer, row);
        if (!scan.stems)
            return ANALYSIS_NO_MEMORY;
        /* These write an article and its noun as one; Turkish has two i; */
        scan.elides = is_one_of(row, "fritca");
        scan.turkish = is_one_of(row, "tr");
        scan.unaccented = is_one_of(row, "enid");
        /* and to these, names with umlauts come in both spellings. */
        scan.spells_out = is_one_of(row, "dedanosvnlenfr");
    }
    scan_run(&scan);
    return scan.result;
}

size_t
term_unmarked(const char *term, size_t size)
{
    return size > 3 && term[size - 3] == TERM_MARK ? size - 3 : size;
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
