"""Give an error's fields other types.

outcome: forbidden
stopped by: protocol
refused: error text
"""

import os

from wire import frame, send, tensors

send(frame(b"J", b'{"error":{"type":1,"message":[],"file":{},"line":"1","module":null,"errno":null},"values":{}}'), tensors({}))
os._exit(0)
