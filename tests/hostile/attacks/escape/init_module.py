"""Load a kernel module.

outcome: forbidden
stopped by: seccomp
says: operating system
"""

from tool import call

won, why = call(175, None, 0, b"")
