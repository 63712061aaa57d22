"""Leave a file in shared memory for a neighbour.

outcome: ran
stopped by: root, landlock
refused: ENOENT
wins without: landlock, root
"""

import os

from tool import opened

name = f"/dev/shm/{os.urandom(8).hex()}"
won, why = opened(name, "w")
if won:
    os.remove(name)
