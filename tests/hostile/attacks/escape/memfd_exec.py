"""Write a program into memory, and execute it by its descriptor.

outcome: ran
stopped by: seccomp
refused: EPERM
wins without: seccomp
limits: processes=2
"""

import ctypes
import os
import struct

from tool import call, libc, word

# An ELF whose one instruction sequence is exit(0); no file of the machine is needed.
CODE = b"\xb8\x3c\x00\x00\x00\x31\xff\x0f\x05"
BASE = 0x400000
HEAD = b"\x7fELF\2\1\1" + bytes(9)
HEAD += struct.pack("<HHIQQQIHHHHHH", 2, 62, 1, BASE + 120, 64, 0, 0, 64, 56, 1, 0, 0, 0)
SIZE = 120 + len(CODE)
PROGRAM = HEAD + struct.pack("<IIQQQQQQ", 1, 5, 0, BASE, BASE, SIZE, SIZE, 4096) + CODE

try:
    file = os.memfd_create("x", 0)
except OSError as fault:
    won, why = False, word(fault)
else:
    os.write(file, PROGRAM)
    pid = os.fork()
    if pid == 0:
        words = (ctypes.c_char_p * 2)(b"x", None)
        call("execveat", file, b"", words, None, 0x1000)
        os._exit(1)
    won, why = os.waitpid(pid, 0)[1] == 0, "not executed"
