"""Open /dev/vda.

outcome: ran
stopped by: root
"""

from tool import opened

won, why = opened("/dev/vda", "rb")
