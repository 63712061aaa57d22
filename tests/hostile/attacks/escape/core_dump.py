"""Have its memory written to a file where the machine keeps such files.

outcome: ran
stopped by: seccomp, rlimits
refused: EPERM
wins without: rlimits, seccomp
"""

import resource

from tool import call

limit = resource.RLIMIT_CORE
try:
    resource.setrlimit(limit, (1 << 20, 1 << 20))
    won, why = call("prctl", 4, 1, 0, 0, 0)
except ValueError:
    won, why = False, "EPERM"
except OSError as fault:
    won, why = False, "EPERM"
