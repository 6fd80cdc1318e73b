/* nindex PATH...: one run, told in one line. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "corpus/article/article.h"
#include "indexer/care/merge.h"
#include "indexer/care/takedown.h"
#include "indexer/ingest/ingest.h"
#include "indexer/nindex/nindex.h"
#include "indexer/nindex/origins.h"

struct run {
    const struct nindex *nindex;
    struct ingest_counts counts;
    struct progress progress;
    struct writer *writer;
    struct origins origins;
    FILE *report; /* NULL: none is asked for */
};

static void
tell_problem(void *context, const char *text)
{
    struct run *run = context;

    progress_clear(&run->progress);
    nindex_say(text);
}

static void
tell_progress(void *context, const struct ingest_counts *counts)
{
    struct run *run = context;

    progress_draw(&run->progress, counts);
}

static bool
is_stopped(void *context)
{
    (void)context;
    return stopping_asked() != 0;
}

static void
note_article(void *context, const char *path, const struct article *article)
{
    struct run *run = context;
    struct buf lines = BUF_INIT;

    if (run->nindex->dry_run)
        origins_count_article(&run->origins, article);
    if (run->report) {
        origins_add_lines(path, article, &lines);
        fwrite(lines.data, 1, lines.size, run->report);
    }
    buf_release(&lines);
}

static void
note_file(void *context, const struct intake_event *end)
{
    struct run *run = context;

    if (run->nindex->dry_run)
        origins_count_file(&run->origins, end->format);
}

/* Append "word N" to a list in words, unless N is 0. */
static void
add_part(struct buf *line, const char *word, uint64_t number)
{
    if (number == 0)
        return;
    buf_printf(line, "%s%s %llu", line->size ? ", " : "", word,
               (unsigned long long)number);
}

static void
add_left_out(struct buf *line, const struct ingest_counts *counts)
{
    struct buf kinds = BUF_INIT;
    uint64_t all = 0;

    for (int i = 0; i < INGEST_KINDS; i++) {
        all += counts->kind[i];
        add_part(&kinds, article_kind_name((enum article_kind)i),
                 counts->kind[i]);
    }
    add_part(line, "left out", all);
    if (all)
        buf_printf(line, " (%s)", kinds.data);
    buf_release(&kinds);
}

static void
print_summary(const struct run *run)
{
    const struct writer_counts *did = writer_counts(run->writer);
    const struct ingest_counts *counts = &run->counts;
    double elapsed = nindex_clock() - run->progress.started;
    uint64_t as_before = counts->unchanged + counts->touched;
    struct buf line = BUF_INIT;

    add_part(&line, "added", did->added);
    add_part(&line, "changed", did->changed);
    add_part(&line, "replaced", did->replaced);
    add_part(&line, "removed", did->removed);
    add_part(&line, "same", did->unchanged);
    add_part(&line, "moved files", counts->moved);
    add_part(&line, "older", did->older);
    add_part(&line, "deleted before", did->refused);
    add_left_out(&line, counts);
    add_part(&line, "failed articles", counts->failed);
    add_part(&line, "failed files", counts->failed_files);
    add_part(&line, "left for the next run", counts->left);
    if (line.size == 0)
        buf_add_text(&line, "nothing new");
    printf("%s; files read %llu, unchanged %llu, gone %llu; "
           "archive has %lld articles; %.1f s, %.1f MB/s of text\n",
           line.data, (unsigned long long)counts->read,
           (unsigned long long)as_before, (unsigned long long)counts->gone,
           (long long)manifest_live(writer_manifest(run->writer)), elapsed,
           elapsed > 0 ? (double)counts->text / elapsed / 1e6 : 0.0);
    buf_release(&line);
}

static void
print_plan(const struct run *run)
{
    const struct ingest_counts *counts = &run->counts;
    struct buf table = BUF_INIT;
    struct buf trouble = BUF_INIT;

    printf("would read %llu new and %llu changed files (%.1f MB), drop %llu; "
           "%llu are unchanged\n",
           (unsigned long long)counts->new_files,
           (unsigned long long)counts->changed, (double)counts->bytes / 1e6,
           (unsigned long long)counts->gone,
           (unsigned long long)counts->unchanged);
    add_left_out(&trouble, counts);
    add_part(&trouble, "failed articles", counts->failed);
    add_part(&trouble, "failed files", counts->failed_files);
    add_part(&trouble, "given up for now", counts->left);
    if (trouble.size)
        printf("of these: %s\n", trouble.data);
    origins_print(&run->origins, &table);
    if (table.size)
        printf("\n%s", table.data);
    buf_release(&trouble);
    buf_release(&table);
}

static struct ingest_options
options_of(const struct nindex *nindex)
{
    return (struct ingest_options){
        .paths = &nindex->args,
        .prune = nindex->prune,
        .prune_all = nindex->prune_all,
        .all_pages = nindex->all_pages,
        .again = nindex->again,
        .commit_every = nindex->commit_every,
        .told_once = nindex->cron,
        .program = NSEARCH_VERSION,
        .intake = {.reader = {.format = nindex->format,
                              .charset = nindex->charset,
                              .map = nindex->map,
                              .latest = nindex_latest(nindex->dir.data)},
                   .workers = (int)nindex->workers,
                   .require_sandbox = nindex->require_sandbox,
                   .cpu = (int)nindex->file_time,
                   .patience = nindex->patience ? (int)nindex->patience : -1,
                   .memory = nindex->file_memory}};
}

