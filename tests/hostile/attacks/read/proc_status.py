"""Read a process of the machine.

outcome: ran
stopped by: root, landlock
refused: ENOENT
wins without: landlock, root
"""

from tool import opened

won, why = opened("/proc/1/status", "rb")
