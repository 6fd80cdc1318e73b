/*
 * Whatever is sent to the page, it answers: a whole page with a status that
 * fits, headers that hold nothing of what was sent, no word about what is
 * underneath, and a log of plain lines.
 *
 * The program itself is run, as a web server runs it, over the samples.
 * TEST_SEED and TEST_ROUNDS ask for more.
 */
#define _GNU_SOURCE /* environ */

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "corpus/base/count.h"
#include "corpus/base/mem.h"
#include "query/render/markup.h"
#include "tests/support/random_typing.h"

/* Beside the query; what a browser may send, and what it may not. */
static const char *const names[] = {
    "source", "section", "byline", "from", "to", "sort",       "n",  "page",
    "format", "article", "show",   "Q",    "",   "utm_source", "q[]"};

/* Values that are right, so that the others get somewhere. */
static const char *const values[] = {
    "2014", "2014-10", "rank", "newest", "oldest", "longest", "1",
    "2",    "50",      "html", "json",   "jsonl",  "csv",     "tsv",
    "rss",  "atom",    "ris",  "bibtex", "help",   "style",   "opensearch",
    "1e9",  "-1",      "51",   "9999-99"};

/* Lines of a head, without the two that differ. */
static const char *const head_lines[] = {
    "Vary: Accept-Language",
    "Status: 200 OK",
    "Status: 304 Not Modified",
    "Status: 400 Bad Request",
    "Status: 404 Not Found",
    "Status: 405 Method Not Allowed",
    "Status: 414 URI Too Long",
    "Status: 503 Service Unavailable",
    "Content-Type: application/atom+xml; charset=utf-8",
    "Content-Type: application/json",
    "Content-Type: application/jsonl",
    "Content-Type: application/opensearchdescription+xml",
    "Content-Type: application/rss+xml; charset=utf-8",
    "Content-Type: application/vnd.citationstyles.csl+json",
    "Content-Type: application/x-bibtex; charset=utf-8",
    "Content-Type: application/x-research-info-systems",
    "Content-Type: text/css; charset=utf-8",
    "Content-Type: text/csv; charset=utf-8",
    "Content-Type: text/html; charset=utf-8",
    "Content-Type: text/plain; charset=utf-8",
    "Content-Type: text/tab-separated-values; charset=utf-8",
    "Content-Disposition: attachment; filename=\"articles.bib\"",
    "Content-Disposition: attachment; filename=\"articles.csv\"",
    "Content-Disposition: attachment; filename=\"articles.json\"",
    "Content-Disposition: attachment; filename=\"articles.jsonl\"",
    "Content-Disposition: attachment; filename=\"articles.ris\"",
    "Content-Disposition: attachment; filename=\"articles.tsv\"",
    "Allow: GET, HEAD",
    "Retry-After: 2",
    "Cache-Control: no-store",
    "Cache-Control: private, max-age=60",
    "Cache-Control: public, max-age=31536000, immutable",
    "X-Robots-Tag: noindex",
    ("Content-Security-Policy: default-src 'none'; style-src 'self'; img-src "
     "'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"),
    "Content-Security-Policy: default-src 'none'",
    "X-Content-Type-Options: nosniff",
    "Referrer-Policy: no-referrer",
    "Cross-Origin-Resource-Policy: same-origin",
    "Cross-Origin-Opener-Policy: same-origin",
};

/* What no answer says, unless it was typed. */
static const char *const secrets[] = {
    "fts5",   "FTS5",  "sqlite", "SQLite", "SQLITE",   "no such",     "syntax",
    "SELECT", "MATCH", "seg-",   "/tmp/",  "manifest", "nsearch.cgi",
};

struct visit {
    char *folder;
    char *settings;
    struct buf sent;  /* the query string */
    struct buf typed; /* what of it may be repeated */
    struct buf answer;
    struct buf log;
    unsigned long counts[600]; /* answers with this status */
};

static size_t
pick(struct random_expr *random, size_t count)
{
    return random_below(random, count);
}

#define PICK(random, array) ((array)[pick(random, COUNT(array))])

/* A value as a browser would send it, or as nobody would. */
static void
send_value(struct random_expr *random, struct visit *visit, const char *value,
           size_t size)
{
    bool encoded = random_below(random, 4) != 0;

    buf_add(&visit->typed, value, size);
    buf_add_byte(&visit->typed, '\n');
    if (encoded)
        url_add(&visit->sent, value, size);
    else
        buf_add(&visit->sent, value, size);
}

