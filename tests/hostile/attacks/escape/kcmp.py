"""Compare kernel pointers of processes.

outcome: forbidden
stopped by: seccomp
wins without: seccomp
says: operating system
"""

from tool import call

won, why = call(312, 1, 1, 0, 0, 0)
