"""Leave a shared memory segment for a neighbour.

outcome: ran
stopped by: seccomp
refused: EPERM
wins without: seccomp
"""

from tool import call

won, why = call("shmget", 0, 4096, 0o1777)
