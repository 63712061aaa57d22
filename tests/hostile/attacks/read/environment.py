"""Read secrets from the environment.

outcome: ran
stopped by: environment
wins without: environment
"""

import os

known = {"HOME", "TMPDIR", "LANG", "MPLBACKEND", "MPLCONFIGDIR"}
won, why = bool(set(os.environ) - known), str(sorted(os.environ))
