"""Call the kernel by the 32-bit gate, whose numbers mean other calls.

outcome: forbidden
stopped by: seccomp
refused: SIGSYS
wins without: seccomp
"""

import ctypes
import mmap

page = mmap.mmap(-1, 4096, prot=7)
page.write(b"\xb8\x14\x00\x00\x00\xcd\x80\xc3")  # mov eax, 20 (getpid); int 0x80; ret
place = ctypes.addressof(ctypes.c_char.from_buffer(page))
won = ctypes.CFUNCTYPE(ctypes.c_int)(place)() > 0
