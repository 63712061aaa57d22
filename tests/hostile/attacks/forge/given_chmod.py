"""Let itself write to the assignment's file, which lies in its own box.

outcome: ran
stopped by: box
refused: EROFS
wins without: box
given: own.csv
"""

import os

from tool import changed


def act():
    os.chmod("own.csv", 0o666)
    open("own.csv", "w").write("mine")


won, why = changed("own.csv", act)
