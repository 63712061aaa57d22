"""Write process accounts.

outcome: forbidden
stopped by: seccomp
says: operating system
"""

from tool import call

won, why = call(163, b"/home/student/x")
