"""Match a regular expression that takes for ever.

outcome: timed_out
stopped by: outside
refused: wall
limits: wall_s=1
"""

import re

re.match(r"(a+)+$", "a" * 40 + "b")
