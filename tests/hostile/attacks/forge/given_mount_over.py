"""Mount a file of its own over the assignment's.

outcome: forbidden
stopped by: seccomp, capabilities, landlock
refused: SIGSYS
wins without: capabilities, landlock, seccomp
given: own.csv
"""

from tool import call, changed

MS_BIND = 4096
open("mine.csv", "w").write("mine")
won, why = changed("own.csv", lambda: call("mount", b"mine.csv", b"own.csv", None, MS_BIND, None))
