"""Join another namespace by descriptor.

outcome: forbidden
stopped by: seccomp
says: operating system
"""

from tool import call

won, why = call(308, 0, 0x10000000)
