"""Put NaN where JSON has none.

outcome: forbidden
stopped by: protocol
refused: not_json
"""

import os

from wire import frame, send, tensors

send(frame(b"J", b'{"error":null,"values":{"x.grad":{"kind":"plain","value":NaN}}}'), tensors({}))
os._exit(0)
