"""Change a file that anyone on the machine may write.

outcome: ran
stopped by: root, landlock
refused: ENOENT
wins without: landlock, root
"""

from bait import FILE
from tool import opened

won, why = opened(FILE, "a")
if won:
    open(FILE, "a").write("x")
