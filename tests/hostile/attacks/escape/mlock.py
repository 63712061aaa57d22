"""Pin all its memory.

outcome: ran
stopped by: seccomp, rlimits
refused: EPERM
differs without: rlimits, seccomp
"""

from tool import call

won, why = call("mlockall", 1)
