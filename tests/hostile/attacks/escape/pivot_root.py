"""Swap the root for the box.

outcome: forbidden
stopped by: seccomp
says: operating system
"""

from tool import call

won, why = call(155, b"/home/student", b"/home/student")
