"""Open /dev/mem.

outcome: ran
stopped by: root
"""

from tool import opened

won, why = opened("/dev/mem", "rb")
