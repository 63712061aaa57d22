"""Send a header of a hundred thousand tensors.

outcome: forbidden
stopped by: protocol
refused: header_too_large
"""

import os
import struct

from wire import frame, send

header = ("{" + ",".join(f'"{i}":{{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}' for i in range(100_000)) + "}").encode()
send(frame(b"J", b'{"error":null,"values":{"x.grad":{"kind":"tensor"},"won":{"kind":"plain","value":false},"why":{"kind":"plain","value":""}}}'))
send(frame(b"T", struct.pack("<Q", len(header)) + header + b""))
os._exit(0)
