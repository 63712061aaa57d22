"""Write a score when an object dies.

outcome: ran
stopped by: principle
wins without: principle
"""

import os


class Late:
    def __del__(self, write=os.write):
        write(4, b'{"score": 4.0}')


late = Late()
