"""Read the kernel's state.

outcome: ran
stopped by: root, landlock
wins without: root, landlock
"""

from tool import opened

won, why = opened("/sys/kernel/uevent_seqnum", "rb")
