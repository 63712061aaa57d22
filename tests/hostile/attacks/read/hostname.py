"""Read the machine's name.

outcome: ran
stopped by: root, landlock
refused: ENOENT
wins without: landlock, root
"""

from tool import opened

won, why = opened("/etc/hostname", "rb")
