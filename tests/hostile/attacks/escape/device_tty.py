"""Open /dev/tty.

outcome: ran
stopped by: root
"""

from tool import opened

won, why = opened("/dev/tty", "rb")
