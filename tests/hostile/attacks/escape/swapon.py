"""Add swap space.

outcome: forbidden
stopped by: seccomp
refused: SIGSYS
says: operating system
"""

from tool import call

won, why = call("swapon", b"/home/student/x", 0)
