"""Open /dev/kmsg.

outcome: ran
stopped by: root
"""

from tool import opened

won, why = opened("/dev/kmsg", "rb")
