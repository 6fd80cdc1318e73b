/* Each attempt is made in a child of its own, since some end it. */
#define _GNU_SOURCE /* setgroups(), syscall() */

#include <grp.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "corpus/base/sandbox.h"
#include "corpus/intake/worker.h"
#include "tests/support/break_in.h"

/* Nobody on most systems. */
#define STRANGER 65534

/* How far the one goes who makes an attempt. */
enum place {
    OUTSIDE,
    IN_SANDBOX,
    IN_WORKER
};

static const char *const places[] = {"outside", "in the sandbox",
                                     "in a worker"};

/* What a worker of this process does instead of waiting for its first file. */
static int (*in_worker)(void);

/* The C library's is not wanted here: only workers receive descriptors. */
ssize_t
recvmsg(int fd, struct msghdr *message, int flags)
{
    (void)fd;
    (void)message;
    (void)flags;
    _exit(in_worker ? in_worker() : UNCLEAR);
}

static int
prepare(void **state)
{
    char folder[] = "/tmp/test_sandbox.XXXXXX";

    (void)state;
    if (!mkdtemp(folder) || chmod(folder, 0777))
        return -1;
    break_in_at(folder);
    return 0;
}

/* Remove what was made of it. */
static int
tidy_up(void **state)
{
    (void)state;
    unlink(break_in.file);
    if (unlink(break_in.other))
        rmdir(break_in.other);
    return rmdir(break_in.folder);
}

/* The folder as every attempt finds it. */
static void
lay_out(void)
{
    int fd = 0;

    unlink(break_in.file);
    if (unlink(break_in.other))
        rmdir(break_in.other);
    fd = open(break_in.file, O_CREAT | O_WRONLY, 0666);
    assert_true(fd >= 0);
    assert_int_equal(fchmod(fd, 0666), 0);
    close(fd);
}

/* How a process ended: its own word, or 100 and the signal. */
static int
end_of(pid_t pid)
{
    int status = 0;

    if (waitpid(pid, &status, 0) != pid)
        return UNCLEAR;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 100 + WTERMSIG(status);
}

static int
try_in_worker(int (*attempt)(void))
{
    const struct intake_options options = {.cpu = 5, .memory = 1u << 30};
    struct worker worker = WORKER_INIT;

    in_worker = attempt;
    if (worker_start(&worker, &options, 0, NULL))
        return UNCLEAR;
    return end_of(worker.pid);
}

static int
try_at(int (*attempt)(void), enum place place, uid_t uid)
{
    pid_t pid = fork();

    assert_true(pid >= 0);
    if (pid > 0)
        return end_of(pid);
    if (uid != getuid() && (setgroups(0, NULL) || setgid(uid) || setuid(uid)))
        _exit(UNCLEAR);
    if (place == IN_WORKER)
        _exit(try_in_worker(attempt));
    if (place == IN_SANDBOX && sandbox_enter(false, NULL))
        _exit(UNCLEAR);
    _exit(attempt());
}

static void
try_all(enum place place, uid_t uid)
{
    for (size_t i = 0; i < BREAK_INS; i++) {
        int end = 0;

        lay_out();
        end = try_at(break_ins[i].attempt, place, uid);
        if (place == OUTSIDE ? end != DONE && break_ins[i].by == ANYBODY
                             : end != REFUSED && end != 100 + SIGSYS)
            fail_msg("%s %s, as %u: ended with %d", break_ins[i].what,
                     places[place], (unsigned)uid, end);
    }
}

/* As whoever runs this, and as a stranger if that is root. */
static void
try_as_all(enum place place)
{
    try_all(place, getuid());
    if (getuid() == 0)
        try_all(place, STRANGER);
}

/* Without this the tests below could not fail. */
static void
all_of_it_can_be_done_outside(void **state)
{
    (void)state;
    try_as_all(OUTSIDE);
}

static void
nothing_of_it_can_be_done_in_the_sandbox(void **state)
{
    (void)state;
    if (!sandbox_works())
        skip(); /* a sanitizer is at work */
    try_as_all(IN_SANDBOX);
}

static void
nothing_of_it_can_be_done_in_a_worker(void **state)
{
    (void)state;
    if (!sandbox_works())
        skip();
    try_as_all(IN_WORKER);
}

