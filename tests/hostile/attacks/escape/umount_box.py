"""Unmount the box and look at what it hides.

outcome: forbidden
stopped by: seccomp
wins without: seccomp, capabilities, landlock
says: operating system
"""

from tool import call

won, why = call(166, b"/home/student", 2)
