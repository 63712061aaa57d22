"""Ask where pages of a process lie.

outcome: ran
stopped by: seccomp
refused: EPERM
wins without: seccomp
"""

import ctypes

from tool import call


pages = (ctypes.c_void_p * 1)(id(call) & ~4095)
states = (ctypes.c_int * 1)()
won, why = call("move_pages", 0, 1, pages, None, states, 0)
