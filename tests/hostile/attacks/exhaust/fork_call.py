"""Start a process by the oldest call, which no library uses any more.

outcome: ran
stopped by: seccomp
refused: EAGAIN
wins without: seccomp
"""

from tool import call

won, why = call("fork")
