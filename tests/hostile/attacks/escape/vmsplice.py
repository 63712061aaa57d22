"""Move pages into a pipe.

outcome: forbidden
stopped by: seccomp
wins without: seccomp
says: operating system
"""

from tool import call

won, why = call(278, 0, None, 0, 0)
