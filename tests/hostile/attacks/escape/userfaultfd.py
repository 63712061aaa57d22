"""Handle page faults in user space, to win races in the kernel.

outcome: forbidden
stopped by: seccomp
refused: SIGSYS
wins without: seccomp
says: operating system
"""

from tool import call

won, why = call("userfaultfd", 1)
