"""List the machine's connections.

outcome: ran
stopped by: root, landlock
wins without: root, landlock
"""

from tool import opened

won, why = opened("/proc/net/tcp", "rb")
