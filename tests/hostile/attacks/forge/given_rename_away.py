"""Rename the assignment's file, and write another in its place.

outcome: ran
stopped by: box
refused: EBUSY
wins without: box
given: own.csv
"""

import os

from tool import changed


def act():
    os.rename("own.csv", "old.csv")
    open("own.csv", "w").write("mine")


won, why = changed("own.csv", act)
