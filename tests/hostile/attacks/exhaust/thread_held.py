"""Start a thread beyond the limit by clone itself, with a flag of vfork.

outcome: ran
stopped by: rlimits, cgroup
refused: EAGAIN
wins without: cgroup, rlimits
limits: threads=1
"""

from tool import cloned

VM, FS, FILES, SIGHAND, VFORK, THREAD = 0x100, 0x200, 0x400, 0x800, 0x4000, 0x10000
won, why = cloned(VM | FS | FILES | SIGHAND | VFORK | THREAD)
