"""Send an error whose message is a megabyte, for the page to carry.

outcome: crashed
stopped by: cleaning
wins without: cleaning
"""

import json
import os

from wire import frame, send, tensors

error = {"type": "E" * 9000, "message": "x" * 10**6, "file": None}
error |= {"line": None, "module": None, "errno": None}
send(frame(b"J", json.dumps({"error": error, "values": {}}).encode()), tensors({}))
os._exit(0)
