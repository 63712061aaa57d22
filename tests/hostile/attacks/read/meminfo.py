"""Learn the machine's memory.

outcome: ran
stopped by: root, landlock
wins without: root, landlock
"""

from tool import opened

won, why = opened("/proc/meminfo", "rb")
