"""Rename a file of its own to the assignment's.

outcome: ran
stopped by: box
refused: EBUSY
wins without: box
given: own.csv
"""

import os

from tool import changed


def act():
    open("mine.csv", "w").write("mine")
    os.replace("mine.csv", "own.csv")


won, why = changed("own.csv", act)
