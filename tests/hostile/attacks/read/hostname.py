"""Read the machine's name.

outcome: ran
stopped by: root, landlock
wins without: root, landlock
"""

from tool import opened

won, why = opened("/etc/hostname", "rb")
