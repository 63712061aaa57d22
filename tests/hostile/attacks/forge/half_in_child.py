"""Send half a frame behind the report from a process that outlives it.

outcome: output_limit
stopped by: protocol
refused: values
limits: processes=2
"""

import os

from wire import frame, report, send, tensors

if os.fork() == 0:
    send(frame(b"J", b"{}")[:6])
    os._exit(0)
os.wait()
send(report({}), tensors({}))
