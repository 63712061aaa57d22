"""Read its own command line, with the service's folder.

outcome: ran
stopped by: root, landlock
wins without: root, landlock
"""

from tool import opened

won, why = opened("/proc/self/cmdline", "rb")