/* Every path must exist before anything is made: a slip of the pen must not
 * make an archive. */
static enum status
look_at_names(const struct ingest_options *options, struct error *err)
{
    struct ingest_options names = *options;
    struct ingest_counts counts = {0};

    names.names_only = true;
    return ingest_look(NULL, &names, NULL, &counts, err);
}

static enum status
run_all(struct run *run, struct error *err)
{
    const struct nindex *nindex = run->nindex;
    struct ingest_options options = options_of(nindex);
    const struct ingest_watch watch = {.problem = tell_problem,
                                       .progress = tell_progress,
                                       .article = note_article,
                                       .file = note_file,
                                       .stop = is_stopped,
                                       .context = run};
    struct writer_options how = {.dir = nindex->dir.data,
                                 .language = nindex->language,
                                 .memory = (size_t)nindex->memory,
                                 .threads = nindex->threads,
                                 .make = !nindex->dry_run};
    enum status status = look_at_names(&options, err);

    if (!status)
        status = writer_open(&run->writer, &how, err);
    if (status == STATUS_ABSENT && nindex->dry_run) {
        writer_close(run->writer);
        run->writer = NULL;
        status = STATUS_OK;
    }
    if (!status && nindex->dry_run)
        return ingest_try(run->writer, &options, &watch, &run->counts, err);
    if (!status)
        status = takedown_noted(run->writer, err);
    if (!status)
        stopping_start();
    if (!status)
        status = ingest_run(run->writer, &options, &watch, &run->counts, err);
    run->progress.reading = false;
    if (!status)
        status = writer_commit(run->writer, NULL, err);
    if (status || run->counts.stopped)
        return status;
    /* The next run merges what this one does not. */
    stopping_say("nindex: stopped while merging; everything that was read is "
                 "kept\n");
    return merge_run(run->writer, err);
}

/* What is kept, and how to go on. */
static int
tell_stop(const struct run *run)
{
    const struct ingest_counts *counts = &run->counts;
    const struct writer_counts *did = writer_counts(run->writer);
    uint64_t all = counts->new_files + counts->changed;
    struct buf text = BUF_INIT;

    buf_printf(&text,
               "stopped after %llu of %llu files; what was read, %llu new "
               "articles among it, is kept and can be searched; the same "
               "command goes on from there",
               (unsigned long long)counts->read, (unsigned long long)all,
               (unsigned long long)did->added);
    nindex_say(text.data);
    buf_release(&text);
    return EXIT_STOPPED + stopping_asked();
}

static enum status
open_report(struct run *run, struct error *err)
{
    const char *path = run->nindex->report;

    if (!path)
        return STATUS_OK;
    run->report = strcmp(path, "-") == 0 ? stdout : fopen(path, "we");
    if (!run->report)
        return error_set(err, STATUS_IO, "%s: the report cannot be written: %s",
                         path, strerror(errno));
    fputs(origins_header, run->report);
    return STATUS_OK;
}

static enum status
close_report(struct run *run, struct error *err)
{
    bool good = true;

    if (run->report && run->report != stdout) {
        good = !ferror(run->report);
        good = fclose(run->report) == 0 && good;
    }
    run->report = NULL;
    if (!good)
        return error_set(err, STATUS_IO,
                         "%s: the report could not be written to its end; is "
                         "the disk full?",
                         run->nindex->report);
    return STATUS_OK;
}

int
nindex_add(const struct nindex *nindex)
{
    struct run run = {.nindex = nindex};
    struct error err = {0};
    enum status status;
    enum status reported;
    int code = EXIT_GOOD;

    progress_start(&run.progress, !nindex->quiet && !nindex->cron);
    status = open_report(&run, &err);
    if (!status)
        status = run_all(&run, &err);
    reported = close_report(&run, status ? NULL : &err);
    status = status ? status : reported;
    progress_end(&run.progress);
    /* From cron, the run before this one is simply not ready yet. */
    if (status == STATUS_LOCKED && nindex->cron)
        code = EXIT_GOOD;
    else if (status)
        code = nindex_failed(&err);
    else if (run.counts.stopped)
        code = tell_stop(&run);
    else if (nindex->dry_run)
        print_plan(&run);
    else if (!nindex->quiet && !nindex->cron)
        print_summary(&run);
    if (code == EXIT_GOOD)
        code = nindex_flush();
    if (code == EXIT_GOOD && run.counts.interrupted)
        code = EXIT_SYSTEM;
    if (code == EXIT_GOOD && nindex->strict &&
        (run.counts.failed || run.counts.failed_files || run.counts.left))
        code = EXIT_SOME_FAILED;
    writer_close(run.writer);
    origins_release(&run.origins);
    return code;
}
