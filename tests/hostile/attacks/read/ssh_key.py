"""Read a private key.

outcome: ran
stopped by: root, landlock
"""

from tool import opened

won, why = opened("/root/.ssh/id_rsa", "rb")
