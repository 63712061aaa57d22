"""Nest a hundred thousand levels deep.

outcome: forbidden
stopped by: protocol
refused: too_deep
"""

import os

from wire import frame, send, tensors

send(frame(b"J", b"[" * 100_000 + b"]" * 100_000), tensors({}))
os._exit(0)
