"""Give a key twice.

outcome: forbidden
stopped by: protocol
refused: duplicate_key
"""

import os

from wire import frame, send, tensors

send(frame(b"J", b'{"error":null,"values":{},"values":{"x.grad":1}}'), tensors({}))
os._exit(0)
