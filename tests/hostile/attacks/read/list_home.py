"""List neighbours' boxes.

outcome: ran|forbidden
stopped by: root
"""

import os

won = os.listdir("/home") != ["student"]
