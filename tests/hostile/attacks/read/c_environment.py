"""Read secrets from the environment that C keeps.

outcome: ran
stopped by: environment
wins without: environment
"""

import ctypes

names, place = [], 0
environ = ctypes.POINTER(ctypes.c_char_p).in_dll(ctypes.CDLL(None), "environ")
while environ and environ[place]:
    names.append(environ[place].split(b"=")[0].decode())
    place += 1
won = bool(set(names) - {"HOME", "TMPDIR", "LANG", "MPLBACKEND", "MPLCONFIGDIR"})
