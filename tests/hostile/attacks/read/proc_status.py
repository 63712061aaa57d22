"""Read a process of the machine.

outcome: ran
stopped by: root, landlock
wins without: root, landlock
"""

from tool import opened

won, why = opened("/proc/1/status", "rb")
