/* The files that the catalog knows, and what it noted about them. */
#include <stdio.h>
#include <string.h>

#include "indexer/catalog/catalog_parts.h"

static void
load_file(sqlite3_stmt *select, struct catalog_file *file)
{
    const unsigned char *format = sqlite3_column_text(select, 5);
    const unsigned char *reason = sqlite3_column_text(select, 10);

    file->id = sqlite3_column_int64(select, 0);
    file->size = (uint64_t)sqlite3_column_int64(select, 1);
    file->mtime_ns = sqlite3_column_int64(select, 2);
    file->digest = (uint64_t)sqlite3_column_int64(select, 3);
    file->stale = sqlite3_column_int(select, 4) != 0;
    snprintf(file->format, sizeof(file->format), "%s",
             format ? (const char *)format : "");
    file->articles = (uint64_t)sqlite3_column_int64(select, 6);
    file->failed = (uint64_t)sqlite3_column_int64(select, 7);
    file->skipped = (uint64_t)sqlite3_column_int64(select, 8);
    file->refused = (uint64_t)sqlite3_column_int64(select, 9);
    buf_set_text(&file->reason, reason ? (const char *)reason : "");
}

bool
catalog_find_file(struct catalog *catalog, const char *path,
                  struct catalog_file *file)
{
    sqlite3_stmt *find = catalog_sql(catalog, SQL_FIND_FILE);
    bool found;

    sqlite3_bind_text(find, 1, path, -1, SQLITE_STATIC);
    found = catalog_step(catalog, find);
    if (found)
        load_file(find, file);
    sqlite3_reset(find);
    return found;
}

int64_t
catalog_put_file(struct catalog *catalog, const char *path,
                 const struct catalog_file *file)
{
    sqlite3_stmt *put =
        catalog_sql(catalog, file->id ? SQL_UPDATE_FILE : SQL_INSERT_FILE);

    sqlite3_bind_text(put, 1, path, -1, SQLITE_STATIC);
    sqlite3_bind_int64(put, 2, (sqlite3_int64)file->size);
    sqlite3_bind_int64(put, 3, file->mtime_ns);
    sqlite3_bind_int64(put, 4, (sqlite3_int64)file->digest);
    sqlite3_bind_int(put, 5, file->stale);
    sqlite3_bind_text(put, 6, file->format, -1, SQLITE_STATIC);
    sqlite3_bind_int64(put, 7, (sqlite3_int64)file->articles);
    sqlite3_bind_int64(put, 8, (sqlite3_int64)file->failed);
    sqlite3_bind_int64(put, 9, (sqlite3_int64)file->skipped);
    sqlite3_bind_int64(put, 10, (sqlite3_int64)file->refused);
    sqlite3_bind_text(put, 11, file->reason.data, -1, SQLITE_STATIC);
    if (file->id)
        sqlite3_bind_int64(put, 12, file->id);
    catalog_change(catalog, put);
    return file->id ? file->id : sqlite3_last_insert_rowid(catalog->db);
}

void
catalog_remove_file(struct catalog *catalog, int64_t id)
{
    catalog_change_by_id(catalog, SQL_REMOVE_FILE, id);
}

void
catalog_set_stale(struct catalog *catalog, int64_t id)
{
    catalog_change_by_id(catalog, SQL_SET_STALE, id);
}

void
catalog_add_refused(struct catalog *catalog, int64_t id)
{
    catalog_change_by_id(catalog, SQL_ADD_REFUSED, id);
    catalog_change_by_id(catalog, SQL_FORGET_EMPTY, id);
}

void
catalog_note_read(struct catalog *catalog, int64_t id)
{
    if (!catalog->read_any)
        catalog_run(catalog, "DELETE FROM lately");
    catalog->read_any = true;
    catalog_change_by_id(catalog, SQL_PUT_LATELY, id);
}

void
catalog_set_refused_stale(struct catalog *catalog)
{
    catalog_change(catalog, catalog_sql(catalog, SQL_SET_REFUSED_STALE));
}

void
catalog_set_all_stale(struct catalog *catalog)
{
    catalog_run(catalog, "UPDATE file SET stale=1");
    catalog->changed = true;
}

void
catalog_note_limits(struct catalog *catalog, const char *path,
                    const struct catalog_limits *limits)
{
    sqlite3_stmt *put =
        catalog_sql(catalog, limits ? SQL_PUT_LIMITS : SQL_FORGET_LIMITS);

    sqlite3_bind_text(put, 1, path, -1, SQLITE_STATIC);
    if (limits) {
        sqlite3_bind_int64(put, 2, limits->seconds);
        sqlite3_bind_int64(put, 3, (sqlite3_int64)limits->memory);
        sqlite3_bind_text(put, 4, limits->program, -1, SQLITE_STATIC);
    }
    catalog_change(catalog, put);
}

bool
catalog_was_given_up(struct catalog *catalog, const char *path)
{
    sqlite3_stmt *find = catalog_sql(catalog, SQL_FIND_GIVEN_UP);
    bool found;

    sqlite3_bind_text(find, 1, path, -1, SQLITE_STATIC);
    found = catalog_step(catalog, find);
    sqlite3_reset(find);
    return found;
}

void
catalog_set_limited_stale(struct catalog *catalog,
                          const struct catalog_limits *limits)
{
    sqlite3_stmt *set = catalog_sql(catalog, SQL_SET_LIMITED_STALE);

    sqlite3_bind_int64(set, 1, limits->seconds);
    sqlite3_bind_int64(set, 2, (sqlite3_int64)limits->memory);
    sqlite3_bind_text(set, 3, limits->program, -1, SQLITE_STATIC);
    while (catalog_step(catalog, set))
        continue;
    /* As a rule there is none, and a run with nothing to do writes nothing. */
    if (!catalog->failure.status && sqlite3_changes(catalog->db) > 0)
        catalog->changed = true;
}

static void
hand_out(struct catalog *catalog, sqlite3_stmt *select,
         void (*each)(void *context, const char *path,
                      const struct catalog_file *file),
         void *context)
{
    struct catalog_file file = CATALOG_FILE_INIT;

    while (catalog_step(catalog, select)) {
        load_file(select, &file);
        each(context, (const char *)sqlite3_column_text(select, 11), &file);
    }
    sqlite3_reset(select);
    buf_release(&file.reason);
}

void
catalog_each_file(struct catalog *catalog, const char *path,
                  void (*each)(void *context, const char *path,
                               const struct catalog_file *file),
                  void *context)
{
    sqlite3_stmt *select = catalog_sql(catalog, SQL_EACH_FILE);
    size_t size = strlen(path);

    /* "/" has all others under it without another '/'. */
    while (size > 0 && path[size - 1] == '/')
        size--;
    sqlite3_bind_text(select, 1, path, (int)size, SQLITE_STATIC);
    hand_out(catalog, select, each, context);
}

void
catalog_each_stale(struct catalog *catalog,
                   void (*each)(void *context, const char *path,
                                const struct catalog_file *file),
                   void *context)
{
    hand_out(catalog, catalog_sql(catalog, SQL_EACH_STALE), each, context);
}
