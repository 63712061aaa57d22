"""Read the passwords' hashes.

outcome: ran
stopped by: root, landlock
"""

from tool import opened

won, why = opened("/etc/shadow", "rb")