static void
send_anything(struct random_expr *random, struct visit *visit)
{
    size_t parts = 1 + random_below(random, 3);
    struct buf value = BUF_INIT;

    buf_clear(&visit->sent);
    buf_clear(&visit->typed);
    for (size_t i = 0; i < parts; i++) {
        const char *name =
            i || !random_below(random, 4) ? PICK(random, names) : "q";

        buf_printf(&visit->sent, "%s%s=", i ? "&" : "", name);
        buf_clear(&value);
        if (name[0] != 'q' && random_below(random, 4)) {
            buf_add_text(&value, PICK(random, values));
        } else if (random_below(random, 2)) {
            size_t size = random_below(random, 80);

            for (size_t n = 0; n < size; n++)
                buf_add_byte(&value, (char)(1 + random_below(random, 255)));
        } else {
            type_anything(random, &value);
        }
        send_value(random, visit, value.data, value.size);
    }
    if (random_below(random, 100) == 0)
        for (size_t i = 0; i < 9000; i++)
            buf_add_byte(&visit->sent, 'a');
    buf_release(&value);
}

static void
take_all(int fd, struct buf *out)
{
    char part[65536];
    ssize_t got = 0;

    buf_clear(out);
    while ((got = read(fd, part, sizeof(part))) > 0)
        buf_add(out, part, (size_t)got);
    close(fd);
}

/* One of the names of the environment. */
static void
set(const char *name, const char *value)
{
    if (setenv(name, value, 1))
        _exit(99);
}

static _Noreturn void
be_the_page(const struct visit *visit, int out, int log)
{
    static char *none[1];

    environ = none;
    set("GATEWAY_INTERFACE", "CGI/1.1");
    set("REQUEST_METHOD", "GET");
    set("QUERY_STRING", visit->sent.data);
    set("NSEARCH_CGI_CONFIG", visit->settings);
    set("HTTP_USER_AGENT", visit->typed.data);
    set("HTTP_REFERER", visit->typed.data);
    set("HTTP_HOST", visit->typed.data);
    set("HTTP_IF_NONE_MATCH", visit->typed.data);
    if (dup2(out, STDOUT_FILENO) < 0 || dup2(log, STDERR_FILENO) < 0)
        _exit(99);
    execl(NSEARCH_CGI, NSEARCH_CGI, visit->sent.data, (char *)NULL);
    _exit(99);
}

/* The log is a file, so that nobody waits for who reads it. */
static void
run_visit(struct visit *visit)
{
    FILE *log = tmpfile();
    int pipe_ends[2];
    int status = 0;
    pid_t pid = 0;

    assert_non_null(log);
    assert_int_equal(pipe(pipe_ends), 0);
    pid = fork();
    assert_true(pid >= 0);
    if (pid == 0)
        be_the_page(visit, pipe_ends[1], fileno(log));
    close(pipe_ends[1]);
    take_all(pipe_ends[0], &visit->answer);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    rewind(log);
    take_all(dup(fileno(log)), &visit->log);
    fclose(log);
    if (status)
        fail_msg("%s: ended with %x: %s", visit->sent.data, (unsigned)status,
                 visit->log.data);
}

static bool
is_known(const char *line, size_t size)
{
    for (size_t i = 0; i < COUNT(head_lines); i++)
        if (strlen(head_lines[i]) == size &&
            memcmp(head_lines[i], line, size) == 0)
            return true;
    return (size == strlen("ETag: \"0123456789abcdef\"") &&
            strncmp(line, "ETag: \"", 7) == 0 &&
            strspn(line + 7, "0123456789abcdef") == 16) ||
           (strncmp(line, "Content-Length: ", 16) == 0 &&
            strspn(line + 16, "0123456789") == size - 16);
}

/* Every line of the head is one that we know; returns the body. */
static const char *
check_head(struct visit *visit)
{
    const char *line = visit->answer.data;
    unsigned long status = 0;

    if (strncmp(line, "Status: ", 8) == 0)
        status = strtoul(line + 8, NULL, 10);
    if (status < 200 || status > 599)
        fail_msg("%s: no status: %s", visit->sent.data, visit->answer.data);
    visit->counts[status]++;
    for (;;) {
        size_t size = strcspn(line, "\r");

        if (line[size] == '\0' || line[size + 1] != '\n')
            fail_msg("%s: the head ends at %s", visit->sent.data, line);
        if (size == 0)
            return line + 2;
        if (!is_known(line, size))
            fail_msg("%s: the head has %.*s", visit->sent.data, (int)size,
                     line);
        line += size + 2;
    }
}

