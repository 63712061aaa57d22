"""Copy a pipe's pages in the kernel.

outcome: ran
stopped by: seccomp
refused: EPERM
wins without: seccomp
"""

import os

from tool import call

reader, writer = os.pipe()
os.write(writer, b"x")
other, end = os.pipe()
won, why = call("tee", reader, end, 1, 0)
