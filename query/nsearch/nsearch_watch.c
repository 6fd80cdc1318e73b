#include "query/nsearch/nsearch_watch.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "corpus/base/count.h"
#include "corpus/base/mem.h"
#include "indexer/archive/folder.h"
#include "indexer/bits/sha256.h"
#include "query/nsearch/nsearch_put.h"
#include "query/watch/saved.h"
#include "query/watch/watch.h"

enum {
    RUNS_MOST = 64, /* searches for the hits that are new; else all is read */
    DIGEST_DIGITS = 16
};

static const char saved_name[] = "saved";

/* "$VARIABLE/nsearch", else "$HOME/USUAL/nsearch". */
static bool
place(const char *variable, const char *usual, struct buf *out)
{
    const char *given = getenv(variable);
    const char *home = getenv("HOME");

    if (given && *given)
        buf_printf(out, "%s/nsearch", given);
    else if (home && *home)
        buf_printf(out, "%s/%s/nsearch", home, usual);
    return out->size > 0;
}

static bool
saved_folder(struct buf *out)
{
    return place("XDG_CONFIG_HOME", ".config", out);
}

static enum status
state_folder(struct buf *out, struct error *err)
{
    if (place("XDG_STATE_HOME", ".local/state", out))
        return STATUS_OK;
    return error_set(err, STATUS_USAGE,
                     "there is no place for what was told; set HOME");
}

void
watching_saved_path(struct buf *out)
{
    if (saved_folder(out))
        buf_printf(out, "/%s", saved_name);
}

static enum status
put_saved(const char *name, const char *query, struct error *err)
{
    struct buf dir = BUF_INIT;
    enum status status =
        saved_folder(&dir)
            ? saved_put(dir.data, saved_name, name, query, err)
            : error_set(err, STATUS_USAGE,
                        "there is no place for saved searches; set HOME");

    buf_release(&dir);
    return status;
}

/* The path from the root: of a folder that may still have to be made. */
static void
add_path(struct sha256 *sha, const char *dir)
{
    char *here = *dir == '/' ? NULL : getcwd(NULL, 0);
    size_t size = strlen(dir);

    while (size > 1 && dir[size - 1] == '/')
        size--;
    if (here) {
        sha256_add(sha, here, strlen(here));
        sha256_add(sha, "/", 1);
    }
    sha256_add(sha, dir, size);
    sha256_add(sha, "", 1);
    free(here);
}

/* "STATE/NAME-0123456789abcdef". */
static enum status
folder_of(const struct watching *watching, const char *query, struct buf *out,
          struct error *err)
{
    unsigned char digest[SHA256_SIZE];
    char hex[SHA256_HEX_SIZE];
    struct sha256 sha;
    enum status status = state_folder(out, err);

    sha256_init(&sha);
    sha256_add(&sha, query, strlen(query) + 1);
    for (size_t i = 0; i < watching->dirs.count; i++)
        add_path(&sha, watching->dirs.item[i]);
    sha256_end(&sha, digest);
    sha256_hex(digest, hex);
    buf_printf(out, "/%s-%.*s", watching->options->watch, DIGEST_DIGITS, hex);
    return status;
}

/* --- what is new ---------------------------------------------------------- */

/* The places of the new ones among all that match, newest first. */
struct gathering {
    struct watch *watch;
    size_t rank; /* of the next one */
    size_t *fresh;
    size_t count;
    size_t room;
};

static bool
gather_hit(void *context, struct hit *hit)
{
    struct gathering *gathering = context;
    const size_t rank = gathering->rank++;

    if (!watch_add(gathering->watch, hit->key.data, hit->key.size))
        return true;
    gathering->fresh = mem_grow(gathering->fresh, gathering->count,
                                &gathering->room, sizeof(*gathering->fresh));
    gathering->fresh[gathering->count++] = rank;
    return true;
}

/* What every search for a saved query has in common. */
static struct search_request
request_of(const struct watching *watching, const char *query)
{
    struct search_request request = watching->options->request;

    request.text = query;
    request.offset = 0;
    request.time_limit = 0;
    request.facets = 0;
    request.advice = false;
    request.strict = true;
    if (request.sort == SORT_RANK)
        request.sort = SORT_NEWEST;
    return request;
}

static enum status
gather(struct search *search, const struct watching *watching,
       const char *query, struct gathering *gathering, struct error *err)
{
    struct search_request request = request_of(watching, query);
    bool all; /* there is no time limit */

    request.take = gather_hit;
    request.taking = gathering;
    return search_each(search, &request, &all, err);
}

/* Keeps the hits whose places are among those. */
struct loading {
    const struct gathering *gathering;
    size_t rank; /* of the hit that comes */
    size_t next; /* of gathering->fresh */
    struct search_result *result;
};