static void
check_body(const struct visit *visit, const char *body)
{
    const char *length = strstr(visit->answer.data, "Content-Length: ");
    size_t size = visit->answer.size - (size_t)(body - visit->answer.data);

    if (!length || strtoul(length + 16, NULL, 10) != size)
        fail_msg("%s: is not as long as it says", visit->sent.data);
    if (strstr(visit->answer.data, "Type: text/html") &&
        (strncmp(body, "<!DOCTYPE html>", 15) != 0 ||
         strcmp(visit->answer.data + visit->answer.size - 8, "</html>\n") != 0))
        fail_msg("%s: is no whole page", visit->sent.data);
}

static void
check_silence(const struct visit *visit, const char *body)
{
    const char *typed = visit->typed.data;

    for (size_t i = 0; i < COUNT(secrets); i++)
        if (strstr(body, secrets[i]) && !strstr(typed, secrets[i]))
            fail_msg("%s: speaks of %s: %s", visit->sent.data, secrets[i],
                     body);
    for (int number = 1; number < 134; number++)
        if (strstr(body, strerror(number)))
            fail_msg("%s: says \"%s\"", visit->sent.data, strerror(number));
    if (strstr(body, visit->folder) || strstr(body, "/samples/"))
        fail_msg("%s: says where its files are: %s", visit->sent.data, body);
}

/* At most the query, on one line of plain ASCII. */
static void
check_log(const struct visit *visit)
{
    const char *log = visit->log.data;

    for (size_t i = 0; i < visit->log.size; i++)
        if (log[i] > '~' || log[i] < (i + 1 < visit->log.size ? ' ' : '\n'))
            fail_msg("%s: logged %s", visit->sent.data, log);
    if (visit->log.size && strncmp(log, "nsearch.cgi: query: ", 20) != 0)
        fail_msg("%s: logged %s", visit->sent.data, log);
}

static void
index_samples(struct visit *visit)
{
    struct buf path = BUF_INIT;
    FILE *settings = NULL;
    int status = 0;
    pid_t pid = 0;

    visit->folder = mem_string("/tmp/test_any_visit.XXXXXX");
    assert_non_null(mkdtemp(visit->folder));
    pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        /* Those that have an identity of their own; others have their path. */
        execl(NINDEX, NINDEX, "-q", "-d", visit->folder,
              SAMPLES "/coast-wire.mbox", SAMPLES "/desk-export.jsonl",
              SAMPLES "/drought-nitf.xml", SAMPLES "/feed-cote.rss",
              SAMPLES "/market-wire.sgml", SAMPLES "/opcon-kommando.json",
              SAMPLES "/opcon-parliament.html", (char *)NULL);
        _exit(99);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
    buf_printf(&path, "%s.conf", visit->folder);
    visit->settings = mem_string(path.data);
    buf_release(&path);
    settings = fopen(visit->settings, "w");
    assert_non_null(settings);
    fprintf(settings,
            "archive %s\nbase_url http://a.example/\nslots 0\n"
            "log_queries yes\n",
            visit->folder);
    assert_int_equal(fclose(settings), 0);
}

static void
remove_samples(struct visit *visit)
{
    struct buf command = BUF_INIT;

    buf_printf(&command, "rm -rf %s %s", visit->folder, visit->settings);
    assert_int_equal(system(command.data), 0);
    buf_release(&command);
    free(visit->folder);
    free(visit->settings);
}

static void
whatever_is_sent_is_answered(void **state)
{
    const char *seed_text = getenv("TEST_SEED");
    const char *rounds_text = getenv("TEST_ROUNDS");
    long rounds = rounds_text ? atol(rounds_text) : 500;
    struct random_expr random = {
        .state = seed_text ? (uint64_t)atoll(seed_text) : 20141024,
    };
    struct visit visit = {.sent = BUF_INIT,
                          .typed = BUF_INIT,
                          .answer = BUF_INIT,
                          .log = BUF_INIT};

    (void)state;
    printf("seed %llu, %ld rounds\n", (unsigned long long)random.state, rounds);
    index_samples(&visit);
    for (long i = 0; i < rounds; i++) {
        const char *body = NULL;

        send_anything(&random, &visit);
        run_visit(&visit);
        body = check_head(&visit);
        check_body(&visit, body);
        check_silence(&visit, body);
        check_log(&visit);
    }
    for (size_t i = 0; i < 600; i++)
        if (visit.counts[i])
            printf("%lu answers with status %zu\n", visit.counts[i], i);
    assert_true(visit.counts[200] > 0 && visit.counts[400] > 0);
    remove_samples(&visit);
    buf_release(&visit.sent);
    buf_release(&visit.typed);
    buf_release(&visit.answer);
    buf_release(&visit.log);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whatever_is_sent_is_answered),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
