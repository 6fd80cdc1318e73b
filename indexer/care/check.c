#include "indexer/care/check.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <sqlite3.h>

#include "indexer/analysis/analysis.h"
#include "indexer/archive/folder.h"
#include "indexer/archive/manifest.h"
#include "indexer/archive/manifest_file.h"
#include "indexer/archive/tidy.h"
#include "indexer/bits/sha256.h"
#include "indexer/care/check_ranked.h"
#include "indexer/ranked/likeness.h"
#include "indexer/segment/schema.h"
#include "indexer/stored/row.h"
#include "indexer/stored/store.h"

struct check {
    const char *dir;
    enum check_depth depth;
    struct list findings;
    size_t barred;         /* of these: nothing was seen of the file */
    struct list leftovers; /* of killed runs: no damage */
    const char *advice;    /* about the file being looked at */
    bool ranked_good;      /* that of the segment being looked at */
    FILE *out;             /* in the child: where findings go */
};

static void found(struct check *check, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void
found(struct check *check, const char *format, ...)
{
    char text[1200];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    if (!check->out) {
        list_add_text(&check->findings, text);
        return;
    }
    /* A finding is a line to the parent. */
    for (char *at = text; *at; at++)
        fputc(*at == '\n' ? ' ' : *at, check->out);
    fputc('\n', check->out);
    fflush(check->out);
}

/* What one can do about a segment that is not what it was. */
#define ADVICE \
    "put it back from a backup, or rescue what is left with: nindex repair"
#define RANKED_ADVICE "make it again with: nindex optimize --rebuild-ranked"

/* A file that one may not read is no worse for that. */
static void
found_barred(struct check *check, const char *path)
{
    found(check,
          "%s: cannot be opened: %s; let a user who may read it check the "
          "archive",
          path, strerror(EACCES));
    check->barred++;
}

static bool
check_bytes(struct check *check, const char *path, int fd, const char *sha256)
{
    char hex[SHA256_HEX_SIZE];
    struct error err = {0};

    if (sha256_file(fd, path, hex, NULL, &err)) {
        found(check, "%s; %s", err.text, check->advice);
        return false;
    }
    if (strcmp(hex, sha256) != 0) {
        found(check, "%s: its bytes have changed; %s", path, check->advice);
        return false;
    }
    return true;
}

/* A file against its size and digest.  True if it is worth looking into. */
static bool
check_file(struct check *check, const char *path, uint64_t bytes,
           const char *sha256)
{
    struct stat info;
    int fd = open(path, FOLDER_READ | O_NOFOLLOW);
    bool good = false;

    if (fd < 0 && errno == EACCES)
        found_barred(check, path);
    else if (fd < 0 || fstat(fd, &info) != 0)
        found(check, "%s: %s; %s", path,
              errno == ENOENT ? "is missing" : strerror(errno), check->advice);
    else if ((uint64_t)info.st_size != bytes)
        found(check,
              "%s: has %" PRIu64 " bytes where the manifest says %" PRIu64
              "; %s",
              path, (uint64_t)info.st_size, bytes, check->advice);
    else
        good =
            check->depth == CHECK_QUICK || check_bytes(check, path, fd, sha256);
    if (fd >= 0)
        close(fd);
    return good;
}

/* Run a statement that must answer `expected` or, if that is NULL, no error. */
static void
expect(struct check *check, struct sqlite3 *db, const char *path,
       const char *sql, const char *expected)
{
    sqlite3_stmt *ask = NULL;
    const char *got = NULL;
    int code = sqlite3_prepare_v2(db, sql, -1, &ask, NULL);

    if (code == SQLITE_OK)
        code = sqlite3_step(ask);
    if (code == SQLITE_ROW)
        got = (const char *)sqlite3_column_text(ask, 0);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        found(check, "%s: %s (%s); " ADVICE, path, sqlite3_errmsg(db), sql);
    else if (expected && (!got || strcmp(got, expected) != 0))
        found(check, "%s: %s (%s); " ADVICE, path, got ? got : "no answer",
              sql);
    sqlite3_finalize(ask);
}

/* Every article's CRC, and how many there are. */
static void
check_articles(struct check *check, struct sqlite3 *db, const char *path,
               int64_t articles)
{
    struct unpacker *unpacker = unpacker_new(db);
    sqlite3_stmt *select = NULL;
    struct article article;
    int64_t count = 0;
    int code;

    article_init(&article);
    code = sqlite3_prepare_v2(db, "SELECT " ROW_COLUMNS " FROM article", -1,
                              &select, NULL);
    while (code == SQLITE_OK && sqlite3_step(select) == SQLITE_ROW) {
        struct error err = {0};

        count++;
        if (row_load(select, unpacker, &article, &err))
            found(check, "%s: %s; " ADVICE, path, err.text);
    }
    if (count != articles)
        found(check,
              "%s: has %" PRId64 " articles where the manifest says %" PRId64
              "; " ADVICE,
              path, count, articles);
    sqlite3_finalize(select);
    unpacker_free(unpacker);
    article_release(&article);
}

/* Each article has its strongest terms, and they can be read. */
static void
check_likenesses(struct check *check, struct sqlite3 *db, const char *path,
                 int64_t articles)
{
    sqlite3_stmt *select = NULL;
    int64_t count = 0;
    int code = sqlite3_prepare_v2(
        db, "SELECT id, terms FROM likeness ORDER BY id", -1, &select, NULL);

    while (code == SQLITE_OK && sqlite3_step(select) == SQLITE_ROW) {
        struct likeness likeness;
        bool sound = likeness_read(&likeness, sqlite3_column_blob(select, 1),
                                   (size_t)sqlite3_column_bytes(select, 1));

        if (!sound || sqlite3_column_int64(select, 0) != ++count)
            break;
    }
    if (count != articles)
        found(check,
              "%s: has the strongest terms of %" PRId64 " articles and not of "
              "all %" PRId64 "; " ADVICE,
              path, count, articles);
    sqlite3_finalize(select);
}

/*
 * FTS5's check is an INSERT that writes nothing, yet a file that is open for
 * reading only refuses it.  So it works on a private map of the file, which
 * may be written to as far as SQLite can see.
 */
static void
check_index(struct check *check, const char *path)
{
    static const char ask[] =
        "INSERT INTO article_fts(article_fts, rank) VALUES('integrity-check', "
        "1)";
    struct sqlite3 *db = NULL;
    struct error err = {0};
    int fd = open(path, FOLDER_READ);
    struct stat info = {0};
    void *map = MAP_FAILED;
    sqlite3_int64 size;

    if (fd >= 0 && fstat(fd, &info) == 0 && info.st_size > 0)
        map = mmap(NULL, (size_t)info.st_size, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE, fd, 0);
    if (fd >= 0)
        close(fd);
    if (map == MAP_FAILED) {
        found(check, "%s: cannot be mapped: %s", path, strerror(errno));
        return;
    }
    size = info.st_size;
    if (sqlite3_open(":memory:", &db) != SQLITE_OK ||
        sqlite3_deserialize(db, "main", map, size, size, 0) != SQLITE_OK ||
        store_register(db, NULL, &err) || analysis_register(db, &err))
        found(check, "%s: cannot be looked into: %s", path,
              err.status ? err.text : sqlite3_errmsg(db));
    else
        expect(check, db, path, ask, NULL);
    sqlite3_close(db);
    munmap(map, (size_t)info.st_size);
}

static void
path_of_ranked(const struct check *check, const struct manifest_segment *entry,
               struct buf *path)
{
    char name[32];

    manifest_ranked_name(name, entry->name);
    buf_printf(path, "%s/%s", check->dir, name);
}

static void
compare_ranked(struct check *check, struct sqlite3 *db,
               const struct manifest_segment *entry)
{
    struct buf path = BUF_INIT;
    struct error err = {0};

    path_of_ranked(check, entry, &path);
    if (check_ranked(db, path.data, entry, &err))
        found(check, "%s", err.text);
    buf_release(&path);
}

static void
check_inside(struct check *check, const char *path,
             const struct manifest_segment *entry)
{
    struct sqlite3 *db = NULL;
    struct error err = {0};

    if (schema_open(&db, path, &err)) {
        found(check, err.status == STATUS_VERSION ? "%s" : "%s; " ADVICE,
              err.text);
        return;
    }
    if (check->depth != CHECK_QUICK && check->ranked_good)
        compare_ranked(check, db, entry);
    if (check->depth == CHECK_FULL) {
        expect(check, db, path, "PRAGMA integrity_check", "ok");
        check_articles(check, db, path, entry->articles);
        check_likenesses(check, db, path, entry->articles);
        check_index(check, path);
    }
    schema_close(db);
}

static void
run_child(const struct check *check, const char *path,
          const struct manifest_segment *entry, int fd)
{
    struct check own = *check;

    own.out = fdopen(fd, "w");
    if (!own.out)
        _exit(1);
    check_inside(&own, path, entry);
    _exit(0);
}

static void
read_child(struct check *check, int fd)
{
    FILE *in = fdopen(fd, "r");
    char line[1300];

    if (!in) {
        close(fd);
        return;
    }
    while (fgets(line, sizeof(line), in)) {
        line[strcspn(line, "\n")] = '\0';
        found(check, "%s", line);
    }
    fclose(in);
}

static void
check_in_child(struct check *check, const char *path,
               const struct manifest_segment *entry)
{
    int ends[2];
    int how = 0;
    pid_t child;

    if (pipe(ends) != 0) {
        found(check, "%s: cannot be looked into: %s", path, strerror(errno));
        return;
    }
    child = fork();
    if (child == 0) {
        close(ends[0]);
        run_child(check, path, entry, ends[1]);
    }
    close(ends[1]);
    if (child < 0) {
        close(ends[0]);
        found(check, "%s: cannot be looked into: %s", path, strerror(errno));
        return;
    }
    read_child(check, ends[0]);
    while (waitpid(child, &how, 0) < 0 && errno == EINTR)
        continue;
    if (!WIFEXITED(how) || WEXITSTATUS(how) != 0)
        found(check, "%s: the check died of what it found; " ADVICE, path);
}

static void
check_segment(struct check *check, const struct manifest_segment *entry)
{
    struct buf path = BUF_INIT;

    check->ranked_good = false;
    if (entry->ranked_bytes) {
        path_of_ranked(check, entry, &path);
        check->advice = RANKED_ADVICE;
        check->ranked_good = check_file(check, path.data, entry->ranked_bytes,
                                        entry->ranked_sha256);
    }
    buf_clear(&path);
    buf_printf(&path, "%s/%s", check->dir, entry->name);
    check->advice = ADVICE;
    if (check_file(check, path.data, entry->bytes, entry->sha256))
        check_in_child(check, path.data, entry);
    buf_release(&path);
}

static void
note_leftover(void *context, const char *path)
{
    list_add_text(context, path);
}

static void
report_leftovers(const struct check *check, check_report report, void *context)
{
    struct buf text = BUF_INIT;

    if (check->leftovers.count == 0)
        return;
    buf_printf(&text, "%s", check->leftovers.item[0]);
    if (check->leftovers.count > 1)
        buf_printf(&text, " and %zu more", check->leftovers.count - 1);
    buf_add_text(&text,
                 ": left by a run that was killed; nobody reads it, and the "
                 "next run removes it, as does: nindex repair");
    report(context, text.data);
    buf_release(&text);
}

/* One look at what the manifest says now. */
static enum status
check_once(struct check *check, uint64_t *generation, struct error *err)
{
    struct manifest manifest = MANIFEST_INIT;
    struct error why = {0};
    struct error lost = {0};
    enum status status = manifest_read(&manifest, check->dir, &why);

    list_clear(&check->findings);
    list_clear(&check->leftovers);
    check->barred = 0;
    if (status == STATUS_DAMAGED)
        found(check,
              "%s; put it back from a backup, or make it again with: nindex "
              "repair",
              why.text);
    else if (status == STATUS_ABSENT &&
             tidy_expect_new(check->dir, &lost) == STATUS_DAMAGED)
        found(check, "%s", lost.text);
    else if (status)
        error_set(err, status, "%s", why.text);
    else
        for (size_t i = 0; i < manifest.segments; i++)
            check_segment(check, &manifest.segment[i]);
    if (!status)
        tidy_each_leftover(check->dir, &manifest, note_leftover,
                           &check->leftovers);
    *generation = manifest.generation;
    manifest_release(&manifest);
    return check->findings.count ? STATUS_OK : status;
}

/* A run that commits meanwhile takes segments away; then what was found
 * missing is not. */
static bool
has_moved_on(const struct check *check, uint64_t generation)
{
    struct manifest manifest = MANIFEST_INIT;
    bool moved = manifest_read(&manifest, check->dir, NULL) == STATUS_OK &&
                 manifest.generation != generation;

    manifest_release(&manifest);
    return moved;
}

enum status
check_archive(const char *dir, enum check_depth depth, check_report report,
              void *context, struct error *err)
{
    struct check check = {.dir = dir, .depth = depth};
    uint64_t generation;
    enum status status;

    do
        status = check_once(&check, &generation, err);
    while (!status && (check.findings.count || check.leftovers.count) &&
           has_moved_on(&check, generation));
    report_leftovers(&check, report, context);
    for (size_t i = 0; i < check.findings.count; i++)
        report(context, check.findings.item[i]);
    if (!status && check.barred && check.barred == check.findings.count)
        status = error_set(err, STATUS_IO,
                           "%s: %zu of its files could not be looked at", dir,
                           check.barred);
    else if (!status && check.findings.count)
        status = error_set(err, STATUS_DAMAGED, "%s: damaged, %zu finding%s",
                           dir, check.findings.count,
                           check.findings.count == 1 ? "" : "s");
    list_release(&check.findings);
    list_release(&check.leftovers);
    return status;
}
