"""Call an old, little tested part of the kernel.

outcome: ran
stopped by: seccomp
"""

from tool import call

won, why = call(216, 0, 0, 0, 0, 0)
