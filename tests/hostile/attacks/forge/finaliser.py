"""Write a report when an object dies.

outcome: ran
stopped by: outside
"""

import os


class Late:
    def __del__(self):
        os.write(4, b"XGJ\0\2\0\0\0{}")


late = Late()
