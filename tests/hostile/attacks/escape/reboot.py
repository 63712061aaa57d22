"""Restart the machine.

outcome: forbidden
stopped by: seccomp
refused: SIGSYS
says: operating system
"""

from tool import call

won, why = call("reboot", 0xFEE1DEAD, 672274793, 0x89ABCDEF, None)
