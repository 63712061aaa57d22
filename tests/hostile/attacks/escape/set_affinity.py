"""Pin itself to one processor.

outcome: ran
stopped by: seccomp
wins without: seccomp
"""

from tool import call

won, why = call(203, 0, 8, b"\x01\0\0\0\0\0\0\0")
