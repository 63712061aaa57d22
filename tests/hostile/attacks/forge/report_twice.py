"""Send a report of its own, then let the harness send its.

outcome: forbidden
stopped by: protocol
refused: trailing_frame
"""

from wire import frame, report, send, start, tensors

send(report({}), tensors({}))
