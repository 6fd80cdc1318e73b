/*
 * query/web/nsearch_cgi.c - the search page, as a CGI program.
 *
 * In this order, so that whatever comes later can do less harm:
 *
 *     environment    copied, then emptied; argv is never looked at
 *     settings       one file
 *     guards         slot, memory, processor time, deadline  (cgi_guard.h)
 *     archive        opened
 *     sandbox        everything else given up            (sandbox.h)
 *     query string   only now looked at                      (cgi.h)
 *     page           built in memory, then written          (page.h)
 *
 * Details of a failure go to stderr, which is the web server's log; the
 * visitor is told in general terms.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "corpus/base/buf.h"
#include "corpus/base/error.h"
#include "corpus/base/mem.h"
#include "corpus/base/sandbox.h"
#include "query/search/search.h"
#include "query/web/cgi.h"
#include "query/web/cgi_config.h"
#include "query/web/cgi_guard.h"
#include "query/web/cgi_reply.h"
#include "query/web/visit.h"

/* A manifest longer than this is not one. */
#define MANIFEST_BYTES (64u << 20)

/* Of the archive, at a time; SQLite has as much again. */
#define MAPPED_BYTES (32u << 20)

/* Of what is sent to us, which is nothing that we want. */
#define BODY_BYTES 65536

/* Write one line to the log, with every byte that is not plain ASCII
 * escaped: what was sent to us must not be able to forge a line. */
static void
log_line(const char *text)
{
    struct buf line = BUF_INIT;

    buf_add_text(&line, "nsearch.cgi: ");
    for (; *text; text++) {
        unsigned char byte = (unsigned char)*text;

        if (byte < 0x20 || byte >= 0x7f || byte == '\\')
            buf_printf(&line, "\\x%02x", byte);
        else
            buf_add_byte(&line, (char)byte);
    }
    buf_add_byte(&line, '\n');
    if (write(STDERR_FILENO, line.data, line.size) < 0)
        errno = 0; /* there is nobody left to tell */
    buf_release(&line);
}

/* All of it, or as much as the other side takes. */
static void
write_out(const char *data, size_t size)
{
    while (size) {
        ssize_t wrote = write(STDOUT_FILENO, data, size);

        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote <= 0)
            return;
        data += wrote;
        size -= (size_t)wrote;
    }
}

/* What a refused visitor sent is thrown away, up to a limit: with some servers
 * the answer is lost if the program ends before that is read. */
static void
drop_body(const struct environment *environment)
{
    unsigned long long left =
        environment->length ? strtoull(environment->length, NULL, 10) : 0;
    char part[4096];

    if (left > BODY_BYTES)
        left = BODY_BYTES;
    while (left) {
        ssize_t got = read(STDIN_FILENO, part,
                           left < sizeof(part) ? (size_t)left : sizeof(part));

        if (got <= 0)
            return;
        left -= (unsigned long long)got;
    }
}

/* The manifest's bytes as a tag, after those of other archives.  Read before
 * the archive is opened: a tag may then be older than the answer and cost a
 * request, never newer. */
static uint64_t
tag_archive(uint64_t tag, const char *dir)
{
    struct buf path = BUF_INIT;
    size_t read = 0;
    size_t got = 0;
    char part[16384];
    FILE *file = NULL;

    buf_printf(&path, "%s/manifest", dir);
    file = fopen(path.data, "re");
    buf_release(&path);
    if (!file)
        return 0;
    while (read < MANIFEST_BYTES &&
           (got = fread(part, 1, sizeof(part), file)) > 0) {
        tag = reply_tag(tag, part, got);
        read += got;
    }
    if (ferror(file))
        tag = 0;
    fclose(file);
    return tag;
}

/* The settings of the file that the server names, or of the usual one. */
static enum status
read_settings(struct visit *visit, struct error *err)
{
    const char *named = visit->environment.settings;
    enum status status = cgi_config_read(
        &visit->config, named ? named : NSEARCH_CGI_CONFIG, err);

    if (status == STATUS_ABSENT && !named) {
        *err = (struct error){0};
        status = STATUS_OK;
    }
    if (!status && !visit->config.archives.count && visit->environment.archive)
        list_add_text(&visit->config.archives, visit->environment.archive);
    if (!status && !visit->config.archives.count)
        status = error_set(err, STATUS_USAGE,
                           "no archive is set; put \"archive /FOLDER\" into %s",
                           named ? named : NSEARCH_CGI_CONFIG);
    return status;
}

static void
open_archive(struct visit *visit)
{
    struct error err = {0};

    const struct list *archives = &visit->config.archives;

    for (size_t i = 0; i < archives->count && (!i || visit->archive_tag); i++)
        visit->archive_tag = tag_archive(visit->archive_tag, archives->item[i]);
    visit->closed = search_open_all(&visit->search, archives, &err);
    if (visit->closed)
        log_line(err.text);
    else
        search_limit_memory(visit->search, MAPPED_BYTES);
}

/* The language that the settings name, or the visitor; and what day it is
 * where the site is: the zone's file can be read only now. */
static void
settle_in(struct visit *visit)
{
    const struct cgi_config *config = &visit->config;
    const char *language = config->language;

    visit->words = language ? words_find(language, strlen(language))
                            : words_accepted(visit->environment.languages);
    visit->reply.varies = !language;
    if (config->time_zone)
        setenv("TZ", config->time_zone, 1);
    tzset();
    visit->today = search_clock(visit->now);
}

