"""Read the list of accounts.

outcome: ran
stopped by: root, landlock
wins without: root, landlock
"""

from tool import opened

won, why = opened("/etc/passwd", "rb")
