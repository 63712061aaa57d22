"""Run byte code that no compiler made.

outcome: crashed
stopped by: outside
refused: SIGSEGV | SystemError
limits: wall_s=1
"""

import types

code = (lambda: 0).__code__.replace(co_code=bytes(range(256)) * 4)
types.FunctionType(code, {})()
