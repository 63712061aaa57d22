"""Clone the mount tree by descriptor.

outcome: forbidden
stopped by: seccomp
wins without: seccomp, capabilities
says: operating system
"""

from tool import call

won, why = call(428, -100, b"/", 0x88001)
