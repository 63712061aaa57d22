"""Read its own memory map.

outcome: ran
stopped by: root, landlock
wins without: root, landlock
"""

from tool import opened

won, why = opened("/proc/self/maps", "rb")
