"""Compare kernel pointers of processes.

outcome: forbidden
stopped by: seccomp
refused: SIGSYS
wins without: seccomp
says: operating system
"""

from tool import call

won, why = call("kcmp", 1, 1, 0, 0, 0)
