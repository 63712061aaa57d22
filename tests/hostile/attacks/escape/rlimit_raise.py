"""Raise its own limits.

outcome: ran
stopped by: seccomp, rlimits
wins without: seccomp, rlimits
"""

import resource

try:
    resource.setrlimit(resource.RLIMIT_NOFILE, (900, 900))
    won = True
except (OSError, ValueError) as fault:
    won, why = False, str(fault)
