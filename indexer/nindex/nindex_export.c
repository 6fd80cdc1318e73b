/*
 * nindex export: the archive as one database that needs nothing of ours.
 *
 * The segments are made for searching by nsearch: several files, texts packed,
 * an index in the terms of our analysis.  What SQL, Python and Datasette want
 * is one file, plain text, and an index that every SQLite can read.  So FTS5's
 * own tokenizer is used, which knows words and diacritics but no stems.
 *
 *     article          an article each, lists as JSON
 *     article_keyword  article, keyword
 *     article_author   article, author
 *     article_fts      FTS5, external content on article
 *     export           key and value: generation, articles
 *
 * nsearch-sql(7) has the same in words; change both together.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sqlite3.h>

#include "corpus/article/article.h"
#include "corpus/base/count.h"
#include "indexer/archive/manifest.h"
#include "indexer/bits/sql.h"
#include "indexer/nindex/generation.h"
#include "indexer/nindex/nindex.h"
#include "indexer/stored/row.h"

/* 'nexp' in ASCII: by which the next export knows what it may replace. */
#define EXPORT_APPLICATION_ID 0x6e657870

/* The file has another name until it is whole, so nothing is journalled.
 * Datasette knows an FTS5 table by the quotes in content="article". */
static const char tables_sql[] =
    "PRAGMA page_size=8192; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
    "PRAGMA application_id=1852143728;"
    "BEGIN;"
    "CREATE TABLE article(\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  key TEXT NOT NULL UNIQUE,   -- as nsearch and nindex name it\n"
    "  version TEXT NOT NULL,      -- of a wire item, else ''\n"
    "  kind TEXT NOT NULL,         -- 'story', 'picture' ...\n"
    "  published TEXT,             -- ISO 8601, no finer than it is known\n"
    "  published_from TEXT NOT NULL,\n"
    "  year INTEGER,\n"
    "  publication TEXT NOT NULL,\n"
    "  section TEXT NOT NULL,\n"
    "  language TEXT NOT NULL,     -- ISO 639-1, of the archive if unstated\n"
    "  language_from TEXT NOT NULL, -- 'declared', 'detected' or 'default'\n"
    "  headline TEXT NOT NULL,\n"
    "  byline TEXT NOT NULL,\n"
    "  authors TEXT NOT NULL,      -- JSON: an array\n"
    "  keywords TEXT NOT NULL,     -- JSON: an array\n"
    "  dateline TEXT NOT NULL,\n"
    "  captions TEXT NOT NULL,     -- one a line\n"
    "  body TEXT NOT NULL,         -- one paragraph a line\n"
    "  words INTEGER NOT NULL,     -- of the body\n"
    "  url TEXT NOT NULL,\n"
    "  file TEXT NOT NULL,\n"
    "  added TEXT NOT NULL,        -- the day it entered the archive, or ''\n"
    "  seen TEXT                   -- ISO 8601, the visit\n"
    ") STRICT;\n"
    "CREATE TABLE article_keyword(\n"
    "  article INTEGER NOT NULL REFERENCES article(id),\n"
    "  keyword TEXT NOT NULL,\n"
    "  PRIMARY KEY(article, keyword)\n"
    ") STRICT, WITHOUT ROWID;\n"
    "CREATE TABLE article_author(\n"
    "  article INTEGER NOT NULL REFERENCES article(id),\n"
    "  author TEXT NOT NULL,\n"
    "  PRIMARY KEY(article, author)\n"
    ") STRICT, WITHOUT ROWID;\n"
    "CREATE TABLE export(\n"
    "  key TEXT PRIMARY KEY,\n"
    "  value TEXT NOT NULL\n"
    ") STRICT, WITHOUT ROWID;\n"
    "CREATE VIRTUAL TABLE article_fts USING fts5(\n"
    "  headline, body, byline, captions, keywords,\n"
    "  content=\"article\", content_rowid=\"id\", tokenize='unicode61');\n";

/* The lists are in their own tables by then. */
static const char article_sql[] =
    "INSERT INTO article VALUES(:id, :key, :version, :kind, :published,"
    " :published_from, :year, :publication, :section, :language,"
    " :language_from, :headline, :byline,"
    " (SELECT json_group_array(author) FROM article_author"
    "  WHERE article = :id),"
    " (SELECT json_group_array(keyword) FROM article_keyword"
    "  WHERE article = :id),"
    " :dateline, :captions, :body, :words, :url, :file, :added, :seen)";

static const char finish_sql[] =
    "INSERT INTO article_fts(article_fts) VALUES('rebuild');"
    "INSERT INTO article_fts(article_fts) VALUES('optimize');"
    "CREATE INDEX article_published ON article(published);"
    "CREATE INDEX article_publication ON article(publication);"
    "CREATE INDEX article_keyword_keyword ON article_keyword(keyword);"
    "CREATE INDEX article_author_author ON article_author(author);"
    "COMMIT;";

