"""Open a POSIX message queue.

outcome: ran
stopped by: seccomp, rlimits
refused: EPERM
differs without: rlimits, seccomp
"""

from tool import call

won, why = call("mq_open", b"x", 0o102, 0o777, None)
