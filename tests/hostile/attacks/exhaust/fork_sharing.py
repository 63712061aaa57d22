"""Start a process that shares all memory with its maker, as a thread does.

outcome: ran
stopped by: seccomp
refused: EAGAIN
wins without: seccomp
"""

from tool import cloned

VM, FS, FILES, SIGHAND, CHILD_ENDS = 0x100, 0x200, 0x400, 0x800, 17
won, why = cloned(VM | FS | FILES | SIGHAND | CHILD_ENDS)
