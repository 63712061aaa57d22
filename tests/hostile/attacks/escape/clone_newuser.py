"""Fork straight into a user namespace.

outcome: ran
stopped by: seccomp
wins without: seccomp
"""

from tool import call

won, why = call(56, 0x10000011, 0, 0, 0, 0)
