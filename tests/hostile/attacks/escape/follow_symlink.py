"""Follow a link out of the box that another process was made to leave.

outcome: ran
stopped by: seccomp, box, root, landlock
refused: EPERM
wins without: box, landlock, root, seccomp
"""

from bait import FILE
from tool import call, read

made, why = call("symlink", FILE.encode(), b"link")
won = False
if made:
    won, why = read("link", "")
