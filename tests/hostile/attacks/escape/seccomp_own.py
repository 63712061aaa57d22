"""Load a filter of its own over ours.

outcome: forbidden
stopped by: seccomp
refused: SIGSYS
differs without: seccomp
says: operating system
"""

from tool import call

won, why = call("seccomp", 1, 0, None)
