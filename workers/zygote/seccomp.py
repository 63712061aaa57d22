"""The allow-list of system calls: compiled to BPF once, loaded by every child in one call.

Anything not named is refused with EPERM, so that a library which merely probes goes on. What no
honest program of a course calls ends the process at once: the student reads `forbidden`.
"""

import ctypes
import errno
import os
from dataclasses import dataclass
from itertools import product

from workers.zygote import syscalls

ALLOWED = (
    "read write pread64 pwrite64 readv writev close close_range fstat newfstatat stat lstat statx"
    " lseek mprotect munmap mremap brk rt_sigaction rt_sigprocmask rt_sigreturn"
    " rt_sigtimedwait rt_sigpending sigaltstack access faccessat faccessat2 pipe pipe2 select"
    " pselect6 poll ppoll sched_yield dup dup2 dup3 nanosleep clock_nanosleep getpid gettid getppid"
    " getuid geteuid getgid getegid getgroups getresuid getresgid exit exit_group wait4 waitid"
    " ftruncate getdents64 getcwd chdir openat open creat readlink readlinkat umask gettimeofday"
    " time clock_gettime clock_getres getrlimit getrusage times uname"
    " set_tid_address set_robust_list get_robust_list rseq sched_getaffinity getcpu getrandom"
    " epoll_create1 epoll_ctl epoll_wait epoll_pwait eventfd2 unlink unlinkat mkdir mkdirat rename"
    " renameat renameat2 rmdir statfs fstatfs restart_syscall fsync fdatasync"
    " sched_getparam sched_getscheduler sched_get_priority_max sched_get_priority_min setitimer"
    " getitimer alarm pause chmod fchmod utimensat copy_file_range sendfile fallocate"
)
KILLED = (
    "ptrace process_vm_readv process_vm_writev process_madvise kcmp bpf perf_event_open"
    " userfaultfd io_uring_setup io_uring_enter io_uring_register keyctl add_key request_key mount"
    " umount2 pivot_root chroot setns unshare open_tree move_mount fsopen fsmount fsconfig fspick"
    " mount_setattr open_by_handle_at name_to_handle_at init_module finit_module delete_module"
    " kexec_load kexec_file_load reboot swapon swapoff acct quotactl syslog iopl ioperm modify_ldt"
    " personality seccomp fanotify_init lookup_dcookie nfsservctl vmsplice pidfd_getfd memfd_secret"
)

ANSWERED = {
    "clone3": errno.ENOSYS,  # its flags lie in memory, out of a filter's sight: libc tries clone
    **dict.fromkeys(("listxattr", "llistxattr", "flistxattr"), errno.ENOTSUP),  # for shutil
}

FUTEX_PRIVATE = 128
"""All others are known by file and place, and every child maps the same files: who waits there can
be counted and woken from another child, even by the kernel at a thread's end. Who joins a thread
takes EAGAIN for a change meanwhile, and looks again.
"""

NEW_NAMESPACES = 0x7E020080
THREAD = (0x100, 0x800, 0x10000)  # CLONE_VM, CLONE_SIGHAND, CLONE_THREAD: what makes it one
HUGETLB = 0x40000  # such pages are charged to no memory group
IOCTLS = (
    0x5401,
    0x5413,
    0x5421,
    0x5450,
    0x5451,
    0x541B,
)  # TCGETS, winsize, FIONBIO, cloexec, FIONREAD
FCNTLS = (0, 1030, 1, 2, 3, 4)  # dup, dup cloexec, get/set descriptor flags, get/set status flags
PRCTLS = (15, 16)  # set and get a thread's name
ADVICE = (0, 1, 2, 3, 4, 8, 9, 14, 15)  # none that merges, collapses or pages out
ARCH_PRCTLS = (0x1001, 0x1002, 0x1003, 0x1004)  # the registers of a thread's own data
MEMBARRIERS = (0, 8, 16)  # ask, private expedited, register for it

CHOSEN = (
    ("ioctl", 1, IOCTLS),
    ("fcntl", 1, FCNTLS),
    ("prctl", 0, PRCTLS),
    ("madvise", 2, ADVICE),
    ("arch_prctl", 0, ARCH_PRCTLS),
    ("membarrier", 0, MEMBARRIERS),
)
"""Calls of which only some values of one argument are let through: name, place, values."""

SET_MODE_FILTER = 1


@dataclass(frozen=True)
class Filter:
    """A compiled programme: `code` is a whole number of 8-byte BPF instructions."""

    code: bytes


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_char_p))


def compile_filter(forks: bool) -> Filter:
    """The programme for this machine's processor; with `forks` it lets processes be started.

    Without, starting one fails as it does at a limit: the script may catch it, and else reads so.
    """
    import pyseccomp as scmp

    rules = scmp.SyscallFilter(scmp.ERRNO(errno.EPERM))
    kill = scmp.KILL_PROCESS

    def add(action: int, name: str, *arguments: scmp.Arg) -> None:
        try:
            rules.add_rule(action, name, *arguments)
        except (ValueError, OSError):  # a call that this kernel's libseccomp does not know
            return

    for name in ALLOWED.split():
        add(scmp.ALLOW, name)
    for name in KILLED.split():
        add(kill, name)
    for name, code in ANSWERED.items():
        add(scmp.ERRNO(code), name)
    add(scmp.ALLOW, "mmap", scmp.Arg(3, scmp.MASKED_EQ, HUGETLB, 0))
    add(scmp.ALLOW, "futex", scmp.Arg(1, scmp.MASKED_EQ, FUTEX_PRIVATE, FUTEX_PRIVATE))
    add(scmp.ERRNO(errno.EAGAIN), "futex", scmp.Arg(1, scmp.MASKED_EQ, FUTEX_PRIVATE, 0))
    for flags in map(sum, product(*((0, flag) for flag in THREAD))):
        allowed = forks or flags == sum(THREAD)
        parted = scmp.Arg(0, scmp.MASKED_EQ, NEW_NAMESPACES | sum(THREAD), flags)
        add(scmp.ALLOW if allowed else scmp.ERRNO(errno.EAGAIN), "clone", parted)
    for name in () if forks else ("fork", "vfork"):
        add(scmp.ERRNO(errno.EAGAIN), name)
    add(scmp.ALLOW, "prlimit64", scmp.Arg(0, scmp.EQ, 0), scmp.Arg(2, scmp.EQ, 0))
    add(scmp.ALLOW, "tgkill", scmp.Arg(0, scmp.EQ, 1))
    for call, place, values in CHOSEN:
        for value in values:
            add(scmp.ALLOW, call, scmp.Arg(place, scmp.EQ, value))
    return Filter(_exported(rules))


def _exported(rules: object) -> bytes:
    reader, writer = os.pipe()
    try:
        with os.fdopen(writer, "wb") as file:
            rules.export_bpf(file)  # type: ignore[attr-defined]
        return os.read(reader, 1 << 16)
    finally:
        os.close(reader)


def prepare(compiled: Filter) -> _Program:
    """The C structure the kernel reads; made before the fork so that loading is one call."""
    return _Program(len(compiled.code) // 8, compiled.code)


def load(program: _Program) -> None:
    """Apply to this process, for good. `no_new_privs` must stand. Raises OSError."""
    result = syscalls.LIBC.syscall(
        ctypes.c_long(syscalls.number("seccomp")), SET_MODE_FILTER, 0, ctypes.byref(program)
    )
    syscalls.check(result, "seccomp")
