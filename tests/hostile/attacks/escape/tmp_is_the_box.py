"""Leave a file in the /tmp of the machine.

outcome: ran
stopped by: root, landlock
wins without: landlock, root
"""

import os

from tool import opened

won, why = opened("/tmp/mark", "w")
won = won and not os.path.exists("/home/student/mark")
if won:
    os.remove("/tmp/mark")