static bool
load_hit(void *context, struct hit *hit)
{
    struct loading *loading = context;
    const struct gathering *gathering = loading->gathering;

    if (loading->next < gathering->count &&
        gathering->fresh[loading->next] == loading->rank) {
        loading->result->hit[loading->result->hits++] = *hit;
        hit_init(hit);
        loading->next++;
    }
    loading->rank++;
    return loading->next < gathering->count;
}

static enum status
load_range(struct search *search, struct search_request *request,
           struct loading *loading, size_t first, size_t last,
           struct error *err)
{
    struct search_result result = SEARCH_RESULT_INIT;
    enum status status;

    request->offset = first;
    request->limit = last - first + 1;
    loading->rank = first;
    status = search_run(search, request, &result, err);
    if (!loading->result->articles)
        loading->result->articles = result.articles;
    search_result_release(&result);
    return status;
}

/* The new hits with all that is shown of them, in order. */
static enum status
load(struct search *search, const struct watching *watching, const char *query,
     const struct gathering *gathering, struct search_result *out,
     struct error *err)
{
    struct search_request request = request_of(watching, query);
    struct loading loading = {.gathering = gathering, .result = out};
    const size_t *fresh = gathering->fresh;
    const size_t count = gathering->count;
    enum status status = STATUS_OK;
    size_t runs = 1;

    for (size_t i = 1; i < count; i++)
        runs += fresh[i] != fresh[i - 1] + 1;
    out->hit = mem_zero(count, sizeof(*out->hit));
    out->total = count;
    request.take = load_hit;
    request.taking = &loading;
    if (runs > RUNS_MOST)
        return load_range(search, &request, &loading, fresh[0],
                          fresh[count - 1], err);
    for (size_t i = 0, end; !status && i < count; i = end) {
        for (end = i + 1; end < count && fresh[end] == fresh[end - 1] + 1;)
            end++;
        status = load_range(search, &request, &loading, fresh[i],
                            fresh[end - 1], err);
    }
    return status;
}

static enum status
tell(struct search *search, const struct watching *watching,
     const struct watch_target *target, struct gathering *gathering,
     const char *stamp, struct error *err)
{
    const char *query = watching->options->query.data;
    struct search_result result = SEARCH_RESULT_INIT;
    struct buf text = BUF_INIT;
    enum status status = load(search, watching, query, gathering, &result, err);

    if (!status) {
        watching->render(&text, &result, watching->options);
        status = watch_tell(gathering->watch, target, stamp, &text, err);
    }
    buf_release(&text);
    search_result_release(&result);
    return status;
}

/* Tell what is new since last time, or since the query was saved. */
static enum status
tell_new(struct search *search, const struct watching *watching,
         const struct watch_target *target, struct watch *watch, bool *told,
         struct error *err)
{
    const char *query = watching->options->query.data;
    struct gathering gathering = {.watch = watch};
    const bool begun = watch_has_begun(watch);
    char stamp[SEARCH_STATE_SIZE];
    enum status status;

    search_state(search, stamp);
    if (watch_is_settled(watch, stamp))
        return STATUS_OK;
    status = gather(search, watching, query, &gathering, err);
    if (!status && begun && gathering.count) {
        *told = true;
        status = tell(search, watching, target, &gathering, stamp, err);
    } else if (!status) {
        status = watch_settle(watch, stamp, err);
    }
    if (!status && !begun)
        put_note("this search is watched from now on; what it finds already "
                 "counts as known");
    free(gathering.fresh);
    return status;
}

static enum status
run_new(const struct watching *watching, struct search *search,
        struct watch *watch, bool *told, struct error *err)
{
    const struct options *options = watching->options;
    const char *suffix = options->renderer->suffix;
    const struct watch_target target = {
        .spool = options->spool,
        .name = options->watch,
        .suffix = suffix ? suffix
                  : strcmp(options->renderer->name, "text") == 0
                      ? "txt"
                      : options->renderer->name,
        .fd = STDOUT_FILENO,
    };
    bool again = false;
    enum status status = watch_recover(watch, &target, told, &again, err);

    if (again)
        put_note("the last run was killed while it told these; they may come "
                 "a second time");
    if (!status)
        status = tell_new(search, watching, &target, watch, told, err);
    return status;
}

static int
new_articles(const struct watching *watching, struct error *err)
{
    struct search *search = NULL;
    struct watch *watch = NULL;
    struct buf folder = BUF_INIT;
    bool told = false;
    enum status status =
        folder_of(watching, watching->options->query.data, &folder, err);

    if (!status)
        status = watch_open(&watch, folder.data, err);
    if (!status)
        status = search_open_all(&search, &watching->dirs, err);
    if (!status)
        status = run_new(watching, search, watch, &told, err);
    search_close(search);
    watch_close(watch);
    buf_release(&folder);
    if (status)
        return put_trouble(err->text);
    return told ? EXIT_FOUND : EXIT_NOTHING;
}

