"""Send word of the start a second time, then claim a syntax error.

outcome: forbidden
stopped by: protocol
refused: trailing_frame
"""

import os

from wire import frame, send, tensors

record = b'{"type":"SyntaxError","message":"","file":"answer.py","line":1,"module":null,"errno":null}'
send(frame(b"J", b'{"started":true}'))
send(frame(b"J", b'{"error":' + record + b',"values":{}}'), tensors({}))
os._exit(0)
