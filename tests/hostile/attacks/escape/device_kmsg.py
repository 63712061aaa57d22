"""Open /dev/kmsg.

outcome: ran
stopped by: root
refused: ENOENT
differs without: root
"""

from tool import opened

won, why = opened("/dev/kmsg", "rb")
