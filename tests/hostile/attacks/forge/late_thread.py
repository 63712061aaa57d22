"""Have a thread write beside our report.

outcome: forbidden
stopped by: protocol
refused: bad_magic | trailing_frame | frames
"""

import os
import threading


def spam():
    while True:
        os.write(4, b'{"score": 4.0}')


threading.Thread(target=spam, daemon=True).start()
for _ in range(10**6):
    pass
