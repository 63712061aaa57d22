"""Unmount the box and look at what it hides.

outcome: forbidden
stopped by: seccomp, capabilities, landlock
refused: SIGSYS
wins without: capabilities, landlock, seccomp
says: operating system
"""

from tool import call

won, why = call("umount2", b"/home/student", 2)
