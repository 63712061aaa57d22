"""Open a device that anyone on the machine may open.

outcome: ran
stopped by: root, landlock
refused: ENOENT
wins without: landlock, root
"""

from tool import opened

won, why = opened("/dev/full", "rb")
