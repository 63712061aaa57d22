"""Read the firmware's variables.

outcome: ran
stopped by: root, landlock
"""

from tool import opened

won, why = opened("/sys/firmware/efi", "rb")
