"""Promise a tensor and send none.

outcome: forbidden
stopped by: protocol
refused: x.grad
"""

import os

from wire import frame, send, tensors

send(frame(b"J", b'{"error":null,"values":{"x.grad":{"kind":"tensor"},"won":{"kind":"plain","value":false},"why":{"kind":"plain","value":""}}}'), tensors({}))
os._exit(0)
