"""Raise its own limits.

outcome: ran
stopped by: seccomp, rlimits
refused: EPERM
wins without: rlimits, seccomp
"""

import resource

from tool import word

try:
    resource.setrlimit(resource.RLIMIT_NOFILE, (900, 900))
    won = True
except ValueError:
    won, why = False, "EPERM"
except OSError as fault:
    won, why = False, word(fault)
