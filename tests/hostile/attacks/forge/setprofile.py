"""Watch the harness by a profiler.

outcome: ran
stopped by: principle
"""

import sys

sys.setprofile(lambda *a: None)
