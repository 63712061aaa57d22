"""Take a descriptor out of another process.

outcome: forbidden
stopped by: seccomp
says: operating system
"""

from tool import call

won, why = call(438, 0, 0, 0)
