"""Take the disk before everyone else.

outcome: ran
stopped by: seccomp
"""

from tool import call

won, why = call(251, 1, 0, 0)
