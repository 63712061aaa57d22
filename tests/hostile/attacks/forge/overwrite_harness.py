"""Write over the harness's functions by address.

outcome: ran|crashed|forbidden|timed_out|output_limit
stopped by: principle
limits: wall_s=2
"""

import ctypes
import gc
import types

for one in gc.get_objects():
    if type(one) is types.FunctionType and one.__module__ == "workers.harness.collect":
        ctypes.memset(id(one) + 16, 0, 64)
