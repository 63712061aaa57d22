"""Change the clock by the newer call.

outcome: ran
stopped by: seccomp
refused: EPERM
differs without: seccomp
"""

from tool import call

won, why = call("clock_settime", 0, None)
