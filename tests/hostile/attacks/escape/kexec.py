"""Boot another kernel.

outcome: forbidden
stopped by: seccomp
says: operating system
"""

from tool import call

won, why = call(246, 0, 0, None, 0)
