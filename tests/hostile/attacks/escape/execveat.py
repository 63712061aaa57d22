"""Execute a descriptor.

outcome: ran
stopped by: seccomp
"""

from tool import call

won, why = call(322, 0, b"", None, None, 0x1000)
