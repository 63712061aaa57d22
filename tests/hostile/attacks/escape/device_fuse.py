"""Open /dev/fuse.

outcome: ran
stopped by: root
"""

from tool import opened

won, why = opened("/dev/fuse", "rb")
