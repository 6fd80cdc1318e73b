/* The catalog's files looked up along a walk. */
#include <stdlib.h>
#include <string.h>

#include "corpus/base/mem.h"
#include "indexer/catalog/catalog_parts.h"

/* Rows that are read ahead: enough to make the query cheap, few enough to
 * forget. */
#define AHEAD 512

void
catalog_order_clear(struct catalog_order *order)
{
    order->known = false;
    order->count = 0;
    order->next = 0;
}

void
catalog_order_release(struct catalog_order *order)
{
    free(order->state);
    free(order->path);
    buf_release(&order->from);
    buf_release(&order->paths);
    *order = CATALOG_ORDER_INIT;
}

static const char *
path_at(const struct catalog_order *order, size_t at)
{
    return order->paths.data + order->path[at];
}

/* The rows from `path` on. */
static void
read_ahead(struct catalog *catalog, struct catalog_order *order,
           const char *path)
{
    sqlite3_stmt *find = catalog_sql(catalog, SQL_FIND_ORDER);

    if (!order->state) {
        order->state = mem_zero(AHEAD, sizeof(*order->state));
        order->path = mem_zero(AHEAD, sizeof(*order->path));
    }
    catalog_order_clear(order);
    buf_clear(&order->paths);
    buf_set_text(&order->from, path);
    sqlite3_bind_text(find, 1, path, -1, SQLITE_STATIC);
    sqlite3_bind_int(find, 2, AHEAD);
    while (order->count < AHEAD && catalog_step(catalog, find)) {
        const char *found = (const char *)sqlite3_column_text(find, 4);

        order->state[order->count] = (struct catalog_state){
            .id = sqlite3_column_int64(find, 0),
            .size = (uint64_t)sqlite3_column_int64(find, 1),
            .mtime_ns = sqlite3_column_int64(find, 2),
            .stale = sqlite3_column_int(find, 3) != 0};
        order->path[order->count++] = order->paths.size;
        buf_add(&order->paths, found ? found : "",
                found ? strlen(found) + 1 : 1);
    }
    sqlite3_reset(find);
    order->last = order->count < AHEAD;
    order->known = !catalog->failure.status;
}

/* Do the rows tell of this path, be it that it is not there? */
static bool
is_covered(const struct catalog_order *order, const char *path)
{
    if (!order->known || strcmp(path, order->from.data) < 0)
        return false;
    return order->last || strcmp(path, path_at(order, order->count - 1)) <= 0;
}

bool
catalog_find_next(struct catalog *catalog, struct catalog_order *order,
                  const char *path, struct catalog_state *state)
{
    int side = -1;

    if (!is_covered(order, path))
        read_ahead(catalog, order, path);
    /* Behind what was asked last, more often than not. */
    if (order->next > 0 && strcmp(path_at(order, order->next - 1), path) >= 0)
        order->next = 0;
    while (order->next < order->count &&
           (side = strcmp(path_at(order, order->next), path)) < 0)
        order->next++;
    if (order->next == order->count || side != 0)
        return false;
    *state = order->state[order->next];
    return true;
}
