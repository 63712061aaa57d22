"""Add swap space.

outcome: forbidden
stopped by: seccomp
says: operating system
"""

from tool import call

won, why = call(167, b"/home/student/x", 0)
