"""Append a second document.

outcome: forbidden
stopped by: protocol
refused: not_json
"""

import os

from wire import frame, send, tensors

send(frame(b"J", b'{"error":null,"values":{}} {"score":4}'), tensors({}))
os._exit(0)
