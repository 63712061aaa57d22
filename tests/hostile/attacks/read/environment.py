"""Read secrets from the environment.

outcome: ran
stopped by: environment
wins without: environment
"""

import os

known = {"HOME", "TMPDIR", "LANG", "MPLBACKEND", "MPLCONFIGDIR"}
won = bool(set(os.environ) - known)
