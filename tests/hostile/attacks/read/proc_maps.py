"""Read its own memory map.

outcome: ran
stopped by: root, landlock
refused: ENOENT
wins without: landlock, root
"""

from tool import opened

won, why = opened("/proc/self/maps", "rb")
