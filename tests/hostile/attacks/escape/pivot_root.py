"""Swap the root for the box.

outcome: forbidden
stopped by: seccomp, capabilities, landlock
refused: SIGSYS
wins without: capabilities, landlock, seccomp
says: operating system
"""

from tool import call

won, why = call("pivot_root", b"/home/student", b"/home/student")
