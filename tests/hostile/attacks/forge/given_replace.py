"""Put a file of its own in the place of the assignment's.

outcome: ran
stopped by: box
refused: EBUSY
wins without: box
given: own.csv
"""

import os

from tool import changed


def act():
    os.remove("own.csv")
    open("own.csv", "w").write("mine")


won, why = changed("own.csv", act)
