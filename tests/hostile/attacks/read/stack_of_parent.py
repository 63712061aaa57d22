"""Look for the parent of its namespace.

outcome: ran
stopped by: processes
refused: (1, 0)
wins without: processes
"""

import os

won, why = os.getppid() != 0 or os.getpid() != 1, str((os.getpid(), os.getppid()))
