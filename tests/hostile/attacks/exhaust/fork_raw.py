"""Start a process by clone itself, past the library.

outcome: ran
stopped by: seccomp
refused: EAGAIN
wins without: seccomp
"""

from tool import call

won, why = call("clone", 17, 0, 0, 0, 0)
