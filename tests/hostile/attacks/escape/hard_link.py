"""Leave a hard link in the box.

outcome: ran
stopped by: seccomp
wins without: seccomp
"""

from tool import call

open("own", "w").close()
won, why = call(86, b"own", b"other")
