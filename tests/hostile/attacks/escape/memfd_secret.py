"""Hold memory that even the kernel cannot look into.

outcome: forbidden
stopped by: seccomp
says: operating system
"""

from tool import call

won, why = call(447, 0)
