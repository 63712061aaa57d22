"""Break the lengths of the tensors.

outcome: ran|crashed|forbidden|timed_out|output_limit
stopped by: principle
limits: wall_s=2
"""

import struct

struct.pack = lambda *a: b""
