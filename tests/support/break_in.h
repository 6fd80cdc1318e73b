/*
 * tests/support/break_in.h - what somebody would try who has taken a process
 * over.
 *
 * Each attempt says DONE, REFUSED (for want of a right) or UNCLEAR (it failed
 * in some other way, which proves nothing); some are ended by the kernel.
 * Before the first one break_in_at() says in which folder to try them.
 */
#ifndef TESTS_BREAK_IN_H
#define TESTS_BREAK_IN_H

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "corpus/base/count.h"

enum break_in_end {
    DONE = 0,
    REFUSED = 3,
    UNCLEAR = 4
};

/* Who can do it when nothing is in the way. */
enum break_in_by {
    ANYBODY,
    SOMEBODY /* with rights, or on a system, that not all have */
};

static struct {
    char folder[200];
    char file[220];
    char other[220];
} break_in;

/* The paths below this folder, which is there. */
static void
break_in_at(const char *folder)
{
    snprintf(break_in.folder, sizeof(break_in.folder), "%s", folder);
    snprintf(break_in.file, sizeof(break_in.file), "%s/file", folder);
    snprintf(break_in.other, sizeof(break_in.other), "%s/other", folder);
}

static int
outcome(bool worked)
{
    if (worked)
        return DONE;
    return errno == EPERM || errno == EACCES ? REFUSED : UNCLEAR;
}

static int
read_a_file(void)
{
    return outcome(open("/etc/passwd", O_RDONLY) >= 0);
}

static int
list_a_folder(void)
{
    return outcome(open(break_in.folder, O_RDONLY | O_DIRECTORY) >= 0);
}

static int
create_a_file(void)
{
    return outcome(open(break_in.other, O_CREAT | O_RDWR, 0600) >= 0);
}

static int
write_a_file(void)
{
    return outcome(open(break_in.file, O_WRONLY) >= 0);
}

static int
cut_a_file(void)
{
    return outcome(truncate(break_in.file, 0) == 0);
}

static int
rename_a_file(void)
{
    return outcome(rename(break_in.file, break_in.other) == 0);
}

static int
link_a_file(void)
{
    return outcome(link(break_in.file, break_in.other) == 0);
}

static int
make_a_symlink(void)
{
    return outcome(symlink("/etc/passwd", break_in.other) == 0);
}

static int
make_a_folder(void)
{
    return outcome(mkdir(break_in.other, 0700) == 0);
}

static int
make_a_fifo(void)
{
    return outcome(mkfifo(break_in.other, 0600) == 0);
}

static int
remove_a_file(void)
{
    return outcome(unlink(break_in.file) == 0);
}

static int
change_a_mode(void)
{
    return outcome(chmod(break_in.file, 0777) == 0);
}

static int
change_folder(void)
{
    return outcome(chdir("/") == 0);
}

static int
reach_the_network(void)
{
    return outcome(socket(AF_INET, SOCK_STREAM, 0) >= 0);
}

static int
reach_a_neighbour(void)
{
    return outcome(socket(AF_UNIX, SOCK_STREAM, 0) >= 0);
}

static int
connect_what_it_has(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(9)};

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return outcome(connect(3, (struct sockaddr *)&address, sizeof(address)) ==
                   0);
}

static int
start_a_process(void)
{
    pid_t pid = fork();

    if (pid == 0)
        _exit(0);
    return outcome(pid > 0);
}

static int
run_a_program(void)
{
    char name[] = "/bin/true";
    char *const argv[] = {name, NULL};

    execv(name, argv);
    return outcome(false);
}

static int
trace_its_parent(void)
{
    return outcome(ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0);
}

static int
kill_its_parent(void)
{
    return outcome(kill(getppid(), 0) == 0);
}

static int
read_its_parent(void)
{
    char here[8];
    struct {
        void *base;
        size_t size;
    } local = {here, sizeof(here)}, remote = {&break_in, sizeof(here)};

    return outcome(syscall(SYS_process_vm_readv, getppid(), &local, 1UL,
                           &remote, 1UL, 0UL) > 0);
}

