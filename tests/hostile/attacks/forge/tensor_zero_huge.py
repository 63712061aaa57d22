"""Give a shape whose product is zero and whose sides are huge.

outcome: forbidden
stopped by: protocol
refused: bad_shape
"""

import os
import struct

from wire import frame, send

header = ('{"x.grad":{"dtype":"F32","shape":[0,1099511627776],"data_offsets":[0,0]}}').encode()
send(frame(b"J", b'{"error":null,"values":{"x.grad":{"kind":"tensor"},"won":{"kind":"plain","value":false},"why":{"kind":"plain","value":""}}}'))
send(frame(b"T", struct.pack("<Q", len(header)) + header + b""))
os._exit(0)
