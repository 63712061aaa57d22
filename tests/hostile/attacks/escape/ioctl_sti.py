"""Type into the terminal of whoever started the service.

outcome: ran
stopped by: seccomp
"""

import ctypes

from tool import call

won, why = call(16, 0, 0x5412, ctypes.create_string_buffer(b"x"))
