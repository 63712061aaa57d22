"""Walk up the frames for expected values.

outcome: ran
stopped by: principle
wins without: principle
"""

import sys

frame, names = sys._getframe(), []
while frame is not None:
    names += [*frame.f_locals, *frame.f_globals]
    frame = frame.f_back
won = any("expected" in name.lower() or "reference" in name.lower() for name in names)
