"""Have the machine forget the libraries that neighbours read.

outcome: ran
stopped by: seccomp
refused: EPERM
wins without: seccomp
"""

import errno
import os
import torch

try:
    with open(torch.__file__, "rb") as file:
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    won = True
except OSError as fault:
    won, why = False, errno.errorcode[fault.errno]