/* --- saving --------------------------------------------------------------- */

/* What is there now counts as known.  Without an archive nothing is there. */
static enum status
settle(const struct watching *watching, const char *query, struct error *err)
{
    struct gathering gathering = {0};
    struct search *search = NULL;
    struct buf folder = BUF_INIT;
    char stamp[SEARCH_STATE_SIZE] = "";
    enum status status = folder_of(watching, query, &folder, err);

    if (!status)
        status = watch_open(&gathering.watch, folder.data, err);
    if (!status && !watch_has_begun(gathering.watch)) {
        status = search_open_all(&search, &watching->dirs, err);
        if (!status) {
            search_state(search, stamp);
            status = gather(search, watching, query, &gathering, err);
        } else if (status == STATUS_ABSENT) {
            status = STATUS_OK;
        }
        if (!status)
            status = watch_settle(gathering.watch, stamp, err);
    }
    search_close(search);
    watch_close(gathering.watch);
    free(gathering.fresh);
    buf_release(&folder);
    return status;
}

/* The notes come first: a query has no name before they are whole. */
static enum status
save(const struct watching *watching, struct error *err)
{
    struct buf query = BUF_INIT;
    enum status status;

    saved_flatten(watching->options->query.data, &query);
    buf_trim(&query);
    buf_swap(&query, &watching->options->query);
    buf_clear(&query);
    buf_printf(&query, "(%s)", watching->options->query.data);
    status = settle(watching, query.data, err);
    if (!status)
        status = put_saved(watching->options->watch,
                           watching->options->query.data, err);
    buf_release(&query);
    return status;
}

/* The notes of a search that is gone, of whatever archive. */
static void
remove_notes(const char *dir, const char *name)
{
    static const char *const files[] = {"told", "batch", "lock", "told.tmp",
                                        "batch.tmp"};
    const size_t size = strlen(name);
    DIR *folder = opendir(dir);
    struct buf path = BUF_INIT;
    struct dirent *entry;

    while (folder && (entry = readdir(folder))) {
        const char *digits = entry->d_name + size + 1;

        if (strncmp(entry->d_name, name, size) != 0 ||
            entry->d_name[size] != '-' || strlen(digits) != DIGEST_DIGITS ||
            strspn(digits, "0123456789abcdef") != DIGEST_DIGITS)
            continue;
        for (size_t i = 0; i < COUNT(files); i++) {
            buf_clear(&path);
            buf_printf(&path, "%s/%s/%s", dir, entry->d_name, files[i]);
            unlink(path.data);
        }
        buf_clear(&path);
        buf_printf(&path, "%s/%s", dir, entry->d_name);
        rmdir(path.data);
    }
    if (folder)
        closedir(folder);
    buf_release(&path);
}

static enum status
forget(const struct watching *watching, struct error *err)
{
    const char *name = watching->options->watch;
    struct buf path = BUF_INIT;
    struct list saved = LIST_INIT;
    enum status status = STATUS_OK;

    watching_saved_path(&path);
    status = saved_read(path.data, &saved, err);
    if (!status && !saved_find(&saved, name))
        status =
            error_set(err, STATUS_USAGE, "%s has no query of the name \"%s\"",
                      path.data, name);
    if (!status)
        status = put_saved(name, NULL, err);
    buf_clear(&path);
    if (!status && !state_folder(&path, err))
        remove_notes(path.data, name);
    list_release(&saved);
    buf_release(&path);
    return status;
}

/* Names and queries, a line each; the last of a name counts. */
static int
list_saved(const struct list *saved)
{
    struct buf out = BUF_INIT;
    int code;

    for (size_t i = 0; i < saved->count; i++) {
        const size_t size = strcspn(saved->item[i], " ");
        char *name = mem_text(saved->item[i], size);
        const char *query = saved->item[i] + size + 1;

        if (saved_find(saved, name) == query)
            buf_printf(&out, "%s\t%s\n", name, query);
        free(name);
    }
    code = put_out(&out, 0);
    if (code == EXIT_FOUND && !saved->count)
        code = EXIT_NOTHING;
    buf_release(&out);
    return code;
}

int
watching_run(struct watching *watching, struct error *err)
{
    const enum output output = watching->options->output;
    enum status status;

    if (output == OUTPUT_SAVED)
        return list_saved(&watching->options->saved);
    if (output != OUTPUT_SAVE && output != OUTPUT_FORGET)
        return new_articles(watching, err);
    status =
        output == OUTPUT_SAVE ? save(watching, err) : forget(watching, err);
    return status ? put_trouble(err->text) : EXIT_FOUND;
}
