"""Take the mount away that holds the assignment's file, and write to what lies below.

outcome: forbidden
stopped by: seccomp, capabilities, landlock
refused: SIGSYS
wins without: capabilities, landlock, seccomp
given: own.csv
"""

import os

from tool import call, changed

MNT_DETACH = 2


def act():
    call("umount2", b"own.csv", MNT_DETACH)
    os.remove("own.csv")
    open("own.csv", "w").write("mine")


won, why = changed("own.csv", act)
