#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "corpus/base/count.h"
#include "corpus/intake/worker.h"
#include "corpus/intake/worker_run.h"

/* --- messages -------------------------------------------------------------
 *
 * A worker that a file has taken over writes what it likes.
 */

static void
add_message(struct buf *out, uint32_t kind, const void *body, size_t size)
{
    const struct message_head head = {.kind = kind, .size = (uint32_t)size};

    buf_add(out, &head, sizeof(head));
    buf_add(out, body, size);
}

struct taken {
    struct worker worker;
    struct article article;
    struct parcel_rules rules;
    struct intake_event event;
};

static void
taken_init(struct taken *taken)
{
    *taken = (struct taken){.worker = WORKER_INIT, .rules = PARCEL_RULES_INIT};
    article_init(&taken->article);
}

static bool
take(struct taken *taken)
{
    taken->event = (struct intake_event){0};
    return worker_next(&taken->worker, &taken->article, &taken->rules,
                       &taken->event);
}

static void
taken_release(struct taken *taken)
{
    worker_stop(&taken->worker);
    article_release(&taken->article);
    list_release(&taken->rules.names);
}

static void
messages_are_taken_when_they_are_whole(void **state)
{
    struct message_end end = {.status = STATUS_FORMAT, .format = 1};
    struct article article;
    struct buf parcel = BUF_INIT;
    struct buf all = BUF_INIT;
    struct taken taken;
    size_t messages = 0;

    (void)state;
    taken_init(&taken);
    article_init(&article);
    buf_set_text(&article.headline, "Headline");
    parcel_pack(&parcel, &article);
    /* Cut in the middle of a letter, and with a zero inside. */
    strcpy(end.text, "bad \xc3");
    add_message(&all, INTAKE_ARTICLE, parcel.data, parcel.size);
    add_message(&all, INTAKE_BAD, &end, sizeof(end));
    end = (struct message_end){.format = UINT32_MAX};
    add_message(&all, INTAKE_END, &end, sizeof(end));
    for (size_t i = 0; i < all.size; i++) {
        buf_add(&taken.worker.in, all.data + i, 1);
        if (!take(&taken))
            continue;
        switch (messages++) {
        case 0:
            assert_int_equal(taken.event.kind, INTAKE_ARTICLE);
            assert_string_equal(taken.article.headline.data, "Headline");
            break;
        case 1:
            assert_int_equal(taken.event.kind, INTAKE_BAD);
            assert_int_equal(taken.event.error.status, STATUS_FORMAT);
            assert_string_equal(taken.event.error.text, "bad \xef\xbf\xbd");
            assert_string_equal(taken.event.format, reader_formats()[0]->name);
            break;
        default:
            assert_int_equal(taken.event.kind, INTAKE_END);
            assert_int_equal(taken.event.error.status, STATUS_OK);
            assert_null(taken.event.format);
            break;
        }
    }
    assert_int_equal(messages, 3);
    assert_int_equal(taken.worker.at, all.size);
    assert_false(taken.worker.nonsense);
    article_release(&article);
    buf_release(&parcel);
    buf_release(&all);
    taken_release(&taken);
}

static void
nonsense_ends_the_worker(void **state)
{
    static const struct message_end good = {.status = STATUS_OK};
    static const struct message_end no_status = {.status = STATUS_KILLED + 1};
    static const struct {
        const char *name;
        uint32_t kind;
        size_t size;
        const void *body;
    } cases[] = {
        {"an event that no worker tells of", INTAKE_BEGIN, sizeof(good), &good},
        {"no event at all", UINT32_MAX, sizeof(good), &good},
        {"no article", INTAKE_ARTICLE, 5, "12345"},
        {"a short end", INTAKE_END, 4, "\0\0\0"},
        {"no status", INTAKE_END, sizeof(no_status), &no_status},
    };
    const struct message_head larger = {.kind = INTAKE_ARTICLE,
                                        .size = UINT32_MAX};

    (void)state;
    for (size_t i = 0; i <= COUNT(cases); i++) {
        const char *name = "larger than any";
        struct taken taken;

        taken_init(&taken);
        if (i == COUNT(cases)) {
            buf_add(&taken.worker.in, &larger, sizeof(larger));
        } else {
            name = cases[i].name;
            add_message(&taken.worker.in, cases[i].kind, cases[i].body,
                        cases[i].size);
        }
        /* And nothing behind it is listened to. */
        add_message(&taken.worker.in, INTAKE_END, &good, sizeof(good));
        if (take(&taken) || !taken.worker.nonsense || !taken.worker.ended ||
            take(&taken))
            fail_msg("%s", name);
        taken_release(&taken);
    }
}

