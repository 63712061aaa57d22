"""Hold memory that even the kernel cannot look into.

outcome: forbidden
stopped by: seccomp
refused: SIGSYS
wins without: seccomp
says: operating system
"""

from tool import call

won, why = call("memfd_secret", 0)
