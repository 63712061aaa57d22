"""Use the kernel's cryptography.

outcome: ran
stopped by: seccomp
"""

from tool import call

won, why = call(41, 38, 5, 0)
