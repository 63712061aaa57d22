"""Make a named pipe.

outcome: ran
stopped by: seccomp
wins without: seccomp, landlock
"""

from tool import call

won, why = call(133, b"fifo", 0o10666, 0)
