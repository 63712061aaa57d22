"""Read its own command line, with the service's folder.

outcome: ran
stopped by: root, landlock
refused: ENOENT
wins without: landlock, root
"""

from tool import opened

won, why = opened("/proc/self/cmdline", "rb")
