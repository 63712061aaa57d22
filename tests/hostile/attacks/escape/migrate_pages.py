"""Move pages of a process.

outcome: ran
stopped by: seccomp
"""

from tool import call

won, why = call(256, 0, 0, None, None)
