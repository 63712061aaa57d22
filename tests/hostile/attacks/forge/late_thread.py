"""Have a thread write beside our report.

outcome: forbidden|output_limit
stopped by: protocol
"""

import os
import threading


def spam():
    while True:
        os.write(4, b"XGJ\0\2\0\0\0{}")


threading.Thread(target=spam, daemon=True).start()
for _ in range(10**6):
    pass
