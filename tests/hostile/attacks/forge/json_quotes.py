"""Send a text of quotes that a search for its end reads again and again.

outcome: forbidden
stopped by: protocol
refused: too_deep
"""

import os

from wire import frame, send, tensors

send(frame(b"J", b"[" * 80 + b'"' + b'\\"' * 900_000), tensors({}))
os._exit(0)