static int
lift_limits(void)
{
    static const __rlimit_resource_t limits[] = {RLIMIT_AS, RLIMIT_CPU,
                                                 RLIMIT_FSIZE, RLIMIT_CORE};
    struct rlimit limit;

    for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
        if (getrlimit(limits[i], &limit))
            return UNCLEAR;
        if (limit.rlim_max == RLIM_INFINITY)
            return DONE;
        limit.rlim_max = RLIM_INFINITY;
        limit.rlim_cur = RLIM_INFINITY;
        if (setrlimit(limits[i], &limit) == 0)
            return DONE;
        if (errno != EPERM)
            return UNCLEAR;
    }
    return REFUSED;
}

static int
set_a_timer(void)
{
    const struct itimerval soon = {.it_value = {.tv_sec = 1000}};

    return outcome(setitimer(ITIMER_REAL, &soon, NULL) == 0);
}

/* Not even if it is root's. */
static void
a_worker_cannot_put_off_its_end(void **state)
{
    (void)state;
    if (!sandbox_works())
        skip();
    assert_int_equal(try_at(lift_limits, IN_WORKER, getuid()), REFUSED);
    assert_int_equal(try_at(set_a_timer, IN_WORKER, getuid()), REFUSED);
    if (getuid() == 0)
        assert_int_equal(try_at(lift_limits, IN_WORKER, STRANGER), REFUSED);
    /* Or this would say nothing. */
    assert_int_equal(try_at(set_a_timer, OUTSIDE, getuid()), DONE);
    assert_int_equal(try_at(lift_limits, OUTSIDE, getuid()), DONE);
}

/* Who asks stays as free as before. */
static void
the_sandbox_can_be_tried_from_outside(void **state)
{
    struct error err = {0};

    (void)state;
    if (!sandbox_works())
        skip();
    assert_int_equal(sandbox_probe(&err), STATUS_OK);
    assert_int_equal(read_a_file(), DONE);
    assert_int_equal(waitpid(-1, NULL, 0), -1);
}

static int
use_memory_and_write(void)
{
    char *some = malloc((size_t)8 << 20);

    if (!some)
        return REFUSED;
    memset(some, 1, (size_t)8 << 20);
    free(some);
    return outcome(write(STDERR_FILENO, "", 0) == 0);
}

/* Nothing on 0 to 2, a socket for files on 3, a pipe for articles on 4. */
static int
count_descriptors(void)
{
    struct stat stat;

    for (int fd = 0; fd < 1024; fd++) {
        bool there = fstat(fd, &stat) == 0;

        if (there != (fd < 5) || (fd < 3 && !S_ISCHR(stat.st_mode)) ||
            (fd == 3 && !S_ISSOCK(stat.st_mode)) ||
            (fd == 4 && !S_ISFIFO(stat.st_mode)))
            return UNCLEAR;
    }
    return write(4, "x", 1) == 1 ? DONE : UNCLEAR;
}

static void
what_the_work_needs_is_left(void **state)
{
    (void)state;
    if (!sandbox_works())
        skip();
    assert_int_equal(try_at(use_memory_and_write, IN_SANDBOX, getuid()), DONE);
    assert_int_equal(try_at(use_memory_and_write, IN_WORKER, getuid()), DONE);
    assert_int_equal(try_at(count_descriptors, IN_WORKER, getuid()), DONE);
}

/* Whatever it does about the signal that comes first. */
static void
a_life_has_an_end(void **state)
{
    int status;
    pid_t pid = fork();

    (void)state;
    assert_true(pid >= 0);
    if (pid == 0) {
        struct sigaction action = {.sa_handler = SIG_IGN};
        volatile unsigned long count = 0;

        sigaction(SIGXCPU, &action, NULL);
        sandbox_limit_life(1);
        sandbox_limit_cpu(100);
        for (;;)
            count++;
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

static void
cpu_time_is_counted_from_now_on(void **state)
{
    int status;
    pid_t pid = fork();

    (void)state;
    assert_true(pid >= 0);
    if (pid == 0) {
        volatile unsigned long count = 0;

        sandbox_limit_memory(0);
        sandbox_limit_cpu(0);
        for (;;)
            count++;
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_of_it_can_be_done_outside),
        cmocka_unit_test(nothing_of_it_can_be_done_in_the_sandbox),
        cmocka_unit_test(nothing_of_it_can_be_done_in_a_worker),
        cmocka_unit_test(a_worker_cannot_put_off_its_end),
        cmocka_unit_test(the_sandbox_can_be_tried_from_outside),
        cmocka_unit_test(what_the_work_needs_is_left),
        cmocka_unit_test(a_life_has_an_end),
        cmocka_unit_test(cpu_time_is_counted_from_now_on),
    };

    return cmocka_run_group_tests(tests, prepare, tidy_up);
}
