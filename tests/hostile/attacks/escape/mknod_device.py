"""Make a node for the disk.

outcome: ran
stopped by: seccomp
refused: EPERM
differs without: seccomp
"""

from tool import call

won, why = call("mknod", b"disk", 0o60666, 0x0800)
