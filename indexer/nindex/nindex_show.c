/* nindex info and dump. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "corpus/article/article.h"
#include "indexer/archive/field.h"
#include "indexer/archive/manifest.h"
#include "indexer/archive/manifest_file.h"
#include "indexer/catalog/catalog.h"
#include "indexer/nindex/generation.h"
#include "indexer/nindex/nindex.h"

static void
print_day(const char *name, int64_t seconds)
{
    struct date date = {.seconds = seconds, .precision = DATE_DAY};
    struct buf text = BUF_INIT;

    date_print(&date, &text);
    printf("%-12s %s\n", name, text.data);
    buf_release(&text);
}

/* What the segments are together. */
struct sum {
    int64_t articles;
    int64_t dead;
    int64_t first;
    int64_t last;
    bool dated;
    uint64_t bytes;
    uint64_t words;
    struct list languages;
};

static void
add_segment(struct sum *sum, const struct manifest_segment *segment)
{
    sum->articles += segment->articles;
    sum->dead += segment->dead;
    sum->bytes += segment->bytes + segment->ranked_bytes;
    for (size_t i = 0; i < FIELD_COUNT; i++)
        sum->words += segment->length[i];
    for (size_t i = 0; i < segment->languages.count; i++)
        if (!list_has(&sum->languages, segment->languages.item[i]))
            list_add_text(&sum->languages, segment->languages.item[i]);
    if (segment->first > segment->last)
        return;
    if (!sum->dated || segment->first < sum->first)
        sum->first = segment->first;
    if (!sum->dated || segment->last > sum->last)
        sum->last = segment->last;
    sum->dated = true;
}

static void
print_manifest(const char *dir, const struct manifest *manifest)
{
    struct sum sum = {0};

    for (size_t i = 0; i < manifest->segments; i++)
        add_segment(&sum, &manifest->segment[i]);
    printf("%-12s %s\n", "archive", dir);
    printf("%-12s %" PRIu64 "\n", "generation", manifest->generation);
    printf("%-12s %" PRId64 "\n", "articles", sum.articles - sum.dead);
    printf("%-12s %" PRId64 "\n", "replaced", sum.dead);
    printf("%-12s %zu\n", "deleted", manifest->deletions);
    if (sum.dated) {
        print_day("first", sum.first);
        print_day("last", sum.last);
    }
    printf("%-12s %" PRIu64 "\n", "words", sum.words);
    printf("%-12s %s (default)", "languages", manifest->language);
    for (size_t i = 0; i < sum.languages.count; i++)
        printf(" %s", sum.languages.item[i]);
    printf("\n%-12s %zu\n", "segments", manifest->segments);
    printf("%-12s %" PRIu64 "\n", "bytes", sum.bytes);
    list_release(&sum.languages);
}

static void
print_format(void *context, const struct catalog_format *format)
{
    (void)context;
    printf("%-12s %" PRIu64 " files, %" PRIu64 " articles, %" PRIu64
           " failed, %" PRIu64 " left out, %" PRIu64 " deleted\n",
           *format->name ? format->name : "unknown", format->files,
           format->articles, format->failed, format->skipped, format->refused);
}

/* --- the same for programs --- */

static void
print_json_day(const char *name, bool dated, int64_t seconds)
{
    struct date date = {.seconds = seconds, .precision = DATE_DAY};
    struct buf text = BUF_INIT;

    date_print(&date, &text);
    printf(dated ? ",\"%s\":\"%s\"" : ",\"%s\":null", name, text.data);
    buf_release(&text);
}

/* Up to the formats.  No text in it needs escaping: codes and names of ours. */
static void
print_json_manifest(const struct manifest *manifest)
{
    struct sum sum = {0};

    for (size_t i = 0; i < manifest->segments; i++)
        add_segment(&sum, &manifest->segment[i]);
    printf("{\"version\":1,\"generation\":%" PRIu64 ",\"articles\":%" PRId64
           ",\"replaced\":%" PRId64 ",\"deleted\":%zu",
           manifest->generation, sum.articles - sum.dead, sum.dead,
           manifest->deletions);
    print_json_day("first", sum.dated, sum.first);
    print_json_day("last", sum.dated, sum.last);
    printf(",\"words\":%" PRIu64 ",\"segments\":%zu,\"bytes\":%" PRIu64
           ",\"language\":\"%s\",\"languages\":[",
           sum.words, manifest->segments, sum.bytes, manifest->language);
    for (size_t i = 0; i < sum.languages.count; i++)
        printf("%s\"%s\"", i ? "," : "", sum.languages.item[i]);
    printf("],\"formats\":");
    list_release(&sum.languages);
}

