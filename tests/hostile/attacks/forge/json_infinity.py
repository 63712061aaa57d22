"""Overflow a number into infinity.

outcome: forbidden
stopped by: protocol
refused: not_finite
"""

import os

from wire import frame, send, tensors

send(frame(b"J", b'{"error":null,"values":{"x.grad":{"kind":"plain","value":1e999}}}'), tensors({}))
os._exit(0)
