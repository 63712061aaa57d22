"""Send a value nobody asked for.

outcome: forbidden
stopped by: protocol
refused: names
"""

import os

from wire import frame, send, tensors

send(frame(b"J", b'{"error":null,"values":{"score":{"kind":"plain","value":4}}}'), tensors({}))
os._exit(0)
