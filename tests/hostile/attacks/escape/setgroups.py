"""Drop all groups.

outcome: ran
stopped by: seccomp
"""

from tool import call

won, why = call(116, 0, None)
