"""List the machine's connections.

outcome: ran
stopped by: root, landlock
refused: ENOENT
wins without: landlock, root
"""

from tool import opened

won, why = opened("/proc/net/tcp", "rb")
