"""Change the root, to climb out of it afterwards.

outcome: forbidden
stopped by: seccomp
wins without: seccomp, capabilities
says: operating system
"""

from tool import call

won, why = call(161, b"/home/student")
