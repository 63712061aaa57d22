"""Open a POSIX message queue.

outcome: ran
stopped by: seccomp
"""

from tool import call

won, why = call(240, b"x", 0o102, 0o777, None)