struct export
{
    const char *path; /* of the file that is being written */
    struct sqlite3 *db;
    sqlite3_stmt *article;
    sqlite3_stmt *keyword;
    sqlite3_stmt *author;
    const char *language; /* the archive's */
    int64_t articles;
};

static void
bind_text(sqlite3_stmt *insert, const char *name, const struct buf *text)
{
    sqlite3_bind_text64(insert, sqlite3_bind_parameter_index(insert, name),
                        text->data, text->size, SQLITE_TRANSIENT, SQLITE_UTF8);
}

static void
bind_word(sqlite3_stmt *insert, const char *name, const char *word)
{
    sqlite3_bind_text(insert, sqlite3_bind_parameter_index(insert, name), word,
                      -1, SQLITE_TRANSIENT);
}

static void
bind_number(sqlite3_stmt *insert, const char *name, int64_t number)
{
    sqlite3_bind_int64(insert, sqlite3_bind_parameter_index(insert, name),
                       number);
}

/* Stays NULL if there is none. */
static void
bind_date(sqlite3_stmt *insert, const char *name, const struct date *date)
{
    struct buf text = BUF_INIT;

    if (date->precision != DATE_NONE) {
        date_print(date, &text);
        bind_text(insert, name, &text);
    }
    buf_release(&text);
}

static void
bind_captions(sqlite3_stmt *insert, const struct article *article)
{
    struct buf lines = BUF_INIT;

    for (size_t i = 0; i < article->captions; i++) {
        const struct caption *caption = &article->caption[i];

        buf_printf(&lines, "%s%s", i ? "\n" : "", caption->text.data);
        if (caption->credit.size)
            buf_printf(&lines, " [%s]", caption->credit.data);
    }
    bind_text(insert, ":captions", &lines);
    buf_release(&lines);
}

/* Put what is bound into its table. */
static enum status
insert(struct export *export, sqlite3_stmt *statement, struct error *err)
{
    int code = sqlite3_step(statement);

    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    if (code != SQLITE_DONE)
        return sql_failed(export->db, export->path, err);
    return STATUS_OK;
}

/* A name that comes twice is one. */
static enum status
insert_list(struct export *export, sqlite3_stmt *statement,
            const struct list *list, struct error *err)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; !status && i < list->count; i++) {
        sqlite3_bind_int64(statement, 1, export->articles);
        sqlite3_bind_text(statement, 2, list->item[i], -1, SQLITE_STATIC);
        status = insert(export, statement, err);
    }
    return status;
}

static void
bind_article(const struct export *export, const struct article *article)
{
    static const struct {
        const char *name;
        enum article_member member;
    } lines[] = {
        {":key", MEMBER_KEY},
        {":version", MEMBER_VERSION},
        {":publication", MEMBER_PUBLICATION},
        {":section", MEMBER_SECTION},
        {":headline", MEMBER_HEADLINE},
        {":byline", MEMBER_BYLINE},
        {":dateline", MEMBER_DATELINE},
        {":body", MEMBER_BODY},
        {":url", MEMBER_URL},
    };
    sqlite3_stmt *to = export->article;
    int year;
    int month;
    int day;

    bind_number(to, ":id", export->articles);
    for (size_t i = 0; i < COUNT(lines); i++)
        bind_text(to, lines[i].name, member_of(article, lines[i].member));
    bind_word(to, ":language",
              article->language.size ? article->language.data
                                     : export->language);
    bind_word(to, ":language_from",
              language_source_name(article->language_from));
    bind_word(to, ":kind", article_kind_name(article->kind));
    bind_word(to, ":published_from", date_source_name(article->published_from));
    bind_date(to, ":published", &article->published);
    bind_date(to, ":seen", &article->seen);
    if (article->published.precision != DATE_NONE) {
        date_day(&article->published, &year, &month, &day);
        bind_number(to, ":year", year);
    }
    bind_captions(to, article);
}

static enum status
export_article(void *context, struct sqlite3_stmt *row,
               const struct article *article, struct error *err)
{
    struct export *export = context;
    enum status status;

    export->articles++;
    status = insert_list(export, export->keyword, &article->keywords, err);
    if (!status)
        status = insert_list(export, export->author, &article->authors, err);
    if (status)
        return status;
    bind_article(export, article);
    bind_word(export->article, ":file", row_file(row));
    bind_word(export->article, ":added", row_added(row));
    bind_number(export->article, ":words", row_words(row));
    return insert(export, export->article, err);
}

static enum status
run_sql(struct export *export, const char *sql, struct error *err)
{
    if (sqlite3_exec(export->db, sql, NULL, NULL, NULL) != SQLITE_OK)
        return sql_failed(export->db, export->path, err);
    return STATUS_OK;
}

static enum status
prepare(struct export *export, const char *sql, sqlite3_stmt **statement,
        struct error *err)
{
    if (sqlite3_prepare_v2(export->db, sql, -1, statement, NULL) != SQLITE_OK)
        return sql_failed(export->db, export->path, err);
    return STATUS_OK;
}

