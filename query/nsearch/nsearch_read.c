#include "query/nsearch/nsearch_read.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "corpus/base/mem.h"

static enum status
read_hit(struct search *search, struct options *options,
         struct search_result *result, struct error *err)
{
    enum status status = search_run(search, &options->request, result, err);

    if (status || result->hits)
        return status;
    if (!result->total)
        return error_set(err, STATUS_ABSENT, "nothing was found");
    return error_set(err, STATUS_ABSENT,
                     "there is no hit %s: %" PRIu64 " article%s",
                     options->article, result->total,
                     result->total == 1 ? " matches" : "s match");
}

enum status
read_article(struct search *search, struct options *options,
             struct search_result *result, struct error *err)
{
    enum status status;

    if (options_rank(options))
        return read_hit(search, options, result, err);
    result->hit = mem_zero(1, sizeof(*result->hit));
    result->hits = 1;
    hit_init(&result->hit[0]);
    status = search_fetch(search, options->article, &options->request,
                          &result->hit[0], err);
    if (status == STATUS_ABSENT)
        return error_set(err, status,
                         "the archive has no article with the key or address "
                         "\"%s\"; the last line of each hit is its key",
                         options->article);
    result->total = 1;
    return status;
}

/* The command that opens addresses.  Of several in $BROWSER the first counts,
 * and a place for the address in it is not filled: it comes last. */
static void
choose_browser(struct buf *out)
{
    const char *browser = getenv("BROWSER");

    if (browser && *browser)
        buf_add(out, browser, strcspn(browser, ":"));
    else
        buf_add_text(out, "xdg-open");
}

static enum status
run_browser(const char *browser, char *address, struct error *err)
{
    char *const words[] = {mem_string(browser), address, NULL};
    pid_t child = fork();
    int code = 0;

    if (child == 0) {
        execvp(words[0], words);
        _exit(127);
    }
    free(words[0]);
    if (child < 0)
        return error_set(err, STATUS_IO, "cannot start %s: %s", browser,
                         strerror(errno));
    while (waitpid(child, &code, 0) < 0 && errno == EINTR)
        ;
    if (code != 0)
        return error_set(err, STATUS_IO,
                         "%s could not open %s; $BROWSER may name another "
                         "program",
                         browser, address);
    return STATUS_OK;
}

/* The key of an article that is not the only one of its file does not begin
 * with the path of it, or has a number. */
static bool
has_its_own_file(const struct hit *hit)
{
    return hit->path.size && !hit->offset && access(hit->path.data, R_OK) == 0;
}

enum status
open_article(const struct hit *hit, struct error *err)
{
    struct buf browser = BUF_INIT;
    const struct buf *address = hit->url.size ? &hit->url : &hit->path;
    enum status status;

    if (!hit->url.size && !has_its_own_file(hit))
        return error_set(err, STATUS_USAGE,
                         "%s has no address, and it is one of many in %s; "
                         "read it with nsearch --show %s",
                         hit->key.data, hit->path.data, hit->key.data);
    choose_browser(&browser);
    status = run_browser(browser.data, address->data, err);
    buf_release(&browser);
    return status;
}
