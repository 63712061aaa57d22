"""Advise on another process's memory.

outcome: forbidden
stopped by: seccomp
refused: SIGSYS
differs without: seccomp
says: operating system
"""

from tool import call

won, why = call("process_madvise", 0, None, 0, 0, 0)
