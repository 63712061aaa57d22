"""Leave a hard link in the box.

outcome: ran
stopped by: seccomp
refused: EPERM
wins without: seccomp
"""

from tool import call

open("own", "w").close()
won, why = call("link", b"own", b"other")
