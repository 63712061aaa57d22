"""Watch every file of the machine.

outcome: forbidden
stopped by: seccomp
says: operating system
"""

from tool import call

won, why = call(300, 0, 0)
