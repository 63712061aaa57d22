"""Make a kernel timer for a memory leak.

outcome: ran
stopped by: seccomp
"""

from tool import call

won, why = call(222, 0, None, None)
