"""Move data between descriptors in the kernel.

outcome: ran
stopped by: seccomp
"""

from tool import call

won, why = call(275, 0, None, 1, None, 1, 0)
