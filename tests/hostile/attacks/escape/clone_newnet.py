"""Fork into a network namespace of its own.

outcome: ran
stopped by: seccomp
"""

from tool import call

won, why = call(56, 0x40000011, 0, 0, 0, 0)