static void
print_json_format(void *context, const struct catalog_format *format)
{
    bool *first = context;

    printf("%s\"%s\":{\"files\":%" PRIu64 ",\"articles\":%" PRIu64
           ",\"failed\":%" PRIu64 ",\"left_out\":%" PRIu64
           ",\"deleted\":%" PRIu64 ",\"with_reason\":%" PRIu64 "}",
           *first ? "{" : ",", *format->name ? format->name : "unknown",
           format->files, format->articles, format->failed, format->skipped,
           format->refused, format->with_reason);
    *first = false;
}

/* The catalog cannot be looked into while a run is at work: null then. */
static int
info_json(const struct nindex *nindex, const struct manifest *manifest)
{
    bool first = true;
    struct catalog_viewer viewer = {.format = print_json_format,
                                    .context = &first};

    print_json_manifest(manifest);
    if (catalog_view(nindex->dir.data, &viewer, NULL) && first)
        printf("null}\n");
    else
        printf("%s}}\n", first ? "{" : "");
    return nindex_flush();
}

static void
print_failure(void *context, const char *path, const char *reason)
{
    size_t size = strlen(path);

    (void)context;
    /* Most sentences begin with the file's name. */
    if (strncmp(reason, path, size) != 0) {
        nindex_show(path);
        fputs(": ", stdout);
    }
    nindex_show(reason);
    putchar('\n');
}

static void
print_lately(void *context, const char *path, uint64_t articles,
             const char *reason)
{
    (void)context;
    nindex_show(path);
    printf(": %" PRIu64 " article%s%s", articles, articles == 1 ? "" : "s",
           *reason ? "; " : "");
    nindex_show(reason);
    putchar('\n');
}

int
nindex_info(const struct nindex *nindex)
{
    struct manifest manifest = MANIFEST_INIT;
    struct catalog_viewer viewer = {0};
    struct error err = {0};

    int code;

    if (nindex->json && (nindex->failures || nindex->since_last)) {
        error_set(&err, STATUS_USAGE,
                  "--json means nothing to a list of files");
        return nindex_failed(&err);
    }
    if (manifest_read(&manifest, nindex->dir.data, &err))
        return nindex_failed(&err);
    if (nindex->json) {
        code = info_json(nindex, &manifest);
        manifest_release(&manifest);
        return code;
    }
    if (nindex->failures)
        viewer.failure = print_failure;
    if (nindex->since_last)
        viewer.lately = print_lately;
    if (!nindex->failures && !nindex->since_last) {
        print_manifest(nindex->dir.data, &manifest);
        viewer.format = print_format;
    }
    manifest_release(&manifest);
    if (catalog_view(nindex->dir.data, &viewer, &err)) {
        if (nindex->failures || nindex->since_last)
            return nindex_failed(&err);
        printf("%-12s not now, a run is at work\n", "files");
    }
    return nindex_flush();
}

/* The output of a dump. */
struct dumping {
    struct buf line;
    uint64_t articles;
};

/* Who cannot be written to is told so in the end. */
static enum status
dump_article(void *context, struct sqlite3_stmt *row,
             const struct article *article, struct error *err)
{
    struct dumping *dumping = context;

    (void)row;
    (void)err;
    buf_clear(&dumping->line);
    article_print_json(article, &dumping->line);
    fwrite(dumping->line.data, 1, dumping->line.size, stdout);
    dumping->articles++;
    return ferror(stdout) ? STATUS_INTERRUPTED : STATUS_OK;
}

static enum status
dump_each(const struct generation *opened, const char *name, struct error *err)
{
    struct dumping dumping = {.line = BUF_INIT};
    enum status status =
        generation_each(opened, name, dump_article, &dumping, err);

    if (status == STATUS_INTERRUPTED)
        status = STATUS_OK;
    if (!status && name && !dumping.articles)
        status = error_set(err, STATUS_ABSENT,
                           "%s: the archive has no article with this key or "
                           "address",
                           name);
    buf_release(&dumping.line);
    return status;
}

int
nindex_dump(const struct nindex *nindex)
{
    struct generation opened;
    struct error err = {0};
    enum status status = generation_open(&opened, nindex->dir.data, &err);
    int code = EXIT_GOOD;

    if (!status && !nindex->args.count)
        status = dump_each(&opened, NULL, &err);
    /* One that is not there must not keep the others back. */
    for (size_t i = 0; !status && i < nindex->args.count; i++) {
        status = dump_each(&opened, nindex->args.item[i], &err);
        if (status != STATUS_ABSENT)
            continue;
        code = nindex_failed(&err);
        status = STATUS_OK;
    }
    generation_close(&opened);
    if (status) {
        (void)fflush(stdout);
        return nindex_failed(&err);
    }
    return code == EXIT_GOOD ? nindex_flush() : (nindex_flush(), code);
}
