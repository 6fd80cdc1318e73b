/* For syscall(2); the C library has no function for seccomp(2). */
#define _GNU_SOURCE

#include "corpus/base/seccomp_filter.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "corpus/base/count.h"

/* A number means another call on another kind of machine, so a program of
 * another kind is not let in.  32 bits have other calls and other arguments. */
#if defined(__x86_64__)
#define MACHINE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define MACHINE AUDIT_ARCH_AARCH64
#elif defined(__riscv) && __riscv_xlen == 64
#define MACHINE AUDIT_ARCH_RISCV64
#elif defined(__powerpc64__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define MACHINE AUDIT_ARCH_PPC64LE
#endif

#ifdef MACHINE

/* What a tracer makes of a call that is to fail, as the tests do.  It is none,
 * and does nothing. */
#define NO_CALL UINT32_MAX

/* x86-64 has its calls a second time from here on, for pointers of 32 bits. */
#define X32_CALLS 0x40000000

#define LOAD(member) \
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, member))

/* The next instruction if it is equal, else the one behind so many. */
#define UNLESS_EQUAL(value, skip) \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)(value), 0, skip)

#define ANSWER(action) BPF_STMT(BPF_RET | BPF_K, action)
#define REFUSE ANSWER(SECCOMP_RET_ERRNO | EPERM)

#define ALLOW(name) UNLESS_EQUAL(SYS_##name, 1), ANSWER(SECCOMP_RET_ALLOW)
#define KILL(name) UNLESS_EQUAL(SYS_##name, 1), ANSWER(SECCOMP_RET_KILL_PROCESS)

/* Memory, but none that can be run. */
#define ALLOW_DATA(name)                                               \
    UNLESS_EQUAL(SYS_##name, 4), LOAD(args[2]),                        \
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 0, 1), REFUSE, \
        ANSWER(SECCOMP_RET_ALLOW)

/* The first argument is the process; 0 is this one. */
#define ALLOW_ON_ITSELF(name)                                       \
    UNLESS_EQUAL(SYS_##name, 4), LOAD(args[0]), UNLESS_EQUAL(0, 1), \
        ANSWER(SECCOMP_RET_ALLOW), REFUSE

static struct sock_filter code[] = {
    LOAD(arch),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, MACHINE, 1, 0),
    ANSWER(SECCOMP_RET_KILL_PROCESS),
    LOAD(nr),
    UNLESS_EQUAL(NO_CALL, 1),
    ANSWER(SECCOMP_RET_ALLOW),
#ifdef __x86_64__
    BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, X32_CALLS, 0, 1),
    ANSWER(SECCOMP_RET_KILL_PROCESS),
#endif
    /* What computing needs, what comes often first; qsort(3) asks how
     * much memory there is. */
    ALLOW(pread64),
    ALLOW(read),
    ALLOW(write),
    ALLOW(futex),
    ALLOW(clock_gettime),
    ALLOW(brk),
    ALLOW_DATA(mmap),
    ALLOW(munmap),
    ALLOW(mremap),
    ALLOW(madvise),
    ALLOW_DATA(mprotect),
    ALLOW(readv),
    ALLOW(writev),
    ALLOW(pwrite64),
    ALLOW(close),
    ALLOW(fstat),
    ALLOW(newfstatat),
    ALLOW(lseek),
    ALLOW(recvmsg),
    ALLOW(gettimeofday),
    ALLOW(getrusage),
    ALLOW_ON_ITSELF(prlimit64),
    ALLOW(rt_sigreturn),
    ALLOW(rt_sigaction),
    ALLOW(rt_sigprocmask),
    ALLOW(sigaltstack),
    ALLOW(setitimer),
    ALLOW(getrandom),
    ALLOW(getpid),
    ALLOW(gettid),
    ALLOW(sched_yield),
    ALLOW(ppoll),
#ifdef SYS_poll
    ALLOW(poll),
#endif
    ALLOW(restart_syscall),
    ALLOW(sysinfo),
    ALLOW(exit),
    ALLOW(exit_group),
    /* What nothing of ours ever tries, not even in passing. */
    KILL(execve),
    KILL(execveat),
#ifdef SYS_fork
    KILL(fork),
    KILL(vfork),
#endif
    KILL(clone),
    KILL(clone3),
    KILL(socket),
    KILL(connect),
    KILL(bind),
    KILL(listen),
    KILL(accept),
    KILL(sendto),
    KILL(sendmsg),
    KILL(ptrace),
    KILL(kill),
    KILL(tkill),
    KILL(process_vm_readv),
    KILL(process_vm_writev),
    KILL(io_uring_setup),
    KILL(bpf),
    KILL(mount),
    KILL(setuid),
    REFUSE,
};

bool
seccomp_filter_enter(bool timers)
{
    const struct sock_fprog program = {COUNT(code), code};

    /* A number that no call has takes the place of the one to forget. */
    for (size_t i = 0; !timers && i < program.len; i++)
        if (code[i].code == (BPF_JMP | BPF_JEQ | BPF_K) &&
            code[i].k == SYS_setitimer)
            code[i].k = NO_CALL;
    return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0;
}

#else

bool
seccomp_filter_enter(bool timers)
{
    (void)timers;
    return false;
}

#endif
