"""Restart the machine.

outcome: forbidden
stopped by: seccomp
says: operating system
"""

from tool import call

won, why = call(169, 0xFEE1DEAD, 672274793, 0x89ABCDEF, None)
