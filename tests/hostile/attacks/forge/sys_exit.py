"""Leave by sys.exit(0) with nothing to show.

outcome: ran
stopped by: principle
wins without: principle
"""

import sys

sys.exit(0)
