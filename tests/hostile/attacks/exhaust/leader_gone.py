"""End the first thread alone, and burn on in another.

outcome: timed_out|crashed|forbidden
stopped by: outside
limits: wall_s=3 cpu_s=1
"""

import ctypes
import threading


def burn():
    while True:
        pass


threading.Thread(target=burn).start()
ctypes.CDLL(None).syscall(60, 0)
