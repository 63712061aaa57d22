"""Make every frame empty.

outcome: ran|crashed|forbidden|timed_out|output_limit
stopped by: principle
limits: wall_s=2
"""

import builtins

builtins.len = lambda *a: 0
