"""Start a process by vfork, as a program is started.

outcome: ran
stopped by: seccomp
refused: EAGAIN
differs without: seccomp
"""

from tool import call

won, why = call("vfork")
