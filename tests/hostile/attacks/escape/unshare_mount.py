"""Leave for a mount namespace of its own.

outcome: forbidden
stopped by: seccomp
says: operating system
"""

from tool import call

won, why = call(272, 0x20000)
