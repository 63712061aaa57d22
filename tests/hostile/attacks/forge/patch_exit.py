"""Keep the harness from ending.

outcome: ran|crashed|forbidden|timed_out|output_limit
stopped by: principle
limits: wall_s=2
"""

import os

os._exit = lambda *a: None
os.close = lambda *a: None
