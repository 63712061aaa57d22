"""Take a descriptor out of another process.

outcome: forbidden
stopped by: seccomp
refused: SIGSYS
differs without: seccomp
says: operating system
"""

from tool import call

won, why = call("pidfd_getfd", 0, 0, 0)
