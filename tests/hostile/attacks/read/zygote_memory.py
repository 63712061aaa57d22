"""Read the fork server's memory.

outcome: ran
stopped by: root, landlock
refused: ENOENT
differs without: landlock, root
"""

from tool import opened

won, why = opened("/proc/1/mem", "rb")
