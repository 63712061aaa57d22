"""Pin all its memory.

outcome: ran
stopped by: seccomp
"""

from tool import call

won, why = call(151, 1)
