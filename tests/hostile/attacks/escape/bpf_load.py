"""Load a programme into the kernel.

outcome: forbidden
stopped by: seccomp
says: operating system
"""

from tool import call

won, why = call(321, 0, None, 0)
