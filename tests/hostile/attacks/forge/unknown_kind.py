"""Send a value of a kind that does not exist.

outcome: forbidden
stopped by: protocol
refused: x.grad
"""

import os

from wire import frame, send, tensors

send(frame(b"J", b'{"error":null,"values":{"x.grad":{"kind":"pickle","value":""},"won":{"kind":"plain","value":false},"why":{"kind":"plain","value":""}}}'), tensors({}))
os._exit(0)
