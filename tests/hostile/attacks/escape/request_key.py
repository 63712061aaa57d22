"""Have the kernel start its key helper.

outcome: forbidden
stopped by: seccomp
says: operating system
"""

from tool import call

won, why = call(249, b"user", b"x", b"y", -3)
