"""Read the kernel's memory.

outcome: ran
stopped by: root, landlock
"""

from tool import opened

won, why = opened("/proc/kcore", "rb")