/* Give up all rights but those that answering needs.  What of the sandbox is
 * missing goes to the log; false if the settings demand all of it. */
static bool
confine(const struct visit *visit)
{
    struct error err = {0};
    bool whole = sandbox_works() && !sandbox_enter(true, &err);

    if (err.status)
        log_line(err.text);
    return whole || !visit->config.require_sandbox;
}

static void
log_query(const struct visit *visit)
{
    struct buf line = BUF_INIT;

    if (!visit->config.log_queries || visit->request.show != SHOW_RESULTS)
        return;
    buf_printf(&line, "query: %s", visit->request.text);
    log_line(line.data);
    buf_release(&line);
}

static int
serve(struct visit *visit)
{
    struct error err = {0};
    struct buf out = BUF_INIT;
    bool confined = false;
    bool head_only = visit->environment.method &&
                     strcmp(visit->environment.method, "HEAD") == 0;

    if (!read_settings(visit, &err) &&
        guard_enter(&visit->config, &err) == STATUS_LOCKED) {
        write_out(guard_busy_answer(), strlen(guard_busy_answer()));
        return 0;
    }
    if (err.status) {
        log_line(err.text);
        visit_refuse(visit, 500, "The search page is not set up yet.");
    } else {
        settle_in(visit);
        guard_limit(&visit->config);
        guard_watch(&visit->config);
        open_archive(visit);
        confined = confine(visit);
        timing_end(&visit->timing, STAGE_OPEN);
        if (!confined)
            visit_refuse(visit, 500, "The search page is not set up yet.");
        else if (visit_answer(visit, &err))
            log_line(err.text);
        log_query(visit);
    }
    timing_end(&visit->timing, STAGE_RENDER);
    if (visit->config.timing)
        visit->reply.timing = &visit->timing;
    reply_print(&visit->reply, head_only, &out);
    guard_answered(&visit->config);
    write_out(out.data, out.size);
    if (visit->reply.code == 405)
        drop_body(&visit->environment);
    buf_release(&out);
    return 0;
}

/* Descriptors 0, 1 and 2 are taken, so that no database gets one of them;
 * whatever else the server left open is closed. */
static void
tidy_descriptors(void)
{
    int fd = open("/dev/null", O_RDWR);

    while (fd >= 0 && fd <= 2)
        fd = open("/dev/null", O_RDWR);
    for (fd = 3; fd < 256; fd++)
        close(fd);
}

static int
check_settings(struct visit *visit)
{
    const char *named = visit->environment.settings;
    struct error err = {0};

    if (read_settings(visit, &err) || guard_check(&visit->config, &err) ||
        search_open_all(&visit->search, &visit->config.archives, &err)) {
        fprintf(stderr, "nsearch.cgi: %s\n", err.text);
        return 1;
    }
    printf("%s: the settings are sound and the archive can be read\n",
           named ? named : NSEARCH_CGI_CONFIG);
    return 0;
}

static int
command_line(struct visit *visit, int count, char **word)
{
    if (count >= 2 && strcmp(word[1], "--check-config") == 0) {
        if (count > 2)
            visit->environment.settings = word[2];
        return check_settings(visit);
    }
    if (count >= 2 && strcmp(word[1], "--version") == 0) {
        printf("nsearch.cgi %s\n", NSEARCH_VERSION);
        return 0;
    }
    printf("This program answers a web server that speaks CGI; "
           "nsearch.cgi(8) says how to set it up.\n"
           "usage: nsearch.cgi --check-config [FILE]\n"
           "       nsearch.cgi --version\n");
    return count < 2 || strcmp(word[1], "--help") == 0 ? 0 : 2;
}

extern char **environ;

static void
read_environment(struct environment *environment)
{
    static char *none[1];

    *environment = (struct environment){
        .gateway = getenv("GATEWAY_INTERFACE"),
        .method = getenv("REQUEST_METHOD"),
        .query = getenv("QUERY_STRING"),
        .path_info = getenv("PATH_INFO"),
        .length = getenv("CONTENT_LENGTH"),
        .if_none_match = getenv("HTTP_IF_NONE_MATCH"),
        .languages = getenv("HTTP_ACCEPT_LANGUAGE"),
        .settings = getenv("NSEARCH_CGI_CONFIG"),
        .archive = getenv("NSEARCH_ARCHIVE"),
    };
    environ = none;
}

int
main(int count, char **word)
{
    struct visit visit = {.request = CGI_REQUEST_INIT,
                          .reply = REPLY_INIT,
                          .now = time(NULL),
                          .take_time = guard_extend};
    int status = 0;

    timing_begin(&visit.timing);
    read_environment(&visit.environment);
    cgi_config_init(&visit.config);
    /* Apache makes arguments of a query string without '=': once a server
     * is there, they are nobody's. */
    if (visit.environment.gateway || visit.environment.method) {
        signal(SIGPIPE, SIG_IGN);
        tidy_descriptors();
        status = serve(&visit);
    } else {
        status = command_line(&visit, count, word);
    }
    search_close(visit.search);
    cgi_request_release(&visit.request);
    reply_release(&visit.reply);
    cgi_config_release(&visit.config);
    return status;
}
