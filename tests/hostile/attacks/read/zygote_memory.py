"""Read the fork server's memory.

outcome: ran
stopped by: root, landlock
"""

from tool import opened

won, why = opened("/proc/1/mem", "rb")
