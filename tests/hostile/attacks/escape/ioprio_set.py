"""Take the disk before everyone else.

outcome: ran
stopped by: seccomp
refused: EPERM
wins without: seccomp
"""

from tool import call

won, why = call("ioprio_set", 1, 0, 2 << 13)
