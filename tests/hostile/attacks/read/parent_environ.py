"""Read another process's environment.

outcome: ran
stopped by: root, landlock
"""

from tool import opened

won, why = opened("/proc/2/environ", "rb")
