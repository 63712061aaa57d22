"""Handle page faults in user space, to win races in the kernel.

outcome: forbidden
stopped by: seccomp
wins without: seccomp
says: operating system
"""

from tool import call

won, why = call(323, 1)
