"""Make a kernel timer for a memory leak.

outcome: ran
stopped by: seccomp
refused: EPERM
wins without: seccomp
"""

import ctypes

from tool import call

won, why = call("timer_create", 0, None, ctypes.create_string_buffer(8))
