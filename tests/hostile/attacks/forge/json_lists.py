"""Leave two megabytes of empty lists, dear to read.

outcome: forbidden|ran
stopped by: protocol
"""

import os

from wire import frame, send, tensors

rows = b"[" + b",".join([b"[]"] * 600_000) + b"]"
value = b'{"kind":"plain","value":' + rows + b"}"
named = b'"x.grad":' + value + b',"won":' + b'{"kind":"plain","value":false}'
send(
    frame(b"J", b'{"error":null,"values":{' + named + b',"why":{"kind":"plain","value":0}}}'),
    tensors({}),
)
os._exit(0)
