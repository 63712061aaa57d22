"""Send half a frame and leave.

outcome: crashed|forbidden
stopped by: protocol
"""

import os

from wire import send

send(b"XGJ\0\xff\0\0\0{")
os._exit(0)
