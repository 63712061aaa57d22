"""Read how the clock is steered, to steer it.

outcome: ran
stopped by: seccomp
refused: EPERM
wins without: seccomp
"""

import ctypes

from tool import call

won, why = call("adjtimex", ctypes.create_string_buffer(256))
