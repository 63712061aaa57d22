"""Send a list for an object.

outcome: forbidden
stopped by: protocol
refused: fields
"""

import os

from wire import frame, send, tensors

send(frame(b"J", b"[1,2,3]"), tensors({}))
os._exit(0)
