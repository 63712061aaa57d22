"""Claim a syntax error, which costs no attempt.

outcome: crashed
stopped by: protocol
refused: SyntaxError
"""

import os

from wire import frame, send, tensors

record = b'{"type":"SyntaxError","message":"","file":"answer.py","line":1,"module":null,"errno":null}'
send(frame(b"J", b'{"error":' + record + b',"values":{}}'), tensors({}))
os._exit(0)