static int
map_memory_to_run(void)
{
    return outcome(mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
                        MAP_PRIVATE | 0x20, -1, 0) != MAP_FAILED);
}

static int
make_memory_runnable(void)
{
    void *some =
        mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | 0x20, -1, 0);

    return outcome(some != MAP_FAILED &&
                   mprotect(some, 4096, PROT_READ | PROT_EXEC) == 0);
}

static int
keep_a_file_in_memory(void)
{
    return outcome(syscall(SYS_memfd_create, "x", 0U) >= 0);
}

static int
ask_the_terminal(void)
{
    int waiting = 0;
    int pipe_ends[2] = {0, 0};

    /* Descriptor 0 may be anything; a pipe would be better, if it can be. */
    (void)!pipe(pipe_ends);
    return outcome(ioctl(pipe_ends[0], FIONREAD, &waiting) == 0);
}

static int
become_root_of_its_own(void)
{
    return outcome(syscall(SYS_unshare, 0x10000000) == 0); /* CLONE_NEWUSER */
}

static int
mount_something(void)
{
    /* Of no kind that there is, so that nothing happens where it is allowed. */
    return outcome(syscall(SYS_mount, "none", break_in.folder, "no-such-kind",
                           0UL, NULL) == 0);
}

static int
become_somebody_else(void)
{
    return outcome(setuid(65533) == 0);
}

static int
load_a_filter(void)
{
    char nothing[128] = {0};

    return outcome(syscall(SYS_bpf, 0, nothing, sizeof(nothing)) >= 0);
}

static int
queue_system_calls(void)
{
    char nothing[256] = {0};

    return outcome(syscall(SYS_io_uring_setup, 4U, nothing) >= 0);
}

#ifdef __x86_64__
static int
call_by_another_number(void)
{
    /* open(2) of the x32 ABI, whose numbers a careless filter lets through. */
    return outcome(syscall(0x40000002L, "/etc/passwd", O_RDONLY, 0) >= 0);
}
#endif

static const struct {
    const char *what;
    int (*attempt)(void);
    enum break_in_by by;
} break_ins[] = {
    {"read a file", read_a_file, ANYBODY},
    {"list a folder", list_a_folder, ANYBODY},
    {"create a file", create_a_file, ANYBODY},
    {"write a file", write_a_file, ANYBODY},
    {"cut a file", cut_a_file, ANYBODY},
    {"rename a file", rename_a_file, ANYBODY},
    {"link a file", link_a_file, SOMEBODY},
    {"make a symbolic link", make_a_symlink, ANYBODY},
    {"make a folder", make_a_folder, ANYBODY},
    {"make a fifo", make_a_fifo, ANYBODY},
    {"remove a file", remove_a_file, ANYBODY},
    {"change a mode", change_a_mode, SOMEBODY},
    {"change the folder", change_folder, ANYBODY},
    {"reach the network", reach_the_network, ANYBODY},
    {"reach a neighbour", reach_a_neighbour, ANYBODY},
    {"connect what it has", connect_what_it_has, SOMEBODY},
    {"start a process", start_a_process, ANYBODY},
    {"run a program", run_a_program, ANYBODY},
    {"trace its parent", trace_its_parent, SOMEBODY},
    {"kill its parent", kill_its_parent, SOMEBODY},
    {"read its parent", read_its_parent, SOMEBODY},
    {"map memory to run", map_memory_to_run, ANYBODY},
    {"make memory runnable", make_memory_runnable, ANYBODY},
    {"keep a file in memory", keep_a_file_in_memory, ANYBODY},
    {"ask the terminal", ask_the_terminal, ANYBODY},
    {"become root of its own", become_root_of_its_own, SOMEBODY},
    {"mount something", mount_something, SOMEBODY},
    {"become somebody else", become_somebody_else, SOMEBODY},
    {"load a filter", load_a_filter, SOMEBODY},
    {"queue system calls", queue_system_calls, SOMEBODY},
#ifdef __x86_64__
    {"call by another number", call_by_another_number, SOMEBODY},
#endif
};

enum {
    BREAK_INS = COUNT(break_ins)
};

#endif
