"""Join the root group.

outcome: ran
stopped by: seccomp
"""

from tool import call

won, why = call(106, 0)
