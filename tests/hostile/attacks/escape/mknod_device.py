"""Make a node for the disk.

outcome: ran
stopped by: seccomp
"""

from tool import call

won, why = call(133, b"disk", 0o60666, 0x0800)