/* --- pipes ---------------------------------------------------------------- */

static void
what_was_used_makes_room(void **state)
{
    struct worker worker = WORKER_INIT;
    int results[2];

    (void)state;
    assert_int_equal(pipe(results), 0);
    assert_int_equal(fcntl(results[0], F_SETFL, O_NONBLOCK), 0);
    worker.results = results[0];
    worker.silent = 3;
    worker_receive(&worker); /* nothing there yet */
    assert_false(worker.ended);
    assert_int_equal(worker.silent, 3);
    assert_int_equal(write(results[1], "0123456789", 10), 10);
    worker_receive(&worker);
    assert_int_equal(worker.silent, 0);
    worker.at = 4;
    assert_int_equal(write(results[1], "a", 1), 1);
    worker_receive(&worker);
    assert_string_equal(worker.in.data, "0123456789a");
    worker.at = 8;
    assert_int_equal(write(results[1], "b", 1), 1);
    worker_receive(&worker);
    assert_string_equal(worker.in.data, "89ab");
    assert_int_equal(worker.at, 0);
    close(results[1]);
    worker_receive(&worker);
    assert_true(worker.ended);
    assert_string_equal(worker.in.data, "89ab");
    worker_stop(&worker);
}

static void
a_file_for_a_worker_that_is_gone_is_not_passed_on(void **state)
{
    struct worker worker = WORKER_INIT;
    int commands[2];

    (void)state;
    assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, commands), 0);
    worker.commands = commands[0];
    assert_true(worker_send(&worker, STDIN_FILENO, "name", 1));
    close(commands[1]);
    assert_false(worker_send(&worker, STDIN_FILENO, "name", 1));
    worker_stop(&worker);
}

/* What it has used, what it has been given and what it is to be given. */
static void
a_worker_has_time_for_the_rest_of_its_life(void **state)
{
    struct worker worker = WORKER_INIT;

    (void)state;
    worker.pid = getpid(); /* which has used a second at most */
    worker.life = 1000;
    worker.granted = 300;
    assert_true(worker_has_time(&worker, 600));
    assert_false(worker_has_time(&worker, 701));
    worker.granted = 0;
    assert_true(worker_has_time(&worker, 900));
    assert_false(worker_has_time(&worker, 1001));
    worker.pid = 0;
}

static void
without_descriptors_no_worker_starts(void **state)
{
    const struct intake_options options = {.cpu = 1};
    struct rlimit limit;
    struct rlimit few;
    struct worker worker = WORKER_INIT;
    struct error err = {0};
    int lowest = dup(STDIN_FILENO);

    (void)state;
    close(lowest);
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &limit), 0);
    /* None, those of the socket, those of the socket and one of the pipe. */
    for (rlim_t more = 0; more < 4; more++) {
        few = limit;
        few.rlim_cur = (rlim_t)lowest + more;
        assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
        assert_int_equal(worker_start(&worker, &options, 0, &err), STATUS_IO);
        assert_int_equal(setrlimit(RLIMIT_NOFILE, &limit), 0);
        assert_non_null(strstr(err.text, "cannot start a worker: "));
        assert_int_equal(worker.pid, 0);
        worker_stop(&worker);
        /* Nothing is left open. */
        assert_int_equal(dup(STDIN_FILENO), lowest);
        close(lowest);
    }
}

/* --- the end of one ------------------------------------------------------- */

/* A process that dies of a signal, or ends with a code; or waits. */
static pid_t
start_dying(int signal, int code)
{
    const struct rlimit none = {0};
    pid_t pid = fork();

    assert_true(pid >= 0);
    if (pid > 0)
        return pid;
    setrlimit(RLIMIT_CORE, &none);
    if (signal == SIGSTOP)
        for (;;)
            pause();
    if (signal) {
        struct sigaction action = {.sa_handler = SIG_DFL};

        sigaction(signal, &action, NULL);
        kill(getpid(), signal);
    }
    _exit(code);
}

