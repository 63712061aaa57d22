"""Load machine code from a file of its own.

outcome: ran
stopped by: box
refused: EPERM
wins without: box
"""

import ctypes
import os
import shutil

shutil.copyfile(f"/usr/lib/{os.uname().machine}-linux-gnu/libm.so.6", "own.so")
try:
    ctypes.CDLL("/home/student/own.so")
    won = True
except OSError as fault:
    won, why = False, "EPERM" if "failed to map" in str(fault) else str(fault)
