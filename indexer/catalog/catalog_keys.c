/* Who holds which key, and where its article stands. */
#include <stdio.h>
#include <string.h>

#include "corpus/base/ascii.h"
#include "corpus/base/mem.h"
#include "indexer/bits/sha256.h"
#include "indexer/catalog/catalog_parts.h"

struct catalog_key
catalog_key_of(const char *key, size_t size, char hex[65])
{
    unsigned char digest[SHA256_SIZE];
    struct catalog_key got;

    sha256_of(key, size, digest);
    if (hex)
        sha256_hex(digest, hex);
    memcpy(got.hash, digest, sizeof(got.hash));
    return got;
}

struct catalog_key
catalog_key_of_hex(const char *hex)
{
    struct catalog_key key;

    for (size_t i = 0; i < sizeof(key.hash); i++)
        key.hash[i] = (unsigned char)((unsigned)ascii_hex(hex[2 * i]) << 4 |
                                      (unsigned)ascii_hex(hex[2 * i + 1]));
    return key;
}

void
catalog_bind_key(sqlite3_stmt *statement, int at, const struct catalog_key *key)
{
    sqlite3_bind_blob(statement, at, key->hash, sizeof(key->hash),
                      SQLITE_STATIC);
}

size_t
catalog_find_key(struct catalog *catalog, const struct catalog_key *key,
                 struct catalog_held *held, size_t room)
{
    sqlite3_stmt *find = catalog_sql(catalog, SQL_FIND_KEY);
    size_t count = 0;

    catalog_bind_key(find, 1, key);
    while (count < room && catalog_step(catalog, find)) {
        struct catalog_held *got = &held[count++];
        const unsigned char *version = sqlite3_column_text(find, 4);

        got->file = sqlite3_column_int64(find, 0);
        got->segment = sqlite3_column_int64(find, 1);
        got->id = sqlite3_column_int64(find, 2);
        got->digest = (uint64_t)sqlite3_column_int64(find, 3);
        snprintf(got->version, sizeof(got->version), "%s",
                 version ? (const char *)version : "");
    }
    sqlite3_reset(find);
    return count;
}

void
catalog_put_held(struct catalog *catalog, const struct catalog_key *key,
                 const struct catalog_held *held)
{
    sqlite3_stmt *put = catalog_sql(catalog, SQL_PUT_HELD);

    catalog_bind_key(put, 1, key);
    sqlite3_bind_int64(put, 2, held->file);
    sqlite3_bind_int64(put, 3, held->segment);
    sqlite3_bind_int64(put, 4, held->id);
    sqlite3_bind_int64(put, 5, (sqlite3_int64)held->digest);
    sqlite3_bind_text(put, 6, held->version, -1, SQLITE_STATIC);
    catalog_change(catalog, put);
}

void
catalog_remove_held(struct catalog *catalog, const struct catalog_key *key,
                    int64_t file)
{
    sqlite3_stmt *remove = catalog_sql(catalog, SQL_REMOVE_HELD);

    catalog_bind_key(remove, 1, key);
    sqlite3_bind_int64(remove, 2, file);
    catalog_change(catalog, remove);
}

bool
catalog_arrive(struct catalog *catalog, const struct catalog_key *key,
               int64_t file, int64_t serial, const struct catalog_held *where)
{
    sqlite3_stmt *arrive = catalog_sql(catalog, SQL_ARRIVE);

    sqlite3_bind_int64(arrive, 1, where->segment);
    sqlite3_bind_int64(arrive, 2, where->id);
    catalog_bind_key(arrive, 3, key);
    sqlite3_bind_int64(arrive, 4, file);
    sqlite3_bind_int64(arrive, 5, -serial);
    catalog_change(catalog, arrive);
    return !catalog->failure.status && sqlite3_changes(catalog->db) > 0;
}

void
catalog_move(struct catalog *catalog, const struct catalog_key *key,
             int64_t segment, int64_t id)
{
    sqlite3_stmt *move = catalog_sql(catalog, SQL_MOVE);

    sqlite3_bind_int64(move, 1, segment);
    sqlite3_bind_int64(move, 2, id);
    catalog_bind_key(move, 3, key);
    catalog_change(catalog, move);
}

void
catalog_lose_segment(struct catalog *catalog, int64_t segment)
{
    catalog_change_by_id(catalog, SQL_STALE_OF_SEGMENT, segment);
    catalog_change_by_id(catalog, SQL_LOSE_SEGMENT, segment);
}

size_t
catalog_take_keys(struct catalog *catalog, sqlite3_stmt *select,
                  struct catalog_key **keys)
{
    size_t count = 0;
    size_t room = 0;

    *keys = NULL;
    while (catalog_step(catalog, select)) {
        if (sqlite3_column_bytes(select, 0) != CATALOG_KEY_SIZE)
            continue;
        *keys = mem_grow(*keys, count, &room, sizeof(**keys));
        memcpy((*keys)[count++].hash, sqlite3_column_blob(select, 0),
               CATALOG_KEY_SIZE);
    }
    sqlite3_reset(select);
    return count;
}

size_t
catalog_keys_of(struct catalog *catalog, int64_t file,
                struct catalog_key **keys)
{
    sqlite3_stmt *select = catalog_sql(catalog, SQL_KEYS_OF);

    sqlite3_bind_int64(select, 1, file);
    return catalog_take_keys(catalog, select, keys);
}
