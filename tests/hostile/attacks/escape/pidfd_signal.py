"""Signal a process by descriptor.

outcome: ran
stopped by: seccomp
"""

from tool import call

won, why = call(424, 0, 9, None, 0)
