/* Each attempt is made in a child of its own, since some end it. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "corpus/sandbox.h"

enum {
    DONE = 0,
    REFUSED = 3
};

static int
refused(bool worked)
{
    return worked ? DONE : REFUSED;
}

static int
open_a_file(void)
{
    return refused(open("/etc/passwd", O_RDONLY) >= 0);
}

static int
create_a_file(void)
{
    return refused(open("/tmp/test_sandbox.x", O_CREAT | O_RDWR, 0600) >= 0);
}

static int
rename_a_file(void)
{
    return refused(rename("/tmp/a", "/tmp/b") == 0 || errno == ENOENT);
}

static int
remove_a_file(void)
{
    return refused(unlink("/tmp/no-such-file") == 0 || errno == ENOENT);
}

static int
list_a_folder(void)
{
    return refused(open("/tmp", O_RDONLY | O_DIRECTORY) >= 0);
}

static int
reach_the_network(void)
{
    return refused(socket(AF_INET, SOCK_STREAM, 0) >= 0);
}

static int
start_a_process(void)
{
    pid_t pid = fork();

    if (pid == 0)
        _exit(0);
    return refused(pid > 0);
}

static int
run_a_program(void)
{
    char name[] = "/bin/true";
    char *const argv[] = {name, NULL};

    execv(name, argv);
    return REFUSED;
}

static int
kill_the_parent(void)
{
    return refused(kill(getppid(), 0) == 0);
}

static int
make_memory_executable(void)
{
    return refused(mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
                        MAP_PRIVATE | 0x20, -1, 0) != MAP_FAILED);
}

static int
change_its_mode(void)
{
    return refused(chmod("/tmp", 0777) == 0);
}

static int
use_memory_and_write(void)
{
    char *some = malloc((size_t)8 << 20);

    if (!some)
        return REFUSED;
    memset(some, 1, (size_t)8 << 20);
    free(some);
    return write(STDERR_FILENO, "", 0) == 0 ? DONE : REFUSED;
}

static const struct {
    const char *what;
    int (*attempt)(void);
    bool allowed;
} attempts[] = {
    {"open a file", open_a_file, false},
    {"create a file", create_a_file, false},
    {"rename a file", rename_a_file, false},
    {"remove a file", remove_a_file, false},
    {"list a folder", list_a_folder, false},
    {"reach the network", reach_the_network, false},
    {"start a process", start_a_process, false},
    {"run a program", run_a_program, false},
    {"kill the parent", kill_the_parent, false},
    {"make memory executable", make_memory_executable, false},
    {"change a mode", change_its_mode, false},
    {"use memory and write", use_memory_and_write, true},
};

static void
only_computing_is_left(void **state)
{
    (void)state;
    if (!sandbox_works())
        skip(); /* a sanitizer is at work */
    for (size_t i = 0; i < sizeof(attempts) / sizeof(attempts[0]); i++) {
        int status;
        pid_t pid = fork();
        bool done;

        assert_true(pid >= 0);
        if (pid == 0) {
            if (sandbox_enter(NULL))
                _exit(9);
            _exit(attempts[i].attempt());
        }
        assert_int_equal(waitpid(pid, &status, 0), pid);
        done = WIFEXITED(status) && WEXITSTATUS(status) == DONE;
        if (done != attempts[i].allowed ||
            (!done && !(WIFEXITED(status) && WEXITSTATUS(status) == REFUSED) &&
             !(WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS)))
            fail_msg("%s: status %x", attempts[i].what, (unsigned)status);
    }
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
        cmocka_unit_test(only_computing_is_left),
        cmocka_unit_test(cpu_time_is_counted_from_now_on),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
