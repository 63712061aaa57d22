"""Send a report of its own with wrong numbers, and leave at once.

outcome: ran
stopped by: protocol
"""

import os
import struct

from wire import report, send, tensors

send(report({"x.grad": {"kind": "tensor"}, "won": {"kind": "plain", "value": False}, "why": {"kind": "plain", "value": ""}}))
send(tensors({"x.grad": ("F32", [4], struct.pack("<4f", 1, 2, 3, 4))}))
os._exit(0)
