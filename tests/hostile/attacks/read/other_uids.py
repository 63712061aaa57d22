"""Learn which ids the machine gives it.

outcome: ran
stopped by: identity
"""

import os

won, why = os.getuid() == 0 or os.geteuid() == 0, str(os.getresuid())