static enum status
begin(struct export *export, struct error *err)
{
    enum status status = STATUS_OK;

    if (sqlite3_open_v2(export->path, &export->db,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
                        NULL) != SQLITE_OK)
        status = sql_failed(export->db, export->path, err);
    if (!status)
        status = run_sql(export, tables_sql, err);
    if (!status)
        status = prepare(export, article_sql, &export->article, err);
    if (!status)
        status =
            prepare(export, "INSERT OR IGNORE INTO article_keyword VALUES(?,?)",
                    &export->keyword, err);
    if (!status)
        status =
            prepare(export, "INSERT OR IGNORE INTO article_author VALUES(?,?)",
                    &export->author, err);
    return status;
}

static enum status
finish(struct export *export, const struct manifest *manifest,
       struct error *err)
{
    sqlite3_stmt *about = NULL;
    enum status status = prepare(export,
                                 "INSERT INTO export VALUES('generation', ?1),"
                                 "('language', ?2), ('articles', ?3)",
                                 &about, err);

    if (!status) {
        sqlite3_bind_int64(about, 1, (sqlite3_int64)manifest->generation);
        sqlite3_bind_text(about, 2, manifest->language, -1, SQLITE_STATIC);
        sqlite3_bind_int64(about, 3, export->articles);
        status = insert(export, about, err);
    }
    if (!status)
        status = run_sql(export, finish_sql, err);
    sqlite3_finalize(about);
    return status;
}

static enum status
write_all(struct export *export, const struct generation *from,
          struct error *err)
{
    const struct manifest *manifest = &from->manifest;
    enum status status = begin(export, err);

    export->language = manifest->language;
    if (!status)
        status = generation_each(from, NULL, export_article, export, err);
    if (!status)
        status = finish(export, manifest, err);
    sqlite3_finalize(export->article);
    sqlite3_finalize(export->keyword);
    sqlite3_finalize(export->author);
    if (sqlite3_close(export->db) != SQLITE_OK && !status)
        status =
            error_set(err, STATUS_IO, "%s: cannot be closed", export->path);
    return status;
}

/* An earlier export may be replaced, and nothing else. */
static enum status
expect_replaceable(const char *path, struct error *err)
{
    unsigned char header[72] = {0};
    const unsigned char *id = header + 68; /* SQLite's file format */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    bool ours;

    if (fd < 0 && errno == ENOENT)
        return STATUS_OK;
    if (fd < 0)
        return error_set(err, status_of_errno(errno),
                         "%s: cannot be opened: %s", path, strerror(errno));
    ours = read(fd, header, sizeof(header)) == (ssize_t)sizeof(header) &&
           ((uint32_t)id[0] << 24 | (uint32_t)id[1] << 16 |
            (uint32_t)id[2] << 8 | id[3]) == EXPORT_APPLICATION_ID;
    close(fd);
    if (!ours)
        return error_set(err, STATUS_USAGE,
                         "%s: is there already, and is no earlier export; "
                         "move it away or name another file",
                         path);
    return STATUS_OK;
}

/* Made here, so that nobody else's file or link is written through. */
static enum status
make_file(struct buf *name, const char *path, struct error *err)
{
    mode_t mask = umask(0);
    int fd;

    umask(mask);
    buf_printf(name, "%s.XXXXXX", path);
    fd = mkstemp(name->data);
    if (fd < 0)
        return error_set(err, status_of_errno(errno), "%s: cannot be made: %s",
                         path, strerror(errno));
    /* mkstemp() lets nobody else read it, which the umask may. */
    (void)fchmod(fd, 0666 & ~mask);
    close(fd);
    return STATUS_OK;
}

static enum status
put_in_place(const char *made, const char *path, struct error *err)
{
    int fd = open(made, O_RDONLY | O_CLOEXEC);
    bool good = fd >= 0 && fsync(fd) == 0 && rename(made, path) == 0;
    enum status status = STATUS_OK;

    if (!good)
        status =
            error_set(err, status_of_errno(errno),
                      "%s: cannot be put in place: %s", path, strerror(errno));
    if (fd >= 0)
        close(fd);
    return status;
}

int
nindex_export(const struct nindex *nindex)
{
    const char *path = nindex->args.item[0];
    struct export export = {0};
    struct generation from = {0};
    struct buf made = BUF_INIT;
    struct error err = {0};
    enum status status = expect_replaceable(path, &err);

    if (!status)
        status = generation_open(&from, nindex->dir.data, &err);
    if (!status)
        status = make_file(&made, path, &err);
    if (!status) {
        export.path = made.data;
        status = write_all(&export, &from, &err);
        if (!status)
            status = put_in_place(made.data, path, &err);
        if (status)
            unlink(made.data);
    }
    generation_close(&from);
    buf_release(&made);
    if (status)
        return nindex_failed(&err);
    if (!nindex->quiet)
        printf("%s: %" PRId64 " article%s\n", path, export.articles,
               export.articles == 1 ? "" : "s");
    return nindex_flush();
}
