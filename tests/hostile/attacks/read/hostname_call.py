"""Learn the machine's name by uname.

outcome: ran
stopped by: namespaces
refused: sandbox
"""

import os

won, why = os.uname().nodename != "sandbox", os.uname().nodename