static void
the_cause_of_its_death_is_told(void **state)
{
    static const struct {
        int signal, code;
        unsigned cpu;
        enum {
            ALONE,
            AGED, /* and alone */
            LATE,
            NONSENSE,
            LOST
        } how;
        enum status status;
        const char *words;
    } cases[] = {
        {SIGXCPU, 0, 1, ALONE, STATUS_LIMIT, " took too much time"},
        /* Nobody has used up so much in a test. */
        {SIGXCPU, 0, 1000, ALONE, STATUS_INTERRUPTED,
         " had its reader ended from outside"},
        {SIGSYS, 0, 1, ALONE, STATUS_KILLED,
         " made its reader try what a reader must not do"},
        {SIGKILL, 0, 1, ALONE, STATUS_INTERRUPTED,
         " had its reader killed, perhaps for want of memory"},
        {SIGKILL, 0, 1, AGED, STATUS_LIMIT, " took too much time"},
        {SIGSEGV, 0, 1, ALONE, STATUS_KILLED, " crashed its reader"},
        {SIGABRT, 0, 1, ALONE, STATUS_KILLED, " crashed its reader"},
        {SIGFPE, 0, 1, ALONE, STATUS_KILLED, " crashed its reader"},
        {SIGILL, 0, 1, ALONE, STATUS_KILLED, " crashed its reader"},
        {SIGTRAP, 0, 1, ALONE, STATUS_KILLED, " crashed its reader"},
        {SIGBUS, 0, 1, ALONE, STATUS_INTERRUPTED,
         " had its reader ended by the system"},
        {SIGTERM, 0, 1, ALONE, STATUS_INTERRUPTED,
         " had its reader ended from outside"},
        {SIGUSR1, 0, 1, ALONE, STATUS_INTERRUPTED,
         " had its reader ended from outside"},
        {0, WORKER_NO_MEMORY, 1, ALONE, STATUS_LIMIT,
         " needed more memory than a reader is given"},
        {0, WORKER_SYSTEM_FULL, 1, ALONE, STATUS_INTERRUPTED,
         " had a reader to which the system gave no more memory"},
        {0, WORKER_CANNOT_WRITE, 1, ALONE, STATUS_INTERRUPTED,
         " had a reader that could not pass on what it read"},
        {0, 0, 1, ALONE, STATUS_INTERRUPTED, " had its reader end early"},
        {0, 1, 1, ALONE, STATUS_INTERRUPTED, " had its reader end early"},
        {SIGSTOP, 0, 1, LATE, STATUS_INTERRUPTED,
         " had a reader that was not heard of for too long"},
        {SIGSTOP, 0, 1, NONSENSE, STATUS_KILLED,
         " made its reader write nonsense"},
        {SIGSTOP, 0, 1, LOST, STATUS_INTERRUPTED,
         ": nothing more could be received from its reader: Input/output "
         "error"},
        /* It has closed its pipe and lives on. */
        {SIGSTOP, 0, 1, ALONE, STATUS_KILLED,
         " made its reader write nonsense"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct worker worker = WORKER_INIT;
        struct error err = {0};

        worker.pid = start_dying(cases[i].signal, cases[i].code);
        worker.life = cases[i].how == AGED ? 0 : 1000;
        worker.late = cases[i].how == LATE;
        worker.nonsense = cases[i].how == NONSENSE;
        worker.lost = cases[i].how == LOST ? EIO : 0;
        worker_autopsy(&worker, "a/file", cases[i].cpu, &err);
        assert_memory_equal(err.text, "a/file", 6);
        assert_string_equal(err.text + 6, cases[i].words);
        assert_int_equal(err.status, cases[i].status);
        assert_int_equal(worker.pid, 0);
        worker_stop(&worker);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(messages_are_taken_when_they_are_whole),
        cmocka_unit_test(nonsense_ends_the_worker),
        cmocka_unit_test(what_was_used_makes_room),
        cmocka_unit_test(a_file_for_a_worker_that_is_gone_is_not_passed_on),
        cmocka_unit_test(a_worker_has_time_for_the_rest_of_its_life),
        cmocka_unit_test(without_descriptors_no_worker_starts),
        cmocka_unit_test(the_cause_of_its_death_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
