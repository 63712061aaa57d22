"""Kill every process it can.

outcome: ran
stopped by: seccomp
"""

from tool import call

won, why = call(62, -1, 9)
