"""Let what is measured be what is held: blocks that were freed go back to the system at once."""

from workers.zygote import syscalls

M_MMAP_THRESHOLD = -3  # of mallopt(3)
LARGE = 64 * 1024


def give_back() -> None:
    """Map each block of 64 kB or more by itself, for the rest of this process.

    Else small results that lie between freed blocks keep those from being used again, now and then:
    the same answer needed 5 MB in one process and 77 MB in the next.
    """
    syscalls.LIBC.mallopt(M_MMAP_THRESHOLD, LARGE)
