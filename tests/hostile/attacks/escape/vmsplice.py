"""Move pages into a pipe.

outcome: forbidden
stopped by: seccomp
refused: SIGSYS
wins without: seccomp
says: operating system
"""

from tool import call

won, why = call("vmsplice", 0, None, 0, 0)
