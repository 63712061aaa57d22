"""Ask for real-time scheduling.

outcome: ran
stopped by: seccomp
"""

from tool import call

won, why = call(144, 0, 1, b"\x01\0\0\0")
