"""Hide a forbidden option in the upper half of an argument.

outcome: ran
stopped by: seccomp
refused: EPERM
wins without: seccomp
"""

from tool import call

won, why = call("prctl", (1 << 32) | 4, 1, 0, 0, 0)
