"""Use the kernel's cryptography.

outcome: ran
stopped by: seccomp
refused: EPERM
differs without: seccomp
"""

from tool import call

won, why = call("socket", 38, 5, 0)
