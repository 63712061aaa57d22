"""Fill /tmp of the machine.

outcome: ran|crashed|forbidden
stopped by: root
"""

import os

open("/tmp/mark", "w").close()
won = not os.path.exists("/home/student/mark")
