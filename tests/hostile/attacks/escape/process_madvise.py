"""Advise on another process's memory.

outcome: forbidden
stopped by: seccomp
says: operating system
"""

from tool import call

won, why = call(440, 0, None, 0, 0, 0)
